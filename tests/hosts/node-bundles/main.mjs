import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

// Not awaited at the top level, which CommonJS doesn't have.
report(pkg, `Node ${process.version}`, process.argv).then(console.log);

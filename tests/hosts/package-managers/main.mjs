import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

console.log(await report(pkg, `Node ${process.version}`, process.argv));

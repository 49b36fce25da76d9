import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

globalThis.check = (host, ...args) => report(pkg, host, args);

import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

globalThis.report = (host, ...args) => report(pkg, host, args);

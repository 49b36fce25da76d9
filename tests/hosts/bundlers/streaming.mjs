import * as pkg from "codecatalyst-pat/streaming";
import { report } from "./report.mjs";

globalThis.report = (host, ...args) => report(pkg, host, args);

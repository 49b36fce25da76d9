import * as pkg from "/codecatalyst-pat/index.js";
import { report } from "/report.mjs";

globalThis.report = (host, ...args) => report(pkg, host, args);

import * as pkg from "codecatalyst-pat/streaming";
import { report } from "./report.mjs";

globalThis.onmessage = async ({ data: [host, ...args] }) =>
  globalThis.postMessage(await report(pkg, host, args).catch(String));

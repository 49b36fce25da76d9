import { isMainThread, Worker } from "node:worker_threads";
import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

if (isMainThread) new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) });
else console.log(await report(pkg, `Node ${process.version}`, process.argv));

import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

console.log(await report(pkg, `Deno ${Deno.version.deno}`, Deno.args));

// Has a program judge the packed archive. All that matters is whether it has anything to complain of.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [name, program, ...args] = process.argv.slice(2, -2);
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const archive = dependencies["codecatalyst-pat"];
const { status, stdout, stderr } = spawnSync(program, [...args, archive], { encoding: "utf8" });
if (status !== 0) throw new Error(`${stdout}${stderr}`);
console.log(`${name} ${dependencies[name]}: 1 check`);

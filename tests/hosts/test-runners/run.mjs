// Runs a test runner, whose test leaves the line that counts in line.txt.
//
//   node run.mjs RUNNER ARGUMENTS… ENDPOINT BEARER

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";

const [runner, ...args] = process.argv.slice(2);
const [ENDPOINT, BEARER] = args.splice(-2);
const { version } = createRequire(import.meta.url)(`${runner}/package.json`);
rmSync("line.txt", { force: true });
const env = { ...process.env, HOST: `${runner} ${version}`, ENDPOINT, BEARER };
const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
if (status !== 0 || !existsSync("line.txt")) {
  console.log(stdout, stderr);
  process.exit(1);
}
console.log(readFileSync("line.txt", "utf8"));

// Installs the package into the folder project, by another package manager.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const [program] = process.argv.slice(2);
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const archive = dependencies["codecatalyst-pat"];

rmSync("project", { recursive: true, force: true });
mkdirSync("project");
for (const file of ["main.mjs", "report.mjs", "checks.mjs"]) copyFileSync(file, `project/${file}`);
writeFileSync(
  "project/package.json",
  JSON.stringify({
    name: "project",
    private: true,
    dependencies: { "codecatalyst-pat": `file:${archive}` },
  }),
);
// These tell pnpm and Yarn that the project isn't part of the one above.
writeFileSync("project/pnpm-workspace.yaml", "");
writeFileSync("project/yarn.lock", "");
const env = {
  ...process.env,
  YARN_NODE_LINKER: "pnp",
  YARN_ENABLE_GLOBAL_CACHE: "false",
  YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
  YARN_ENABLE_TELEMETRY: "false",
};
execFileSync(process.execPath, [`../${program}`, "install"], { cwd: "project", env });

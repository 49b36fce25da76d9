// npm start: sets up, builds, and shows the package at work on a local stand-in for the service.

import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { startService } from "../pkg-template/testing/index.js";
import { build } from "./build.mjs";
import { runDashboard, withDashboard } from "./dashboard-program.mjs";
import { checkDashboard, demonstrate, ExpectationError, USERS } from "./demonstration.mjs";
import { install } from "./pack.mjs";
import { SetupError, setUp } from "./setup.mjs";
import { downloadText } from "./size.mjs";
import { fact, heading, line, paint } from "./terminal.mjs";
import { ProgramError, root } from "./tools.mjs";

const HELP = `npm start [-- --once | --upstream URL] [--profile NAME] [--port N] [--no-browser]

Sets up what the build needs, builds and packs the package, installs it into target/start, and
tries it on a local stand-in for the service: it lists sample tokens, deletes one, then the expired
ones. Then it runs the package's program, codecatalyst-pat dashboard --sample, so that you can try
more, until Ctrl-C.

  --once          end after the demonstration; the exit code is 0 only if everything worked
  --upstream URL  run codecatalyst-pat dashboard --endpoint URL instead, for real work: you sign in
                  as for the command line, and what you delete is gone. The service is at
                  https://codecatalyst.global.api.aws
  --profile NAME  the profile to sign in with, for --upstream
  --port N        the dashboard's port on 127.0.0.1; by default any free one
  --no-browser    only print the dashboard's address
  --help          show this text`;

/** @import { Package } from "./demonstration.mjs" */

/**
 * @typedef {object} Installation
 * @property {string} packageDir
 * @property {Package} pkg
 */

/** Builds unless pkg/ exists and is newer than all its sources. */
async function buildIfOutdated() {
  if (await isUpToDate()) return fact("build", `pkg/ is up to date, ${await downloadText()}`);
  fact("build", "compiles to WebAssembly (a minute or two the first time) …");
  await build();
  fact("", `pkg/ is ready, ${await downloadText()}`);
}

async function isUpToDate() {
  // The last file of a build.
  const last = join(root, "pkg/index.cjs");
  if (!existsSync(last)) return false;
  const { mtimeMs } = await stat(last);
  const sources = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  for (const folder of ["src", "pkg-template", "www", "scripts"]) {
    for (const file of await readdir(join(root, folder), { recursive: true }))
      sources.push(join(folder, file));
  }
  const times = await Promise.all(
    sources.map(async (file) => (await stat(join(root, file))).mtimeMs),
  );
  return Math.max(...times) < mtimeMs;
}

/**
 * Installs the packed archive, and loads the package from there.
 * @returns {Promise<Installation>}
 */
async function installPackage() {
  const packageDir = await install(join(root, "target/start"));
  fact("install", `${relative(root, packageDir)}, from the packed archive`);
  const pkg = await import(pathToFileURL(join(packageDir, "index.js")).href);
  return { packageDir, pkg };
}

// ------------------------------------------------------------------------------ a run

/**
 * Gives the exit code.
 * @param {ReturnType<typeof parseOptions>} options
 */
async function start({ once, upstream, ...options }) {
  const args = Object.entries(options).flatMap(([name, value]) => toArgs(name, value));
  await setUp();
  await buildIfOutdated();
  const installation = await installPackage();
  const { packageDir } = installation;
  if (upstream) return runDashboard(packageDir, ["--endpoint", upstream, ...args]);
  await demonstrateAll(installation);
  if (once) return line("\nEverything worked as expected.");
  heading("Your turn: codecatalyst-pat dashboard --sample");
  return runDashboard(packageDir, ["--sample", ...args]);
}

/** @param {Installation} installation */
async function demonstrateAll({ packageDir, pkg }) {
  const service = await startService({ users: USERS });
  try {
    fact("service", `a stand-in for ${paint("dim", "https://codecatalyst.global.api.aws")}`);
    await demonstrate(pkg, service);
  } finally {
    await service.close();
  }
  await withDashboard(packageDir, ["--sample"], (address) => checkDashboard(pkg, address));
}

// ---------------------------------------------------------------------------- options

class OptionError extends Error {}

function parseOptions() {
  const { values } = parseArgs({
    options: {
      once: { type: "boolean", default: false },
      upstream: { type: "string" },
      profile: { type: "string" },
      port: { type: "string" },
      "no-browser": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  return values;
}

/** @param {ReturnType<typeof parseOptions>} options */
function checkOptions({ once, upstream, profile }) {
  if (once && upstream !== undefined)
    throw new OptionError("--once is for the stand-in only; it can't be used with --upstream");
  if (profile !== undefined && upstream === undefined)
    throw new OptionError("--profile is for --upstream only");
}

/**
 * @param {string} name
 * @param {string | boolean | undefined} value
 */
const toArgs = (name, value) => [`--${name}`, ...(typeof value === "string" ? [value] : [])];

async function main() {
  const options = parseOptions();
  if (options.help) return line(HELP);
  checkOptions(options);
  process.exitCode = (await start(options)) ?? 0;
}

/**
 * For what the user can fix, the message alone; for anything else, the error with its stack.
 * @param {any} error
 */
function describe(error) {
  const isOurs = [SetupError, ProgramError, ExpectationError, OptionError].some(
    (type) => error instanceof type,
  );
  const isKnown = /^ERR_PARSE_ARGS/.test(error.code);
  return isOurs || isKnown ? error.message : error;
}

await main().catch((error) => {
  console.error(describe(error));
  process.exitCode = 1;
});

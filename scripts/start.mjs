// npm start: sets up, builds, and shows the package at work on a local stand-in for the service.

import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { sample, startService } from "../pkg-template/testing/index.js";
import { parseUpstream, UpstreamError } from "../www/proxy.mjs";
import { startServer } from "../www/server.mjs";
import { build } from "./build.mjs";
import {
  BEARER_TOKEN,
  checkDashboard,
  demonstrate,
  ExpectationError,
  USERS,
} from "./demonstration.mjs";
import { install } from "./pack.mjs";
import { SetupError, setUp } from "./setup.mjs";
import { downloadText } from "./size.mjs";
import { fact, heading, line, paint } from "./terminal.mjs";
import { ProgramError, root } from "./tools.mjs";

const HELP = `npm start [-- --once | --upstream URL] [--port N]

Sets up what the build needs, builds and packs the package, installs it into target/start, and
tries it on a local stand-in for the service: it lists sample tokens, deletes one, then the expired
ones. Then it serves the dashboard, so that you can try more, until Ctrl-C.

  --once          end after the demonstration; the exit code is 0 only if everything worked
  --upstream URL  serve the dashboard for real work, without stand-in and demonstration: what you
                  delete is gone. The service is at https://codecatalyst.global.api.aws
  --port N        the dashboard's port on 127.0.0.1; by default any free one
  --help          show this text`;

const [, SECOND] = sample.tokens;

/** @import { Service } from "../pkg-template/testing/index.d.ts" */
/** @import { Package } from "./demonstration.mjs" */

/**
 * @typedef {Awaited<ReturnType<typeof startServer>>} Server
 *
 * @typedef {object} Installation
 * @property {string} folder
 * @property {string} packageDir
 * @property {Package} pkg
 *
 * @typedef {object} Options
 * @property {boolean} once
 * @property {string} [upstream]
 * @property {number} port
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
  for (const folder of ["src", "pkg-template", "scripts"]) {
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
  const folder = join(root, "target/start");
  const packageDir = await install(folder);
  fact("install", `${relative(root, packageDir)}, from the packed archive`);
  const pkg = await import(pathToFileURL(join(packageDir, "index.js")).href);
  return { folder, packageDir, pkg };
}

// ------------------------------------------------------------------------------ a run

/** @param {Options} options */
async function start({ once: onlyOnce, upstream, port }) {
  await setUp();
  await buildIfOutdated();
  const installation = await installPackage();
  if (upstream) return serveUpstream(installation, upstream, port);
  await withStandIn(installation, 0, async (started) => {
    fact("service", `a stand-in for ${paint("dim", "https://codecatalyst.global.api.aws")}`);
    await demonstrate(installation.pkg, started.service);
    await checkDashboard(installation.pkg, started);
  });
  if (onlyOnce) return line("\nEverything worked as expected.");
  // A new one, so that the page has expired tokens to try.
  await withStandIn(installation, port, (started) =>
    untilInterrupted(() => printNextSteps({ ...installation, ...started })),
  );
}

/**
 * Runs the stand-in with all sample tokens, and the dashboard's server in front of it.
 * @param {Installation} installation
 * @param {number} port
 * @param {(started: { service: Service, server: Server }) => Promise<void>} run
 */
async function withStandIn({ packageDir }, port, run) {
  const service = await startService({ users: USERS });
  try {
    await withServer({ port, service: service.url, packageDir }, (server) =>
      run({ service, server }),
    );
  } finally {
    await service.close();
  }
}

/**
 * @param {Parameters<typeof startServer>[0]} options
 * @param {(server: Server) => Promise<void>} run
 */
async function withServer(options, run) {
  const server = await startServer(options);
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

/** @param {Installation & { service: Service, server: Server }} started */
function printNextSteps({ folder, service, server }) {
  const args = `'${BEARER_TOKEN}', '${SECOND.id}', { endpoint: '${service.url}' }`;
  const call = `deleteAccessToken(${args})`;
  const code = `import { deleteAccessToken } from 'codecatalyst-pat'; console.log(await ${call})`;
  heading("Your turn");
  fact("page", paint("cyan", server.url));
  fact("", `bearer token  ${BEARER_TOKEN}`);
  fact("terminal", `cd ${relative(process.cwd(), folder)}`);
  fact("", `node --input-type=module -e "${code}"`);
  fact("service", `${service.url}/_service/state shows its tokens and the requests it received`);
  const note = "Everything runs on this machine, and the bearer token is made up. Ctrl-C ends it.";
  line(paint("dim", `\n${note}`));
}

/**
 * @param {Installation} installation
 * @param {string} upstream
 * @param {number} port
 */
async function serveUpstream({ packageDir }, upstream, port) {
  await withServer({ port, service: upstream, packageDir }, (server) =>
    untilInterrupted(() => {
      fact("page", paint("cyan", server.url));
      fact("service", `${upstream}; tokens deleted there are gone`);
      const note = "The page is for this machine only, and nothing is logged. Ctrl-C ends it.";
      line(paint("dim", `\n${note}`));
    }),
  );
}

/**
 * Listens for the signals first, so that none is missed while the text is printed.
 * @param {() => void} print
 */
async function untilInterrupted(print) {
  const interrupted = Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));
  print();
  await interrupted;
  line("\nStopped.");
}

// ---------------------------------------------------------------------------- options

class OptionError extends Error {}

function parseOptions() {
  const { values } = parseArgs({
    options: {
      once: { type: "boolean", default: false },
      upstream: { type: "string" },
      port: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  return values;
}

/**
 * @param {ReturnType<typeof parseOptions>} values
 * @returns {Options}
 */
function checkOptions({ once: onlyOnce, upstream, port }) {
  if (onlyOnce && upstream !== undefined) {
    throw new OptionError("--once is for the stand-in only; it can't be used with --upstream");
  }
  return {
    once: onlyOnce,
    upstream: upstream === undefined ? undefined : parseUpstream(upstream).href.replace(/\/$/, ""),
    port: parsePort(port),
  };
}

function parsePort(text = "0") {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new OptionError(`--port needs a number up to 65535, not ${text}`);
}

async function main() {
  const values = parseOptions();
  if (values.help) return line(HELP);
  await start(checkOptions(values));
}

/**
 * For what the user can fix, the message alone; for anything else, the error with its stack.
 * @param {any} error
 */
function describe(error) {
  const isOurs = [SetupError, ProgramError, ExpectationError, OptionError, UpstreamError].some(
    (type) => error instanceof type,
  );
  const isKnown = /^(EADDRINUSE|EACCES|ERR_PARSE_ARGS.*)$/.test(error.code);
  return isOurs || isKnown ? error.message : error;
}

await main().catch((error) => {
  console.error(describe(error));
  process.exitCode = 1;
});

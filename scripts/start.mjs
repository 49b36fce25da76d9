// npm start: sets up, builds, and shows the package at work on a local stand-in for the service.

import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect, isDeepStrictEqual, parseArgs, styleText } from "node:util";
import { startServer } from "../www/server.mjs";
import { sample, startService } from "../www/service.mjs";
import { build, downloadSize } from "./build.mjs";
import { install } from "./pack.mjs";
import { SetupError, setUp } from "./setup.mjs";
import { root } from "./tools.mjs";

const HELP = `npm start [-- --once]

Sets up what building needs, builds and packs the package, installs it into target/start, and deletes a sample
token with it, at a local stand-in for the service. Then it serves a page to try more, until Ctrl-C.

  --once   ends after the sample; with exit code 0 only if everything went as promised
  --help   this text`;

// Printed as it is, and short: it is made up, no secret, and opens nothing but the stand-in of this run.
const BEARER = "sample:ana";
const [FIRST, SECOND] = sample.tokens;

// ----------------------------------------------------------------------- on screen

// Only on a terminal, and not where NO_COLOR says otherwise: hasColors knows both.
const colored = process.stdout.hasColors?.() ?? false;
const paint = (format, text) => (colored ? styleText(format, text) : text);

const line = (text = "") => console.log(text);
const fact = (name, text) => line(`${paint("dim", name.padEnd(9))} ${text}`);
const show = (value) => inspect(value, { colors: colored, breakLength: 100 }).replaceAll("\n", "\n  ");
const heading = (text) => line(`\n${paint("bold", text)}`);

// ------------------------------------------------------------------------ the steps

class BrokenPromise extends Error {}

/** What was promised must be so: a demonstration that lies is worse than none. */
function promised(what, actual, expected) {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new BrokenPromise(`Not as promised: ${what}.\nexpected ${show(expected)}\nbut got  ${show(actual)}`);
}

/** Builds unless pkg/ is there and newer than everything that it is made from. */
async function built() {
  if (await isBuilt()) return fact("build", `pkg/ is up to date, ${await downloadSize()} bytes to download`);
  fact("build", "compiles to WebAssembly (a minute or two the first time) …");
  await build();
  fact("", `pkg/ is ready, ${await downloadSize()} bytes to download`);
}

async function isBuilt() {
  const made = join(root, "pkg/index.js");
  if (!existsSync(made)) return false;
  const { mtimeMs } = await stat(made);
  const sources = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  for (const folder of ["src", "pkg-template", "scripts"]) {
    for (const file of await readdir(join(root, folder), { recursive: true })) sources.push(join(folder, file));
  }
  const times = await Promise.all(sources.map(async (file) => (await stat(join(root, file))).mtimeMs));
  return Math.max(...times) < mtimeMs;
}

/** Installs the packed archive, and gives the package and its folder. */
async function installed() {
  const folder = join(root, "target/start");
  const packageDir = await install(folder);
  fact("install", `${relative(root, packageDir)}, from the packed archive`);
  return { folder, packageDir, pat: await import(pathToFileURL(join(packageDir, "index.js"))) };
}

/** What the user of the bearer token owns, as the service's own ListAccessTokens tells it. */
async function listed(service) {
  const owned = [];
  let nextToken;
  do {
    const response = await fetch(`${service.url}/v1/accessTokens`, {
      method: "POST",
      headers: { authorization: `Bearer ${BEARER}`, "content-type": "application/json" },
      body: JSON.stringify({ nextToken }),
    });
    const page = await response.json();
    owned.push(...page.items);
    nextToken = page.nextToken;
  } while (nextToken);
  return owned;
}

function showTokens(tokens, count) {
  for (const { id, name, expiresTime } of tokens.slice(0, count)) {
    const expiry = expiresTime ? `expires ${expiresTime.slice(0, 10)}` : "";
    line(`  ${id}  ${name.padEnd(24)}  ${paint("dim", expiry)}`.trimEnd());
  }
  line(paint("dim", `  and ${tokens.length - count} more`));
}

/** Deletes a token, and deletes it again: the two ways in which a call can end. */
async function demonstrate({ CodeCatalystError, deleteAccessToken }, service) {
  const before = await listed(service);
  heading(`ana has ${before.length} access tokens`);
  showTokens(before, 3);

  heading(`await deleteAccessToken(token, "${FIRST.id}", { endpoint })`);
  const output = await deleteAccessToken(BEARER, FIRST.id, { endpoint: service.url });
  const { requestId, ...rest } = output;
  promised("what the call resolves with", rest, { attempts: 1, alreadyDeleted: false });
  const left = service.state().users.ana.map(({ id }) => id);
  promised("which tokens are left", left, before.map(({ id }) => id).filter((id) => id !== FIRST.id));
  line(`${paint("green", "✓")} gone, ${left.length} are left\n  ${show(output)}`);

  heading("The same call once more");
  const error = await failed(deleteAccessToken(BEARER, FIRST.id, { endpoint: service.url }));
  promised("that it is an error of the package", error instanceof CodeCatalystError, true);
  const { name, status, attempts, outcomeUnknown } = error;
  const expected = { name: "ResourceNotFoundException", status: 404, attempts: 1, outcomeUnknown: false };
  promised("what the call rejects with", { name, status, attempts, outcomeUnknown }, expected);
  line(`${paint("green", "✓")} fails, and says how: ${paint("red", name)}: ${error.message}\n  ${show({ ...error })}`);
}

const failed = (promise) =>
  promise.then(
    (output) => promised("that the call fails", output, undefined),
    (error) => error,
  );

/** The page and the package must be there for a browser. */
async function checkPage(server) {
  for (const path of ["/", "/page.mjs", "/codecatalyst-pat/index.js"]) {
    promised(`that the page's server has ${path}`, (await fetch(server.url + path)).status, 200);
  }
}

function sayWhatNext({ folder, service, server }) {
  const call = `deleteAccessToken('${BEARER}', '${SECOND.id}', { endpoint: '${service.url}' })`;
  heading("Your turn");
  fact("page", paint("cyan", server.url));
  fact("", `bearer token  ${BEARER}`);
  fact("", `token id      ${SECOND.id}`);
  fact("terminal", `cd ${relative(process.cwd(), folder)}`);
  fact("", `node --input-type=module -e "import { deleteAccessToken } from 'codecatalyst-pat'; console.log(await ${call})"`);
  fact("service", `${service.url}/_service/state shows what it holds and was asked`);
  line(paint("dim", "\nEverything runs on this machine, and the bearer token is made up. Ctrl-C ends it."));
}

// ---------------------------------------------------------------------------- a run

async function start({ once: onlyOnce }) {
  await setUp();
  await built();
  const { folder, packageDir, pat } = await installed();
  const service = await startService({ users: [{ name: "ana", bearer: BEARER, tokens: sample.tokens }] });
  const server = await startServer({ service: service.url, packageDir });
  fact("service", `${service.url}, a stand-in for ${paint("dim", "https://codecatalyst.global.api.aws")}`);
  try {
    await demonstrate(pat, service);
    await checkPage(server);
    if (onlyOnce) return line("\nEverything went as promised.");
    sayWhatNext({ folder, service, server });
    await interrupted();
    line("\nEnded.");
  } finally {
    await Promise.all([server.close(), service.close()]);
  }
}

/** Whatever asks for the end of it first. */
const interrupted = () => Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));

async function main() {
  const { values } = parseArgs({ options: { once: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help) return line(HELP);
  await start(values);
}

/** What a user can mend is told without where in this program it was noticed. */
function explain(error) {
  const isPlain = error instanceof SetupError || error instanceof BrokenPromise;
  return isPlain || "printed" in error || error.code?.startsWith("ERR_PARSE_ARGS") ? error.message : error;
}

await main().catch((error) => {
  console.error(explain(error));
  process.exitCode = 1;
});

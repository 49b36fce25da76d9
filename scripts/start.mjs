// npm start: sets up, builds, and shows the package at work on a local stand-in for the service.

import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect, isDeepStrictEqual, parseArgs, styleText } from "node:util";
import { UpstreamError, upstreamFrom } from "../www/proxy.mjs";
import { startServer } from "../www/server.mjs";
import { sample, startService } from "../www/service.mjs";
import { build } from "./build.mjs";
import { install } from "./pack.mjs";
import { SetupError, setUp } from "./setup.mjs";
import { downloadText } from "./size.mjs";
import { root } from "./tools.mjs";

const HELP = `npm start [-- --once | --upstream URL] [--port N]

Sets up what building needs, builds and packs the package, installs it into target/start, and uses it at a local
stand-in for the service: lists sample tokens, deletes one, deletes the expired. Then it serves the dashboard to
try more, until Ctrl-C.

  --once          ends after the sample; with exit code 0 only if everything went as promised
  --upstream URL  serves the dashboard for real work: no stand-in and no sample; what is deleted there is gone.
                  The service is at https://codecatalyst.global.api.aws
  --port N        where the dashboard is on 127.0.0.1; without it, any port that is free
  --help          this text`;

// Printed as it is, and short: it is made up, no secret, and opens nothing but the stand-in of this run.
const BEARER = "sample:ana";
const [FIRST, SECOND] = sample.tokens;
const USERS = [{ name: "ana", bearer: BEARER, tokens: sample.tokens }];

// ----------------------------------------------------------------------- on screen

// Only on a terminal, and not where NO_COLOR says otherwise: hasColors knows both.
const colored = process.stdout.hasColors?.() ?? false;
const paint = (format, text) => (colored ? styleText(format, text) : text);

const line = (text = "") => console.log(text);
const fact = (name, text) => line(`${paint("dim", name.padEnd(9))} ${text}`);
const show = (value) =>
  inspect(value, { colors: colored, breakLength: 100 }).replaceAll("\n", "\n  ");
const heading = (text) => line(`\n${paint("bold", text)}`);

// ------------------------------------------------------------------------ the steps

class BrokenPromise extends Error {}

/** What was promised must be so: a demonstration that lies is worse than none. */
function promised(what, actual, expected) {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new BrokenPromise(
    `Not as promised: ${what}.\nexpected ${show(expected)}\nbut got  ${show(actual)}`,
  );
}

/** Builds unless pkg/ is there and newer than everything that it is made from. */
async function built() {
  if (await isBuilt()) return fact("build", `pkg/ is up to date, ${await downloadText()}`);
  fact("build", "compiles to WebAssembly (a minute or two the first time) …");
  await build();
  fact("", `pkg/ is ready, ${await downloadText()}`);
}

async function isBuilt() {
  // The last file of a build.
  const made = join(root, "pkg/index.cjs");
  if (!existsSync(made)) return false;
  const { mtimeMs } = await stat(made);
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

/** Installs the packed archive, and gives the package and its folder. */
async function installed() {
  const folder = join(root, "target/start");
  const packageDir = await install(folder);
  fact("install", `${relative(root, packageDir)}, from the packed archive`);
  return { folder, packageDir, pat: await import(pathToFileURL(join(packageDir, "index.js"))) };
}

// ----------------------------------------------------------------- the demonstration

/** What the user of the bearer token owns, by the package. */
async function listed({ listAccessTokens }, endpoint) {
  const tokens = [];
  for await (const token of listAccessTokens(BEARER, { endpoint })) tokens.push(token);
  return tokens;
}

/** The same, as the stand-in itself holds it. */
function held(service) {
  const dated = ({ expiresTime }) => expiresTime && { expiresTime: new Date(expiresTime) };
  return service
    .state()
    .users.ana.map((token) => ({ id: token.id, name: token.name, ...dated(token) }));
}

const idsOf = (tokens) => tokens.map(({ id }) => id);

/** Lists, deletes one, fails to delete it again, and deletes what has expired. */
async function demonstrate(pat, service) {
  const tokens = await showList(pat, service);
  await showDeletion(pat, service);
  await showFailure(pat, service);
  const now = new Date();
  await showDeletions(pat, service, idsOf(tokens.filter(({ expiresTime }) => expiresTime < now)));
}

async function showList(pat, service) {
  heading("for await (const { id, name, expiresTime } of listAccessTokens(token, { endpoint }))");
  const tokens = await listed(pat, service.url);
  promised("what the list gives", tokens, held(service));
  showTokens(tokens, 3);
  line(`${paint("green", "✓")} ana has ${tokens.length} access tokens`);
  return tokens;
}

function showTokens(tokens, count) {
  for (const { id, name, expiresTime } of tokens.slice(0, count)) {
    const expiry = expiresTime ? `expires ${expiresTime.toISOString().slice(0, 10)}` : "";
    line(`  ${id}  ${name.padEnd(24)}  ${paint("dim", expiry)}`.trimEnd());
  }
  line(paint("dim", `  and ${tokens.length - count} more`));
}

async function showDeletion({ deleteAccessToken }, service) {
  heading(`await deleteAccessToken(token, "${FIRST.id}", { endpoint })`);
  const before = idsOf(held(service));
  const output = await deleteAccessToken(BEARER, FIRST.id, { endpoint: service.url });
  const { requestId, ...rest } = output;
  promised("what the call resolves with", rest, { attempts: 1, alreadyDeleted: false });
  const left = idsOf(held(service));
  promised(
    "which tokens are left",
    left,
    before.filter((id) => id !== FIRST.id),
  );
  line(`${paint("green", "✓")} gone, ${left.length} are left\n  ${show(output)}`);
}

async function showFailure({ CodeCatalystError, deleteAccessToken }, service) {
  heading("The same call once more");
  const error = await failed(deleteAccessToken(BEARER, FIRST.id, { endpoint: service.url }));
  promised("that it is an error of the package", error instanceof CodeCatalystError, true);
  const { name, status, attempts, outcomeUnknown } = error;
  const expected = {
    name: "ResourceNotFoundException",
    status: 404,
    attempts: 1,
    outcomeUnknown: false,
  };
  promised("what the call rejects with", { name, status, attempts, outcomeUnknown }, expected);
  line(
    `${paint("green", "✓")} fails, and says how: ${paint("red", name)}: ${error.message}\n  ${show({ ...error })}`,
  );
}

async function showDeletions({ deleteAccessTokens }, service, expired) {
  heading("for await (const result of deleteAccessTokens(token, expired, { endpoint }))");
  const before = idsOf(held(service));
  const results = new Map();
  for await (const { id, requestId, ...rest } of deleteAccessTokens(BEARER, expired, {
    endpoint: service.url,
  })) {
    line(`  ${id}  ${rest.status}`);
    results.set(id, rest);
  }
  const deleted = { status: "deleted", attempts: 1, alreadyDeleted: false };
  promised(
    "the result for each",
    Object.fromEntries(results),
    Object.fromEntries(expired.map((id) => [id, deleted])),
  );
  const left = idsOf(held(service));
  promised(
    "which tokens are left",
    left,
    before.filter((id) => !expired.includes(id)),
  );
  line(`${paint("green", "✓")} the ${expired.length} expired are gone, ${left.length} are left`);
}

const failed = (promise) =>
  promise.then(
    (output) => promised("that the call fails", output, undefined),
    (error) => error,
  );

/** The page and the package must be there for a browser, and the service behind them. */
async function checkPage(pat, { server, service }) {
  for (const path of ["/", "/page.mjs", "/codecatalyst-pat/index.js"]) {
    promised(`that the page's server has ${path}`, (await fetch(server.url + path)).status, 200);
  }
  promised(
    "that the page's server passes requests on",
    await listed(pat, server.url),
    held(service),
  );
}

// ---------------------------------------------------------------------------- a run

function sayWhatNext({ folder, service, server }) {
  const call = `deleteAccessToken('${BEARER}', '${SECOND.id}', { endpoint: '${service.url}' })`;
  heading("Your turn");
  fact("page", paint("cyan", server.url));
  fact("", `bearer token  ${BEARER}`);
  fact("terminal", `cd ${relative(process.cwd(), folder)}`);
  fact(
    "",
    `node --input-type=module -e "import { deleteAccessToken } from 'codecatalyst-pat'; console.log(await ${call})"`,
  );
  fact("service", `${service.url}/_service/state shows what it holds and was asked`);
  line(
    paint(
      "dim",
      "\nEverything runs on this machine, and the bearer token is made up. Ctrl-C ends it.",
    ),
  );
}

/** The stand-in with all sample tokens, and the page's server before it, for as long as `act` takes. */
async function withStandIn({ packageDir }, port, act) {
  const service = await startService({ users: USERS });
  try {
    await withServer({ port, service: service.url, packageDir }, (server) =>
      act({ service, server }),
    );
  } finally {
    await service.close();
  }
}

async function withServer(options, act) {
  const server = await startServer(options);
  try {
    await act(server);
  } finally {
    await server.close();
  }
}

async function start({ once: onlyOnce, upstream, port }) {
  await setUp();
  await built();
  const place = await installed();
  if (upstream) return serve(place, upstream, port);
  await withStandIn(place, 0, async (started) => {
    fact("service", `a stand-in for ${paint("dim", "https://codecatalyst.global.api.aws")}`);
    await demonstrate(place.pat, started.service);
    await checkPage(place.pat, started);
  });
  if (onlyOnce) return line("\nEverything went as promised.");
  // A new one: whoever tries the page shall find expired tokens too.
  await withStandIn(place, port, (started) =>
    untilInterrupted(() => sayWhatNext({ ...place, ...started })),
  );
}

async function serve({ packageDir }, upstream, port) {
  await withServer({ port, service: upstream, packageDir }, (server) =>
    untilInterrupted(() => {
      fact("page", paint("cyan", server.url));
      fact("service", `${upstream}; tokens that are deleted there are gone`);
      line(
        paint("dim", "\nThe page is for this machine only, and nothing is logged. Ctrl-C ends it."),
      );
    }),
  );
}

async function untilInterrupted(say) {
  const interrupted = Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));
  say();
  await interrupted;
  line("\nEnded.");
}

// ------------------------------------------------------------------------- the options

class OptionError extends Error {}

const OPTIONS = {
  once: { type: "boolean" },
  upstream: { type: "string" },
  port: { type: "string" },
  help: { type: "boolean", short: "h" },
};

function read({ once: onlyOnce, upstream, port }) {
  if (onlyOnce && upstream !== undefined) {
    throw new OptionError(
      "--once deletes samples, at a stand-in; it can't be used with --upstream",
    );
  }
  return {
    once: onlyOnce,
    upstream: upstream === undefined ? undefined : upstreamFrom(upstream).href.replace(/\/$/, ""),
    port: readPort(port),
  };
}

function readPort(text = "0") {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new OptionError(`--port needs a number up to 65535, not ${text}`);
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return line(HELP);
  await start(read(values));
}

/** What a user can mend is told without where in this program it was noticed. */
function explain(error) {
  const isPlain = [SetupError, BrokenPromise, OptionError, UpstreamError].some(
    (kind) => error instanceof kind,
  );
  const isKnown =
    error.code === "EADDRINUSE" ||
    error.code === "EACCES" ||
    error.code?.startsWith("ERR_PARSE_ARGS");
  return isPlain || isKnown || "printed" in error ? error.message : error;
}

await main().catch((error) => {
  console.error(explain(error));
  process.exitCode = 1;
});

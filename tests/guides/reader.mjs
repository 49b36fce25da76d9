// A reader who follows a guide: in an empty folder, signed in to the stand-in for the service, on a
// machine that has nothing of this repository.

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { root } from "../../scripts/tools.mjs";
import { installFrom } from "./steps.mjs";
import { Terminal } from "./terminal.mjs";

/** @import { Run, Step, Write } from "./steps.mjs" */

// The proxy, the certificates and the cache of this machine.
const NETWORK =
  /^(?:npm_config_(?:cache|userconfig|registry)|NODE_EXTRA_CA_CERTS|(?:https?|no)_proxy)$/i;

/**
 * What `aws sso login --profile codecatalyst` reads.
 * @param {string} endpoint also for programs that a guide runs without the variables of this one
 */
const config = (endpoint) => `[profile codecatalyst]
endpoint_url = ${endpoint}
sso_session = codecatalyst
[sso-session codecatalyst]
sso_region = us-east-1
sso_start_url = https://view.awsapps.com/start
sso_registration_scopes = codecatalyst:read_write
`;

/** What a guide is followed with. Checks of `tests/guides/NAME.mjs` get it, too. */
export class Reader {
  /** @type {Terminal[]} */
  #terminals = [];

  /**
   * @param {string} folder
   * @param {NodeJS.ProcessEnv} env
   * @param {Record<string, string>} places where npm takes packages from, by their names
   * @param {Awaited<ReturnType<typeof startService>>} service
   */
  constructor(folder, env, places, service) {
    this.folder = folder;
    this.env = env;
    this.places = places;
    this.service = service;
  }

  /**
   * Writes a file of the guide, which must be the one that the guide links to.
   * @param {Write} step
   */
  async write({ path, source, code }) {
    const example = await readFile(join(root, source), "utf8");
    if (code !== example) throw new Error(`This isn't ${source} as it is in the repository.`);
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, code);
  }

  /**
   * Runs commands of the guide.
   * @param {Run} step
   */
  async run({ code, mode, promised }) {
    const terminal = this.open(code);
    if (mode === "background") await terminal.waitFor(promised);
    else await terminal.end(promised);
  }

  /**
   * Opens a terminal in the folder, and runs commands there.
   * @param {string} code
   */
  open(code) {
    const terminal = new Terminal(installFrom(code, this.places), this.folder, this.env);
    this.#terminals.push(terminal);
    return terminal;
  }

  /** Closes all terminals, and forgets the folder. */
  async close() {
    for (const terminal of this.#terminals) terminal.kill();
    await this.service.close();
    await rm(dirname(this.folder), { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Gives a reader of one guide, in the empty folder `~/NAME`.
 * @param {string} name
 * @param {Record<string, string>} places where npm takes packages from, by their names
 * @param {{ offline: boolean, environment?: NodeJS.ProcessEnv }} options whether npm may not ask its
 *   registry for others, and variables of the environment
 */
export async function newReader(name, places, { offline, environment }) {
  const home = await mkdtemp(join(tmpdir(), "guide-"));
  const folder = join(home, name);
  await mkdir(folder);
  const service = await startService();
  await signIn(join(home, ".aws"), service.url);
  const env = { ...npmSettings(offline), ...environmentOf(home, service.url), ...environment };
  return new Reader(folder, env, places, service);
}

/**
 * Writes what `aws sso login --profile codecatalyst` reads, and what it leaves.
 * @param {string} folder
 * @param {string} endpoint
 */
async function signIn(folder, endpoint) {
  const cache = join(folder, "sso/cache");
  await mkdir(cache, { recursive: true });
  await writeFile(join(folder, "config"), config(endpoint));
  const name = createHash("sha1").update("codecatalyst").digest("hex");
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const login = JSON.stringify({ accessToken: sample.bearer, expiresAt });
  await writeFile(join(cache, `${name}.json`), login, { mode: 0o600 });
}

/**
 * An environment with nothing of this repository, nor of the user who runs the tests.
 * @param {string} home
 * @param {string} endpoint
 */
function environmentOf(home, endpoint) {
  // npm puts folders of packages there, and set-up its tools.
  const isOurs = (/** @type {string} */ folder) =>
    folder.includes("node_modules") || folder.startsWith(root);
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !isOurs(folder));
  return {
    HOME: home,
    PATH: path.join(delimiter),
    LANG: "C.UTF-8",
    TZ: "UTC",
    NO_COLOR: "1",
    AWS_ENDPOINT_URL_CODECATALYST: endpoint,
  };
}

/**
 * How npm reaches its registry on this machine, without what it says besides.
 * @param {boolean} offline
 */
function npmSettings(offline) {
  const kept = Object.entries(process.env).filter(([name]) => NETWORK.test(name));
  return {
    npm_config_cache: join(homedir(), ".npm"),
    npm_config_userconfig: join(homedir(), ".npmrc"),
    ...Object.fromEntries(kept),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    [offline ? "npm_config_offline" : "npm_config_prefer_offline"]: "true",
  };
}

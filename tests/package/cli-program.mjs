// Runs the command line as a process: on pipes, or on a terminal that a test types on.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageIn, until } from "./installed.mjs";

export const BEARER = "marked-bearer:0123456789";
export const ENTRY = "cli/main.js";

/** A signal counts as another one after this time: npx sends each twice. */
export const AGAIN_MS = 700;

const HOUR_MS = 3_600_000;
export const later = () => new Date(Date.now() + HOUR_MS).toISOString();
export const earlier = () => new Date(Date.now() - HOUR_MS).toISOString();

/** Tokens with these names; those in `expired` have expired. */
export const tokensNamed = (names, expired = []) =>
  names.map((name, index) => ({
    id: `id-${index}`,
    name,
    expiresTime: new Date(expired.includes(name) ? earlier() : later()),
  }));

/** The ids that a user still has. */
export const left = (service, user = "ana") => service.state().users[user].map(({ id }) => id);

/** How often the service was asked to delete. */
export const deletions = (service) =>
  service.requests.filter(({ method }) => method === "DELETE").length;

/** An empty home folder. */
export async function newHome(folder) {
  const home = join(folder, "home");
  await rm(home, { recursive: true, force: true });
  await mkdir(join(home, ".aws/sso/cache"), { recursive: true });
  return home;
}

export const configure = (home, text) => writeFile(join(home, ".aws/config"), text);

/** Writes the file that `aws sso login` writes. `login` is an object, or the text of the file. */
export function signIn(home, session, login) {
  const file = `${createHash("sha1").update(session).digest("hex")}.json`;
  return writeFile(
    join(home, ".aws/sso/cache", file),
    typeof login === "string" ? login : JSON.stringify(login),
    { mode: 0o600 },
  );
}

// Neither the sign-in of this machine nor a CI, where Node assumes a terminal without colours,
// may change the results.
const KEPT = ["PATH", "SystemRoot", "TEMP", "TMPDIR"];

function clean(env) {
  const kept = KEPT.filter((name) => name in process.env).map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(kept), TERM: "xterm-256color", ...env };
}

/** A running program: its output so far, and how it ends. */
class Running {
  stdout = "";
  stderr = "";

  constructor(t, command, args, { cwd, env, stdio }) {
    this.child = spawn(command, args, { cwd, env: clean(env), stdio });
    t?.after(() => this.child.kill("SIGKILL"));
    for (const name of ["stdout", "stderr"])
      this.child[name]?.setEncoding("utf8").on("data", (text) => {
        this[name] += text;
      });
    // It may have ended before it has read everything.
    this.child.stdin?.on("error", () => {});
    this.ended = once(this.child, "close").then(([code]) => this.#end(code));
  }

  #end(code) {
    assert.equal((this.stdout + this.stderr).includes(BEARER), false, "the token was printed");
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  type(text) {
    this.child.stdin.write(text);
  }

  /** Waits until it has printed something. */
  async printed(text) {
    let isOver = false;
    this.ended.then(() => {
      isOver = true;
    });
    await until(() => isOver || this.stdout.includes(text) || this.stderr.includes(text));
    assert.ok(
      (this.stdout + this.stderr).includes(text),
      `it ended without "${text}":\n${this.stdout}${this.stderr}`,
    );
  }
}

/**
 * @typedef {object} Settings
 * @property {Record<string, string>} [env]
 * @property {string} [stdio]
 * @property {string} [program] the Node that runs it
 * @property {string} [entry] what runs in place of the command line
 */

/**
 * Starts the program in the project of `folder`. Its standard input stays open.
 * @param {any} t
 * @param {string} folder
 * @param {string[]} args
 * @param {Settings} [settings]
 */
export function start(t, folder, args, settings = {}) {
  const { env, stdio = "pipe", program = process.execPath } = settings;
  const entry = settings.entry ?? join(packageIn(folder), ENTRY);
  return new Running(t, program, [entry, ...args], { cwd: folder, env, stdio });
}

/**
 * Runs the program to its end.
 * @param {string} folder
 * @param {string[]} args
 * @param {Settings & { input?: string }} [settings]
 */
export function run(folder, args, { input, ...rest } = {}) {
  const running = start(undefined, folder, args, rest);
  running.child.stdin?.end(input);
  return running.ended;
}

/**
 * Starts the program on a terminal.
 * @param {any} t
 * @param {string} folder
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, redirect?: string }} [settings]
 */
export function onTerminal(t, folder, args, { env, redirect = "" } = {}) {
  const command = [process.execPath, join(packageIn(folder), ENTRY), ...args].map(quoted).join(" ");
  return commandOnTerminal(t, folder, `${command} ${redirect}`, env);
}

/**
 * Starts a command on a terminal made by `script` of util-linux. All that it shows is in `stdout`.
 * @param {any} t
 * @param {string} folder
 * @param {string} command
 * @param {Record<string, string>} [env]
 */
export function commandOnTerminal(t, folder, command, env) {
  return new Running(t, "script", ["-qec", command, "/dev/null"], {
    cwd: folder,
    env,
    stdio: "pipe",
  });
}

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

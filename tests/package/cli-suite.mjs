// The command line on pipes, signed in to a service with five tokens, for the suites that test it.

import { join } from "node:path";
import { before, beforeEach } from "node:test";
import { pathToFileURL } from "node:url";
import { startService } from "../../pkg-template/testing/index.js";
import { BEARER, newHome, run, tokensNamed } from "./cli-program.mjs";
import { packageIn, project } from "./installed.mjs";

export let folder;
export let home;
export let service;

/** @param {string} name of the suite */
export function setUpSuite(name) {
  before(async () => {
    folder = await project(name);
    home = await newHome(folder);
  });
  beforeEach(async (t) => {
    const expired = ["ci-2", "old"];
    await serveTokens(t, tokensNamed(["laptop", "ci-1", "ci-2", "Ci-3", "old"], expired));
  });
}

/** From now on the command line asks a service whose user has these tokens. */
export async function serveTokens(t, tokens) {
  service = await startService({ users: [{ name: "ana", bearer: BEARER, tokens }] });
  // Another one may take its place before the test ends.
  const { close } = service;
  t.after(() => close());
}

export const env = () => ({ HOME: home, USERPROFILE: home, AWS_BEARER_TOKEN_CODECATALYST: BEARER });

export const cliModule = (file) => import(pathToFileURL(join(packageIn(folder), "cli", file)).href);

/** Runs it against the service of the test, signed in. */
export const cli = (args, options) =>
  run(folder, [...args, "--endpoint", service.url], { env: env(), ...options });

export const rows = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

// The command line and a service with two users, for the suites that test the sign-in.

import { before, beforeEach } from "node:test";
import { startService } from "../../pkg-template/testing/index.js";
import { BEARER, configure, later, newHome, run, signIn, tokensNamed } from "./cli-program.mjs";
import { project } from "./installed.mjs";

export const OTHER = "other-bearer:9876543210";
export const README = `
[profile codecatalyst]
region = us-west-2
sso_session = codecatalyst
[sso-session codecatalyst]
sso_region = us-east-1
sso_start_url = https://view.awsapps.com/start
sso_registration_scopes = codecatalyst:read_write
`;

export const session = (name) =>
  `[sso-session ${name}]\nsso_region = us-east-1\nsso_start_url = https://view.awsapps.com/start\n`;

export let folder;
export let home;
export let service;

/** @param {string} name of the suite */
export function setUpSignIn(name) {
  before(async () => {
    folder = await project(name);
  });
  // Two users, of different names, so that it shows whose token was taken.
  beforeEach(async (/** @type {any} */ t) => {
    home = await newHome(folder);
    service = await startService({
      users: [
        { name: "ana", bearer: BEARER, tokens: tokensNamed(["a", "b", "c"]) },
        { name: "ben", bearer: OTHER, tokens: [] },
      ],
    });
    t.after(() => service.close());
  });
}

/** @param {Record<string, string>} [env] */
export const at = (env) => ({ HOME: home, USERPROFILE: home, ...env });
export const list = (args = [], env = {}, input = "") =>
  run(folder, ["list", "--endpoint", service.url, ...args], { env: at(env), input });

/** Whose token each request came with. */
export const users = () => service.requests.map(({ user }) => user);

export const login = (accessToken = BEARER, expiresAt = later()) => ({ accessToken, expiresAt });

export async function signedIn(config = README, session = "codecatalyst") {
  await configure(home, config);
  await signIn(home, session, login());
}

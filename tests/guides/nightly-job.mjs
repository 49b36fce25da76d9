// The crontab, run as cron does, and the workflow, two nights in a row, each on a new machine. GitHub's
// own program can't be tried here: what it would keep as a secret goes into a file.

import assert from "node:assert/strict";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inMinutes, renewable, startOidc } from "../package/sso-oidc.mjs";
import { Terminal } from "./terminal.mjs";

/** @import { Reader } from "./reader.mjs" */

const LOGIN = ".aws/sso/cache/80af6f394d022e711b1b139544a1598b8c36fd60.json";
const BASICS = `${dirname(process.execPath)}:/usr/bin:/bin`;

/** @param {Reader} reader */
export async function check(reader) {
  reader.service.reset();
  await cronDeletes(reader);
  reader.service.reset();
  await cronPrintsFailures(reader);
  await workflowIsCareful(reader);
  await workflowDeletesEachNight(reader);
  return 4;
}

const tokensLeft = ({ service }) => service.tokensOf("ana").length;

// -------------------------------------------------------------------------- cron

async function cronDeletes(reader) {
  assert.equal(await cron(reader), "0\n");
  assert.equal(tokensLeft(reader), 8);
}

async function cronPrintsFailures(reader) {
  const refusal = { status: 409, name: "ConflictException", message: "In use.", method: "DELETE" };
  reader.service.faults.push(refusal);
  assert.match(await cron(reader), /ConflictException: In use\.\n3 deleted, 1 failed\.\n1\n$/);
  const file = join(reader.env.HOME, LOGIN);
  const login = await readFile(file, "utf8");
  await writeFile(file, login.replace(/"expiresAt":"\d{4}/, '"expiresAt":"2020'));
  assert.match(await cron(reader), /aws sso login --profile codecatalyst\n3\n$/);
  await writeFile(file, login);
}

/** What the command in the crontab prints, and its exit code. */
async function cron(reader) {
  const lines = (await readFile(join(reader.folder, "crontab"), "utf8")).trim().split("\n");
  const [, command] = /^(?:\S+ ){5}(.*)$/.exec(lines.pop() ?? "") ?? assert.fail("no command");
  assert.ok(lines.includes("PATH=/usr/local/bin:/usr/bin:/bin"));
  const { HOME } = reader.env;
  return new Terminal(`${command} && echo 0 || echo $?`, HOME, { HOME, PATH: BASICS }).end();
}

// ---------------------------------------------------------------------- workflow

const workflowOf = ({ folder }) =>
  readFile(join(folder, ".github/workflows/expired-tokens.yml"), "utf8");

async function workflowIsCareful(reader) {
  const workflow = await workflowOf(reader);
  assert.match(workflow, /^permissions: \{\}$/m);
  assert.deepEqual(workflow.match(/^ +permissions:\n(?: {6}.*\n)+/gm), [
    "    permissions:\n      contents: read\n",
  ]);
  const actions = [...workflow.matchAll(/\buses: (.*)$/gm)].map(([, action]) => action);
  assert.equal(actions.length, 2);
  for (const action of actions) assert.match(action, /^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/);
}

async function workflowDeletesEachNight(reader) {
  const oidc = await startOidc();
  try {
    let login = renewable(-60);
    for (const bearer of ["renewed-1", "renewed-2"]) {
      reader.service.reset();
      reader.service.addBearer("ana", bearer);
      login = await runWorkflow(reader, { ...login, expiresAt: inMinutes(-60) }, oidc.url);
      assert.equal(tokensLeft(reader), 8);
    }
  } finally {
    oidc.close();
  }
}

/** Runs the commands of all steps. Gives the login that is the secret then. */
async function runWorkflow(reader, login, oidcUrl) {
  const machine = await newMachine(reader);
  const secrets = { CODECATALYST_LOGIN: JSON.stringify(login), TOKEN_FOR_SECRETS: "of-github" };
  const env = {
    ...reader.env,
    HOME: machine,
    PATH: `${machine}/bin:${BASICS}`,
    SECRET: join(machine, "secret"),
    GITHUB_REPOSITORY: "ana/nightly-job",
    AWS_ENDPOINT_URL_SSO_OIDC: oidcUrl,
  };
  for (const { run, names } of stepsOf(await workflowOf(reader))) {
    const given = names.map(([name, secret]) => [name, secrets[secret]]);
    await new Terminal(run, join(machine, "work"), { ...env, ...Object.fromEntries(given) }).end();
  }
  return JSON.parse(await readFile(env.SECRET, "utf8"));
}

/** The commands of each step, and the variables that hold secrets: their names and the secrets'. */
function stepsOf(workflow) {
  const [, ...steps] = workflow.split(/^ {6}- /m);
  const withCommands = steps.flatMap((step) => {
    const [, run] = /^ *run: (?:\||>-)?\n?([\s\S]*)$/m.exec(step) ?? [];
    const secrets = [...step.matchAll(/^ +(\w+): \$\{\{ secrets\.(\w+) \}\}$/gm)];
    const isFolded = step.includes("run: >-");
    const names = secrets.map(([, name, secret]) => [name, secret]);
    return run ? [{ run: isFolded ? run.replaceAll(/\s+/g, " ") : run, names }] : [];
  });
  assert.equal(withCommands.length, 4);
  return withCommands;
}

const GH = `#!/bin/sh
[ "$GH_TOKEN $*" = "of-github secret set CODECATALYST_LOGIN --repo ana/nightly-job" ] && cat > "$SECRET"
`;

/** A runner: a home that knows nothing, and in it the repository, as it was pushed. */
async function newMachine({ folder, env }) {
  const machine = join(env.HOME, `runner-${(await readdir(env.HOME)).length}`);
  await mkdir(join(machine, "bin"), { recursive: true });
  await writeFile(join(machine, "bin/gh"), GH, { mode: 0o755 });
  await mkdir(join(machine, "work"));
  for (const file of ["package.json", "package-lock.json", "aws-config"])
    await copyFile(join(folder, file), join(machine, "work", file));
  return machine;
}

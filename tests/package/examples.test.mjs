// The examples of README.md and docs/reference.md run, and print what their comments say.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { node, project } from "./installed.mjs";
import { codeBlocks, read } from "./markdown.mjs";

const SERVICE = "https://codecatalyst.global.api.aws";

const readme = await read("README.md");
const examples = [
  ...named("README.md", readme),
  ...named("reference", await read("docs/reference.md")),
];

/** Each example of a document, with what it's called and how many tokens it deletes. */
function named(document, markdown) {
  return codeBlocks(markdown, "js").map((code, index) => ({
    name: `${document}-${index + 1}.mjs`,
    code,
  }));
}

let folder;
let home; // of a user who is signed in

before(async () => {
  folder = await project("examples");
  for (const { name, code } of examples) await writeFile(join(folder, name), code);
  await signIn();
});

// README.md's configuration, and the file that `aws sso login` leaves for its session.
async function signIn() {
  home = { HOME: folder, USERPROFILE: folder };
  const [config] = codeBlocks(readme, "ini");
  await mkdir(join(folder, ".aws"), { recursive: true });
  await writeFile(join(folder, ".aws/config"), config);
  const session = /^\[sso-session (\w+)\]$/m.exec(config)?.[1];
  const cache = join(folder, ".aws/sso/cache");
  const file = `${createHash("sha1").update(`${session}`).digest("hex")}.json`;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, file), JSON.stringify({ accessToken: sample.bearer, expiresAt }));
}

// Loaded before an example: it asks the real service, and must reach nothing but the local one.
const detour = `
  const send = globalThis.fetch;
  globalThis.fetch = (url, init) => {
    if (!url.startsWith("${SERVICE}/")) throw new Error("An example asked for " + url);
    return send(process.env.LOCAL_SERVICE + url.slice(${SERVICE.length}), init);
  };`;

/**
 * Runs a program that takes the local service for the real one.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, faults?: import("../../pkg-template/testing/index.js").Fault[] }} [options]
 */
async function run(args, { env = {}, faults = [] } = {}) {
  const service = await startService();
  service.faults.push(...faults);
  const preload = `data:text/javascript,${encodeURIComponent(detour)}`;
  const ended = await node(folder, ["--import", preload, ...args], {
    ...home,
    ...env,
    LOCAL_SERVICE: service.url,
  }).finally(() => service.close());
  const deletions = service.requests.filter(({ method }) => method === "DELETE");
  return {
    ...ended,
    users: deletions.map(({ user }) => user),
    left: service.tokensOf("ana").length,
  };
}

const runExample = ({ name }, faults) =>
  run([name], { env: { AWS_BEARER_TOKEN_CODECATALYST: sample.bearer }, faults });

// -------------------------------------------------------------------- JavaScript

/** What comments say that is printed: the text itself, or how many lines. */
const promised = (code) => [...code.matchAll(/\/\/ prints: (.*)$/gm)].map(([, line]) => line);

for (const example of examples) {
  test(`${example.name} asks the service and prints what its comments say`, async () => {
    const { code, stdout, stderr, users } = await runExample(example);
    assert.deepEqual([stderr, code], ["", 0]);
    assert.deepEqual([...new Set(users)], ["ana"]);
    const printed = stdout.split("\n").slice(0, -1);
    const [line, ...more] = promised(example.code);
    const count = /^(\d+) lines$/.exec(line)?.[1];
    if (count) assert.equal(printed.length, Number(count));
    else assert.deepEqual(printed, [line, ...more]);
  });
}

const exampleWith = (text) => examples.find(({ code }) => code.includes(text)) ?? assert.fail(text);

test("README.md: the caught failure tells its cases apart", async () => {
  const example = exampleWith("outcomeUnknown");
  const lost = Array.from({ length: 3 }, () => ({ cut: /** @type {const} */ ("before") }));
  const denied = [{ status: 403, name: "AccessDeniedException", message: "No." }];
  assert.match((await runExample(example, lost)).stdout, /^It may or may not be deleted\./);
  assert.equal(
    (await runExample(example, denied)).stdout,
    "Not deleted. AccessDeniedException: No.\n",
  );
});

test("README.md: the example that deletes expired tokens deletes those and no others", async () => {
  const { stdout, left } = await runExample(exampleWith("expiresTime < new Date()"));
  assert.deepEqual([stdout.match(/ is gone$/gm)?.length, left], [4, 8]);
});

test("docs/reference.md: the example reports a deletion that fails", async () => {
  const fault = { status: 409, name: "ConflictException", message: "In use.", method: "DELETE" };
  const { stderr, left } = await runExample(exampleWith("Deploy job"), [fault]);
  assert.match(stderr, /^[\w-]{36}: In use\.\n$/);
  assert.equal(left, 11);
});

// --------------------------------------------------------------- the command line

const commands = codeBlocks(readme, "sh")
  .flatMap((block) => block.split("\n"))
  .filter((line) => line.startsWith("npx codecatalyst-pat "))
  .map((line) => line.split(" ").slice(2));

const cli = () => join(folder, "node_modules/codecatalyst-pat/cli/main.js");

for (const args of commands) {
  test(`README.md: codecatalyst-pat ${args.join(" ")} works with the sign-in it shows`, async () => {
    const env = { AWS_BEARER_TOKEN_CODECATALYST: undefined, AWS_CONFIG_FILE: undefined };
    const { code, stdout, stderr, left } = await run([cli(), ...args, "--yes"], { env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^deleted {2}/);
    assert.equal(stdout.split("\n").length - 1, 12 - left);
  });
}

test("README.md: it shows both ways of deleting, and the help has each option", async () => {
  assert.equal(commands.length, 2);
  const { stdout } = await node(folder, [cli(), "delete", "--help"]);
  const section = readme.slice(readme.indexOf("## Command line"), readme.indexOf("## Dashboard"));
  const options = [...section.matchAll(/(?<!aws.*)--[a-z-]+/g)].map(([option]) => option);
  assert.ok(options.length > 5);
  assert.deepEqual(
    options.filter((option) => !stdout.includes(option)),
    [],
  );
});

test("docs/sign-in.md shows the same profile as README.md", async () => {
  assert.deepEqual(codeBlocks(await read("docs/sign-in.md"), "ini"), codeBlocks(readme, "ini"));
});

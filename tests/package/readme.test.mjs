// The documents say what is true: the examples run, and the tables name what the code names.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { root } from "../../scripts/tools.mjs";
import { node, project } from "./installed.mjs";

const SERVICE = "https://codecatalyst.global.api.aws";
const FILES = await readdir(join(root, "docs"), { recursive: true });
const GUIDES = FILES.filter((name) => name.endsWith(".md"));
const DOCUMENTS = [
  ...["README.md", "CONTRIBUTING.md", "DESIGN.md", "SECURITY.md", "CHANGELOG.md"],
  ...GUIDES.map((name) => `docs/${name}`),
];

const read = (path) => readFile(join(root, path), "utf8");

const readme = await read("README.md");
const lines = readme.split("\n");
const blocks = scripts(readme);
const examples = blocks.filter(({ kind }) => kind === "js");

/** The blocks in JavaScript; `kind` is what follows the fence: `js` runs in Node, others don't. */
function scripts(markdown) {
  const fenced = /^( *)```(js\b[^\n]*)\n([\s\S]*?)^\1```$/gm;
  return [...markdown.matchAll(fenced)].map(([, indent, kind, code], index) => ({
    kind,
    code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    name: `example-${index + 1}.mjs`,
  }));
}

/** The first cells of the table whose first heading is this, without their backticks. */
function column(heading) {
  const start = lines.findIndex((line) => new RegExp(`^\\| ${heading} +\\|`).test(line));
  assert.notEqual(start, -1, `README.md has no table of this heading: ${heading}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map((line) => /^\| `(\w+)` +\|/.exec(line)?.[1] ?? line);
}

// ------------------------------------------------------------------ the examples

let folder;
let home; // of a user who is signed in

before(async () => {
  folder = await project("readme");
  for (const { name, code } of blocks) await writeFile(join(folder, name), code);
  await signIn();
});

// README.md's configuration, and the file that `aws sso login` leaves for its session.
async function signIn() {
  home = { HOME: folder, USERPROFILE: folder };
  await mkdir(join(folder, ".aws"), { recursive: true });
  await writeFile(join(folder, ".aws/config"), /^```ini\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "");
  const session = /^\[sso-session (\w+)\]$/m.exec(readme)?.[1];
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

async function runExample({ name }, faults = []) {
  const service = await startService();
  service.faults.push(...faults);
  const env = {
    AWS_BEARER_TOKEN_CODECATALYST: sample.bearer,
    ...home,
    LOCAL_SERVICE: service.url,
  };
  const preload = `data:text/javascript,${encodeURIComponent(detour)}`;
  const ended = await node(folder, ["--import", preload, name], env).finally(() => service.close());
  return { ...ended, requests: service.requests };
}

/** What a comment says that is printed: the text itself, or how many lines. */
function promised({ code }) {
  const lines = [...code.matchAll(/\/\/ prints: (.*)$/gm)].map(([, line]) => line);
  return {
    lines,
    count: lines.reduce((count, line) => count + Number(/^(\d+) lines$/.exec(line)?.[1] ?? 1), 0),
  };
}

for (const example of examples) {
  test(`README.md: ${example.name} asks the service and prints what its comments say`, async () => {
    const { code, stdout, stderr, requests } = await runExample(example);
    const { lines, count } = promised(example);
    const printed = stdout.split("\n").slice(0, -1);
    assert.deepEqual([stderr, code], ["", 0]);
    assert.ok(count > 0);
    assert.equal(printed.length, count);
    if (count === lines.length) assert.deepEqual(printed, lines);
    assert.equal(
      requests.filter(({ method, user }) => method === "DELETE" && user === "ana").length,
      count,
    );
  });
}

test("README.md: the caught failure tells its cases apart", async () => {
  const example = examples.find(({ code }) => code.includes("outcomeUnknown"));
  assert.ok(example);
  const lost = Array.from({ length: 3 }, () => ({ cut: "before" }));
  const denied = [{ status: 403, name: "AccessDeniedException", message: "No." }];
  assert.match((await runExample(example, lost)).stdout, /^It may or may not be deleted\./);
  assert.equal(
    (await runExample(example, denied)).stdout,
    "Not deleted. AccessDeniedException: No.\n",
  );
});

// --------------------------------------------------------------- the command line

const commands = lines
  .filter((line) => line.startsWith("npx codecatalyst-pat "))
  .map((line) => line.split(" ").slice(2));

for (const args of commands) {
  test(`README.md: codecatalyst-pat ${args.join(" ")} works with the sign-in it shows`, async () => {
    const service = await startService();
    const preload = `data:text/javascript,${encodeURIComponent(detour)}`;
    const program = join(folder, "node_modules/codecatalyst-pat/cli/main.js");
    const env = {
      ...home,
      AWS_BEARER_TOKEN_CODECATALYST: undefined,
      AWS_CONFIG_FILE: undefined,
      LOCAL_SERVICE: service.url,
    };
    const { code, stdout, stderr } = await node(
      folder,
      ["--import", preload, program, ...args, "--yes"],
      env,
    ).finally(() => service.close());
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^deleted {2}/);
    assert.equal(stdout.split("\n").length - 1, 12 - service.state().users.ana.length);
  });
}

test("README.md: it shows both ways of deleting, and the help has each option", async () => {
  assert.equal(commands.length, 2);
  const { stdout } = await node(folder, [
    join(folder, "node_modules/codecatalyst-pat/cli/main.js"),
    "delete",
    "--help",
  ]);
  const section = readme.slice(readme.indexOf("## Command line"), readme.indexOf("## Dashboard"));
  const named = [...section.matchAll(/(?<!aws.*)--[a-z-]+/g)].map(([option]) => option);
  assert.ok(named.length > 5);
  assert.deepEqual(
    named.filter((option) => !stdout.includes(option)),
    [],
  );
});

// ---------------------------------------------------------------------- the form

test("README.md: the first call by line 20, a failure by line 40, at most 200 lines", () => {
  const place = (pattern) => lines.findIndex((line) => pattern.test(line)) + 1;
  const within = (line, limit) =>
    assert.ok(line > 0 && line <= limit, `line ${line}, at most ${limit}`);
  within(place(/^```js$/), 20);
  within(place(/await deleteAccessToken\(/), 20);
  within(place(/\bcatch \(/), 40);
  within(place(/\boutcomeUnknown\b/), 40);
  within(lines.length - 1, 200);
});

for (const document of DOCUMENTS) {
  test(`${document}: every link within the project leads to a file`, async () => {
    const targets = [...(await read(document)).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(
      ([, target]) => target,
    );
    const inside = targets.filter((target) => !/^[a-z]+:/.test(target));
    assert.deepEqual(
      inside.filter((target) => !existsSync(join(root, dirname(document), target))),
      [],
    );
  });

  test(`${document}: every npm command exists`, async () => {
    const { scripts } = JSON.parse(await read("package.json"));
    const named = [...(await read(document)).matchAll(/\bnpm (?:run ([\w:]+)|(start|test)\b)/g)];
    const missing = named
      .map(([, run, short]) => run ?? short)
      .filter((name) => !(name in scripts));
    assert.deepEqual(missing, []);
  });
}

// -------------------------------------------------------------------- the tables

const sorted = (names) => [...new Set(names)].sort();

/** The members of an interface or a class in index.d.ts. */
function members(types, declared) {
  const [, body] =
    new RegExp(`\\b(?:interface|class) ${declared}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, "m").exec(
      types,
    ) ?? [];
  assert.ok(body, `index.d.ts declares no ${declared}`);
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)].map(([, name]) => name);
}

test("README.md: the functions are those of index.d.ts", async () => {
  const declared = [
    ...(await read("pkg-template/index.d.ts")).matchAll(/^export function (\w+)\(/gm),
  ].map(([, name]) => name);
  const shown = [...readme.matchAll(/^\| `(\w+)\(token, /gm)].map(([, name]) => name);
  assert.deepEqual(shown.sort(), declared.sort());
});

test("README.md: the options are those of index.d.ts", async () => {
  const types = await read("pkg-template/index.d.ts");
  const all = ["DeleteAccessTokenOptions", "ListAccessTokensOptions", "DeleteAccessTokensOptions"];
  assert.deepEqual(sorted(column("Option")), sorted(all.flatMap((name) => members(types, name))));
});

test("README.md: the result is that of index.d.ts", async () => {
  const types = await read("pkg-template/index.d.ts");
  assert.deepEqual(sorted(column("Result")), sorted(members(types, "DeleteAccessTokenOutput")));
});

test("README.md: the properties of errors are those of index.d.ts", async () => {
  const types = await read("pkg-template/index.d.ts");
  const inherited = ["name", "message", "cause"];
  const own = members(types, "CodeCatalystError");
  assert.deepEqual(sorted(column("Property")), sorted([...own, ...inherited]));
});

test("README.md: the names of errors are those of index.d.ts", async () => {
  const types = await read("pkg-template/index.d.ts");
  const named = [...types.matchAll(/"(\w+(?:Exception|Error))"/g)].map(([, name]) => name);
  assert.deepEqual(sorted(column("Name")), sorted(named));
});

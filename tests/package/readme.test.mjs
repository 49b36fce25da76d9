// README.md and the documents that it leads to name what the code names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hostsTable } from "../../scripts/hosts-table.mjs";
import { DOCUMENTS, namesIn, read, tableRows } from "./markdown.mjs";

const readme = await read("README.md");
const reference = await read("docs/reference.md");
const errors = await read("docs/errors.md");
const types = await read("pkg-template/index.d.ts");

// ------------------------------------------------------------------ README's form

const lines = readme.trimEnd().split("\n");

/** @param {number} line @param {number} limit */
const within = (line, limit) =>
  assert.ok(line > 0 && line <= limit, `line ${line}, at most ${limit}`);
const place = (pattern) => lines.findIndex((line) => pattern.test(line)) + 1;

test("README.md: the first call by line 20, a failure by line 40, at most 150 lines", () => {
  within(place(/^```js$/), 20);
  within(place(/await deleteAccessToken\(/), 20);
  within(place(/\bcatch \(/), 40);
  within(place(/\boutcomeUnknown\b/), 40);
  within(lines.length, 150);
});

test("README.md: no line of prose is longer than 140 characters, and no cell than 120", () => {
  const prose = lines.filter((line) => !line.startsWith("|"));
  const cells = lines.filter((line) => line.startsWith("|")).flatMap((line) => line.split("|"));
  assert.deepEqual(
    [
      ...prose.filter((line) => line.length > 140),
      ...cells.map((cell) => cell.trim()).filter((cell) => cell.length > 120),
    ],
    [],
  );
});

test("README.md leads to every document", () => {
  const others = DOCUMENTS.filter((document) => document !== "README.md");
  assert.deepEqual(
    others.filter((document) => !readme.includes(`](${document})`)),
    [],
  );
});

test("README.md: the hosts are what docs/hosts.md says (else: node scripts/hosts-table.mjs)", async () => {
  const results = await read("docs/hosts.md");
  assert.deepEqual(tableRows(readme, "Host"), hostsTable(results));
});

test("the table of hosts counts what failed or isn't here, and has no host that wasn't tried", () => {
  const results = `
| Node 20.19.6, import | passed   | Node v20.19.6: 11 checks |
| Node 9.4.1, import   | failed   | 1.2.3 is wrong           |
| Bun, run             | not here | E404                     |
| New: main, utf-8     | passed   | New 5.6.7: 11 checks     |
`;
  assert.deepEqual(
    hostsTable(results).map(([, ...cells]) => cells),
    [
      ["Node 20.19", "1 of 2"],
      ["", "0 of 1"],
      ["New 5.6", "1 of 1"],
    ],
  );
});

test("docs/sign-in.md: as many configurations are compared with botocore as it says", async () => {
  const { answers } = JSON.parse(await read("tests/package/fixtures/botocore.json"));
  const said = /(\d+) configurations/.exec(await read("docs/sign-in.md"))?.[1];
  assert.equal(Number(said), Object.keys(answers).length);
});

// --------------------------------------------------------------- the same as the types

const sorted = (names) => [...new Set(names)].sort();

/** The members of an interface or a class in index.d.ts. */
function members(declared) {
  const [, body] =
    new RegExp(`\\b(?:interface|class) ${declared}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, "m").exec(
      types,
    ) ?? [];
  assert.ok(body, `index.d.ts declares no ${declared}`);
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)].map(([, name]) => name);
}

test("docs/reference.md: the functions are those of index.d.ts", () => {
  const declared = [...types.matchAll(/^export function (\w+)\(/gm)].map(([, name]) => name);
  const shown = namesIn(reference, "Call").map((call) => call.split("(token, ")[0]);
  assert.deepEqual(shown.sort(), declared.sort());
});

test("docs/reference.md: the options are those of index.d.ts", () => {
  const all = ["DeleteAccessTokenOptions", "ListAccessTokensOptions", "DeleteAccessTokensOptions"];
  assert.deepEqual(sorted(namesIn(reference, "Option")), sorted(all.flatMap(members)));
});

test("docs/reference.md: the result is that of index.d.ts", () => {
  assert.deepEqual(
    sorted(namesIn(reference, "Result")),
    sorted(members("DeleteAccessTokenOutput")),
  );
});

test("docs/reference.md: the entries are those of the package", async () => {
  const { name, exports } = JSON.parse(await read("pkg-template/package.json"));
  const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
  assert.deepEqual(
    sorted(namesIn(reference, "Import")),
    sorted(entries.map((entry) => entry.replace(".", name))),
  );
});

test("docs/errors.md: the properties are those of index.d.ts", () => {
  const inherited = ["name", "message", "cause"];
  const own = members("CodeCatalystError");
  assert.deepEqual(sorted(namesIn(errors, "Property")), sorted([...own, ...inherited]));
});

// types.test.mjs compares index.d.ts with error.rs.
const known = [...types.matchAll(/"(\w+(?:Exception|Error))"/g)].map(([, name]) => name);

for (const [document, markdown] of [
  ["README.md", readme],
  ["docs/errors.md", errors],
]) {
  test(`${document}: the names of errors are those of index.d.ts, each once`, () => {
    assert.deepEqual(namesIn(markdown, "Name").sort(), sorted(known));
  });
}

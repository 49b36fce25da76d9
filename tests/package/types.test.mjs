// The types: compiled as callers' projects are, against the installed package, and compared with the code behind them.

import assert from "node:assert/strict";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { OPTION_NAMES } from "../../pkg-template/options.js";
import { npmProgram } from "../../scripts/tools.mjs";
import { node, project } from "./installed.mjs";
import { read, tableRows } from "./markdown.mjs";

const FIXTURES = join(import.meta.dirname, "fixtures/types");

let folder;

before(async () => {
  folder = await project("types");
});

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  // The types of the package are compiled too, not only believed.
  skipLibCheck: false,
  lib: ["es2022"],
  types: [],
};
const PAGE = ["es2022", "dom"];

const PROJECTS = {
  "an ES module in Node": { source: "uses.ts", as: "uses.mts", options: { module: "nodenext" } },
  "a CommonJS module in Node": {
    source: "uses.ts",
    as: "uses.cts",
    options: { module: "nodenext" },
  },
  "a CommonJS module in Node 16's way": {
    source: "required.ts",
    as: "required.cts",
    options: { module: "node16" },
  },
  "an ES module in Node 16's way": {
    source: "uses.ts",
    as: "uses16.mts",
    options: { module: "node16" },
  },
  "a CommonJS module that imports by require": {
    source: "required.ts",
    as: "required-next.cts",
    options: { module: "nodenext" },
  },
  "an ES module in Node that wants a default export": {
    source: "default.ts",
    as: "default.mts",
    options: { module: "nodenext" },
  },
  "a bundler": {
    source: "uses.ts",
    as: "uses.ts",
    options: { module: "esnext", moduleResolution: "bundler" },
  },
  "a test, as an ES module in Node": {
    source: "testing.ts",
    as: "testing.mts",
    options: { module: "nodenext" },
  },
  "a test, by a bundler": {
    source: "testing.ts",
    as: "testing.ts",
    options: { module: "esnext", moduleResolution: "bundler" },
  },
  "a page, by a bundler": {
    source: "host.ts",
    as: "host.ts",
    options: { module: "esnext", moduleResolution: "bundler", lib: PAGE },
  },
  "a page, as an ES module of Node": {
    source: "host.ts",
    as: "host.mts",
    options: { module: "nodenext", lib: PAGE },
  },
};

for (const [who, { source, as, options }] of Object.entries(PROJECTS)) {
  test(`strict TypeScript for ${who} takes what is right and refuses what is wrong`, async () => {
    await copyFile(join(FIXTURES, source), join(folder, as));
    const { code, stdout } = await compiled(as, { ...STRICT, ...options });
    assert.deepEqual([stdout, code], ["", 0]);
  });
}

async function compiled(file, compilerOptions) {
  const config = `tsconfig.${file}.json`;
  await writeFile(join(folder, config), JSON.stringify({ compilerOptions, files: [file] }));
  return node(folder, [npmProgram("typescript/bin/tsc"), "--project", config, "--pretty", "false"]);
}

// As @types/node declares it, which has no event types of its own to offer to others.
const NODE_SIGNAL = `
  import { deleteAccessToken } from "codecatalyst-pat";
  interface Listener { (event: { type: string }): void }
  interface NodeSignal {
    readonly aborted: boolean;
    readonly reason: any;
    addEventListener(type: string, listener: Listener | { handleEvent: Listener }, options?: boolean | object): void;
    removeEventListener(type: string, listener: Listener | { handleEvent: Listener }, options?: boolean | object): void;
    throwIfAborted(): void;
  }
  export const call = (signal: NodeSignal) => deleteAccessToken("token", "id", { signal });`;

test("a signal with looser types than a page's fits too", async () => {
  await writeFile(join(folder, "signal.mts"), NODE_SIGNAL);
  const { code, stdout } = await compiled("signal.mts", { ...STRICT, module: "nodenext" });
  assert.deepEqual([stdout, code], ["", 0]);
});

// -------------------------------------------------- the same in the types and the code

const types = await read("pkg-template/index.d.ts");
const options = (await read("src/endpoint.rs")) + (await read("src/options.rs"));

/** What a pattern's first group finds, all over a text. */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

/** The part of a text from one mark to the next other one. */
function part(text, from, to) {
  const start = text.indexOf(from);
  assert.notEqual(start, -1, `"${from}" is gone; this test reads what follows it`);
  return text.slice(start, text.indexOf(to, start));
}

const sorted = (names) => [...new Set(names)].sort();
const NAME = /"(\w+(?:Exception|Error))"/g;

// readme.test.mjs compares the documents with index.d.ts.
test("the types know the names of errors that the code gives, and no others", async () => {
  const byError = all(part(await read("src/error.rs"), "fn name_and_message(", "\n    }\n"), NAME);
  const byStatus = all(part(await read("src/response.rs"), "fn name_of_status(", "\n}\n"), NAME);
  const byLoader = all(
    part(await read("pkg-template/client.js"), "function instantiate(", "\n}\n"),
    NAME,
  );
  const known = all(part(types, "export type KnownErrorName =", '";'), /\| "(\w+)/g);
  assert.deepEqual(sorted(known), sorted([...byError, ...byStatus, ...byLoader]));
  assert.equal(known.length, sorted(known).length);
});

test("the types say for each status the name that the code gives it", async () => {
  const byStatus = part(await read("src/response.rs"), "fn name_of_status(", "\n}\n");
  for (const [, status, name] of byStatus.matchAll(/^ *(\d{3}) => "(\w+)"/gm)) {
    assert.match(
      types,
      new RegExp(`/\\*\\*\\s+(\\* )?${status}\\. (?:[^/]|(?<!\\*)/)*\\*/\\s+\\| "${name}"`),
      `${status} ${name}`,
    );
  }
});

test("each name in the types is documented with what to do", () => {
  const entries = part(types, "export type KnownErrorName =", '";')
    .split(/\| "\w+"?/)
    .slice(0, -1);
  for (const entry of entries) assert.match(entry, /\/\*\*[\s\S]{40,}\*\/\s*$/);
});

const DECLARATION = /^(?:export \w+ \w+| {2}(?:readonly )?[\w[\].]+\??[:(].*[;{]$)/;

/** The declarations and members in the types of a file that have no doc comment before them. */
function undocumented(source) {
  const lines = source.split("\n").filter((line) => !line.includes("// biome-ignore"));
  return lines.filter(
    (line, index) => DECLARATION.test(line) && !lines[index - 1]?.trimEnd().endsWith("*/"),
  );
}

// The properties of the class are documented in the interface that it implements.
const errorClass = part(types, "export class CodeCatalystError ", "\n}\n");

for (const file of ["index.d.ts", "aws/index.d.ts", "testing/index.d.ts", "format-error.d.ts"]) {
  test(`${file}: every type and each of its members is documented`, async () => {
    const source = await read(`pkg-template/${file}`);
    assert.deepEqual(undocumented(source.replace(errorClass, "")), []);
  });
}

// The interface of each function's options.
const INTERFACES = {
  deleteAccessToken: "DeleteAccessTokenOptions",
  listAccessTokens: "ListAccessTokensOptions",
  deleteAccessTokens: "DeleteAccessTokensOptions",
};
const declarations = Object.values(INTERFACES).map((name) =>
  part(types, `export interface ${name} `, "\n}\n"),
);
const declared = declarations.join("\n");

/** The options in the declaration of an interface, and in the one that it extends. */
function optionsIn(declaration) {
  const [base] = all(declaration, /^export interface \w+ extends (\w+) /g);
  const inherited = base ? optionsIn(part(types, `export interface ${base} `, "\n}\n")) : [];
  return [...inherited, ...all(declaration, /^ {2}readonly (\w+)\?:/gm)];
}

test("the types have the options of the code, and no others", () => {
  const typed = Object.keys(INTERFACES).map((name, index) => [
    name,
    optionsIn(declarations[index]),
  ]);
  const known = Object.entries(OPTION_NAMES);
  const sortAll = (lists) =>
    Object.fromEntries(lists.map(([name, options]) => [name, [...options].sort()]));
  assert.deepEqual(sortAll(typed), sortAll(known));
});

test("the types and docs/reference.md state the defaults of the code", async () => {
  const constant = (name) =>
    new RegExp(`\\b${name}\\b[^=]*= "?([^";]+)"?;`).exec(options)?.[1].replaceAll("_", "");
  const inCode = {
    endpoint: constant("SERVICE"),
    signal: "none",
    timeoutMs: constant("DEFAULT_TIMEOUT_MS"),
    maxAttempts: constant("DEFAULT_MAX_ATTEMPTS"),
    fetch: "globalThis.fetch",
    onRetry: "none",
    pageSize: constant("MAX_PAGE_SIZE"),
    concurrency: constant("DEFAULT_CONCURRENCY"),
  };
  const inTypes = Object.fromEntries(
    [...declared.matchAll(/@default "?([^\s"]+)"?[\s\S]*?readonly (\w+)\?:/g)].map(
      ([, value, name]) => [name, value],
    ),
  );
  assert.deepEqual(inTypes, inCode);
  const rows = tableRows(await read("docs/reference.md"), "Option");
  const documented = rows.map((cells) => [cells[0], cells.at(-1)].map(withoutMarks));
  assert.deepEqual(Object.fromEntries(documented), inCode);
});

/** A cell without backticks. */
const withoutMarks = (cell) => cell.replaceAll("`", "");

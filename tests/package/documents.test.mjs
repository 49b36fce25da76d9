// What the documents, manifests and workflows say of the project is true, and the same everywhere.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { anchorsOf } from "../../scripts/docs/check-links.mjs";
import { describeForModels } from "../../scripts/docs/llms.mjs";
import { places, withAbsoluteLinks } from "../../scripts/links.mjs";
import { root } from "../../scripts/tools.mjs";
import { packageIn, project } from "./installed.mjs";
import { DOCUMENTS, read } from "./markdown.mjs";

/** The rows of every table, each as its cells. */
const rows = (markdown) =>
  [...markdown.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => row.split(" | ").map((c) => c.trim()));

/** What stands under a heading of the second level. */
function section(markdown, heading) {
  const found = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  return found ?? assert.fail(`there is no heading ${heading}`);
}

// ---------------------------------------------------------------------- documents

/** @param {string} link @param {string} from the document that has it */
async function leadsSomewhere(link, from) {
  const [path, anchor] = link.split("#");
  const target = path === "" ? from : join(dirname(from), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(await read(target)).has(anchor);
}

for (const document of DOCUMENTS) {
  test(`${document}: every link within the project leads to a file, and to a heading in it`, async () => {
    const links = [...(await read(document)).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    const inside = links.filter((link) => !/^[a-z]+:/.test(link));
    const broken = [];
    for (const link of inside) if (!(await leadsSomewhere(link, document))) broken.push(link);
    assert.deepEqual(broken, []);
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

/** The files in a folder of the project and in those below it. */
async function filesIn(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll("\\", "/"));
}

test("DESIGN.md: the layout shows each file of src and pkg-template, and what it shows is there", async () => {
  const layout = section(await read("DESIGN.md"), "Layout");
  const shown = rows(layout).flatMap(([path]) => path.match(/(?<=^`).*(?=`$)/) ?? []);
  const files = [...(await filesIn("src")), ...(await filesIn("pkg-template"))];
  // The command line is shown as a whole.
  const isShown = (file) => shown.includes(file) || file.startsWith("pkg-template/cli/");
  assert.ok(files.length > 40);
  assert.deepEqual(
    files.filter((file) => !isShown(file)),
    [],
  );
  assert.deepEqual(
    shown.filter((path) => !existsSync(join(root, path))),
    [],
  );
});

test("DESIGN.md: the lint rules that are off are those of biome.json", async () => {
  const { overrides } = JSON.parse(await read("biome.json"));
  const off = overrides.flatMap(({ linter }) => Object.values(linter.rules).flatMap(Object.keys));
  const explained = (await read("DESIGN.md")).matchAll(/^- `(\w+)` in /gm);
  assert.deepEqual([...explained].map(([, rule]) => rule).sort(), off.sort());
});

test("the site highlights every language that code in a document is in", async () => {
  const { highlightLanguages } = JSON.parse(await read("scripts/docs/typedoc.json"));
  const texts = await Promise.all(DOCUMENTS.map(read));
  const used = texts.flatMap((text) => [...text.matchAll(/^ *```(\w+)/gm)].map(([, name]) => name));
  assert.deepEqual(
    used.filter((name) => name !== "text" && !highlightLanguages.includes(name)),
    [],
  );
});

test("llms.txt is what the documents say (else: node scripts/docs/llms.mjs)", async () => {
  assert.equal(await read("llms.txt"), await describeForModels());
});

test("CONTRIBUTING.md has at most 60 lines", async () => {
  const { length } = (await read("CONTRIBUTING.md")).trimEnd().split("\n");
  assert.ok(length <= 60, `it has ${length}`);
});

test("SECURITY.md: every threat names a test, and that test exists", async () => {
  const threats = rows(await read("SECURITY.md")).slice(1);
  const claims = threats
    .map((cells) => cells.at(-1))
    .filter((cell) => !/^-+$/.test(cell))
    .map((cell) => /^`([^`]+)`: `([^`]+)`$/.exec(cell)?.slice(1) ?? assert.fail(cell));
  assert.ok(claims.length > 0);
  for (const [file, title] of claims) {
    const definition = file.endsWith(".rs") ? `fn ${title}(` : title;
    const source = existsSync(join(root, file)) ? await read(file) : "";
    assert.ok(source.includes(definition), `${file} has no test ${title}`);
  }
});

// ---------------------------------------------------------------------- manifests

/** The text fields of Cargo.toml's first table. */
async function crate() {
  const [table] = (await read("Cargo.toml")).split("\n\n");
  return Object.fromEntries(
    [...table.matchAll(/^([\w-]+) = "(.*)"$/gm)].map(([, key, value]) => [key, value]),
  );
}

test("the crate and the package agree", async () => {
  const manifest = { ...JSON.parse(await read("pkg-template/package.json")), ...places };
  const { name, version, description, license, repository, homepage } = await crate();
  assert.deepEqual(
    { name, version, description, license, repository: `git+${repository}.git`, homepage },
    {
      name: manifest.name,
      version: manifest.version,
      description: manifest.description,
      license: manifest.license,
      repository: manifest.repository.url,
      homepage: manifest.homepage,
    },
  );
});

test("relative links become absolute, at the tag of the version, but for those that are kept", () => {
  const repository = places.homepage.replace("#readme", "");
  const markdown = "![a](b/c.png) [d](E.md#f) [g](#h) [i](https://j.example/k) [l](mailto:m)";
  const image = `![a](${repository}/raw/v1.2.3/b/c.png)`;
  const file = `[d](${repository}/blob/v1.2.3/E.md#f)`;
  assert.equal(
    withAbsoluteLinks(markdown, "1.2.3"),
    `${image} ${file} [g](#h) [i](https://j.example/k) [l](mailto:m)`,
  );
  const inFolder = { path: "docs/X.md", keeps: (path) => path === "E.md" };
  assert.equal(
    withAbsoluteLinks("[a](../E.md#f) [b](../src/) [c](d.md)", "1.2.3", inFolder),
    `[a](../E.md#f) [b](${repository}/blob/v1.2.3/src/) [c](${repository}/blob/v1.2.3/docs/d.md)`,
  );
});

test("npm's page of the package finds the repository, and no link on it is relative", async () => {
  const folder = packageIn(await project("documents"));
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { homepage, repository, bugs } = manifest;
  assert.deepEqual({ homepage, repository, bugs }, places);
  for (const document of ["README.md", "CHANGELOG.md"]) {
    const markdown = await readFile(join(folder, document), "utf8");
    const targets = [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    assert.deepEqual(
      targets.filter((target) => !/^(?:[a-z]+:|#)/.test(target)),
      [],
    );
  }
});

// ---------------------------------------------------------------------- workflows

const workflows = await readdir(join(root, ".github/workflows"));

for (const file of workflows) {
  test(`${file} starts from no permissions and pins every action by its commit`, async () => {
    const workflow = await read(join(".github/workflows", file));
    assert.match(workflow, /^permissions: \{\}$/m);
    const actions = [...workflow.matchAll(/\buses: (.*)$/gm)].map(([, action]) => action);
    assert.notDeepEqual(actions, []);
    for (const action of actions) assert.match(action, /^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/);
  });
}

// scripts/docs/check-links.mjs, by which `npm run docs` finds links that lead nowhere.

import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { brokenLinks } from "../../scripts/docs/check-links.mjs";
import { root } from "../../scripts/tools.mjs";

const SITE = join(root, "target/tests/site-links");

/** The broken links of a site of these files. */
async function check(files) {
  await rm(SITE, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(SITE, path)), { recursive: true });
    await writeFile(join(SITE, path), content);
  }
  return brokenLinks(SITE);
}

test("links to files, folders, anchors and other sites lead somewhere", async () => {
  const broken = await check({
    "index.html": `<a href="a/b.html#here">b</a> <a href='https://else.example/x'>x</a> <img src=i.png>`,
    "i.png": "",
    "a/b.html": `<p id=here><a href="#here">here</a> <a href="../">up</a> <a href="../c.md#a-heading">c</a>`,
    "c.md": "# A heading\n\n[b](a/b.html) [here](#a-heading)\n",
  });
  assert.deepEqual(broken, []);
});

test("anchors may be encoded, and lead to a range of lines", async () => {
  const page = `<p id="impl-From%3CT%3E"><a href="#impl-From%3CT%3E">T</a> <a href="#1-2">lines</a>`;
  assert.deepEqual(
    await check({ "a.html": `${page}<a id=1><a id=2><p id="ü"><a href="#%C3%BC">` }),
    [],
  );
});

const BROKEN = {
  "a file that is missing": { "a.html": `<a href="b.html">` },
  "a picture that is missing": { "a.html": `<img alt="" src="b.png">` },
  "an anchor that is missing in the file": { "a.html": `<p id="there"><a href="#here">` },
  "an anchor that is missing in another file": { "a.html": `<a href="b.html#here">`, "b.html": "" },
  "a range whose end is missing": { "a.html": `<a id=1><a href="#1-2">` },
  "a folder without an index": { "a/b.html": `<a href="../">` },
  "a heading that is missing in a document": { "a.md": "# There\n\n[here](#here)\n" },
  "a file that llms.txt names": { "llms.txt": "- [B](b.md): what it is\n" },
};

for (const [what, files] of Object.entries(BROKEN)) {
  test(`a link to ${what} is found`, async () => {
    assert.equal((await check(files)).length, 1);
  });
}

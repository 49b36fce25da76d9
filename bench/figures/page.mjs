// From the import to the first deletion in a page of its own in Chromium, with nothing cached.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { byEsbuild, hasStreaming } from "../bundles.mjs";
import { FLOOR, STREAMING, fileOf } from "../contenders.mjs";
import { figure, takeTurns } from "../rounds.mjs";

/** @typedef {import("../types.ts").Bench} Bench */

const PAGE = `<!doctype html><meta charset="utf-8"><title>bench</title><script type="module">
  const start = performance.now();
  const { connect } = await import("./bundle.js");
  await connect("${"x".repeat(28)}", location.origin)("4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01");
  globalThis.elapsedMs = performance.now() - start;
</script>`;

/**
 * Gives the path of each contender's page.
 * @param {Bench} bench
 */
async function pages({ folder, contenders }) {
  const files = new Map(
    contenders.map((contender) => [contender.title, fileOf(folder, contender)]),
  );
  if (await hasStreaming(folder)) files.set(STREAMING, await streamingEntry(folder));
  /** @type {Map<string, string>} */
  const paths = new Map();
  await rm(join(folder, "pages"), { recursive: true, force: true });
  for (const [title, file] of files) {
    const path = join("pages", title.replaceAll(/\W+/g, "-"));
    await mkdir(join(folder, path), { recursive: true });
    await byEsbuild(folder, file, join(folder, path));
    await writeFile(join(folder, path, "index.html"), PAGE);
    paths.set(title, `files/${path}/index.html`);
  }
  return paths;
}

/** @param {string} folder */
async function streamingEntry(folder) {
  const file = join(folder, "page-streaming.mjs");
  const code = `import { deleteAccessToken } from "${STREAMING}";
export const connect = (token, endpoint) => (id) => deleteAccessToken(token, id, { endpoint });\n`;
  await writeFile(file, code);
  return file;
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 */
async function openCold(browser, url) {
  // A context has caches of its own, and its pages have a process of their own.
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const elapsed = await page.waitForFunction("globalThis.elapsedMs");
  const elapsedMs = Number(await elapsed.jsonValue());
  await context.close();
  return elapsedMs;
}

/** @param {Bench} bench */
export async function page(bench) {
  const paths = await pages(bench);
  const browser = await chromium.launch(chromiumOptions());
  try {
    await openCold(browser, `${bench.origin}/${paths.get(FLOOR)}`);
    const samples = await takeTurns([...paths.keys()], bench.rounds(25, 9), (title) =>
      openCold(browser, `${bench.origin}/${paths.get(title)}`),
    );
    const head = {
      id: "page",
      group: "Import to first deletion",
      title: "Chromium, cold page",
      unit: "ms",
      against: "the floor",
    };
    return [figure(head, samples, () => samples.get(FLOOR))];
  } finally {
    await browser.close();
  }
}

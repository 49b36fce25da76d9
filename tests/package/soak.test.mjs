// Very many deletions, some of which fail at first: all are done, and nothing is left behind. SOAK_DELETIONS=<n> makes it as
// many, in Chromium too.

import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { packageIn, project, script, until } from "./installed.mjs";
import { startSoakService } from "./soak-service.mjs";

const asked = process.env.SOAK_DELETIONS;
const DELETIONS = Number(asked ?? 3_000);

// No lost answers: a browser itself resends a DELETE after a reused connection broke, and the first
// attempt that the package sees then finds no such token. README.md says so.
const FAULTS_IN_BROWSERS = ["unavailable", "refused", "cut"];

const FIXTURE = join(import.meta.dirname, "fixtures/soak.js");

let folder;

before(async () => {
  folder = await project("soak");
});

/** A process that never calls process.exit. It tells what keeps it alive once all is done. */
const program = (endpoint) => `
  import { soak } from ${JSON.stringify(pathToFileURL(FIXTURE))};
  const said = await soak(() => import("codecatalyst-pat"), "${endpoint}", ${DELETIONS});
  // Node puts connections aside some turns after their answers have been read.
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  const resources = process.getActiveResourcesInfo().filter((name) => /^TCP|Timeout/.test(name));
  process.once("exit", () => process.stdout.write(JSON.stringify({ ...said, resources })));`;

/**
 * What must hold of any run. It tells the figures too, for the long ones.
 * @param {any} t
 * @param {any} said
 * @param {any} service
 */
function check(t, { deleted, alreadyDeleted, failed, warmBytes, ...left }, service) {
  const { faults, mostUnderWay } = service.counts;
  t.diagnostic(
    JSON.stringify({ deleted, alreadyDeleted, faults, mostUnderWay, warmBytes, ...left }),
  );
  assert.deepEqual(failed, []);
  assert.equal(deleted + alreadyDeleted, DELETIONS);
  assert.equal(service.deleted.size, DELETIONS);
  assert.ok(service.counts.faults > DELETIONS / 40, "faults came up");
  assert.ok(alreadyDeleted > 0, "answers got lost");
  assert.ok(warmBytes > 0);
  assert.deepEqual(left, { grownBytes: 0, listeners: 0, timers: 0 });
}

test(`${DELETIONS} deletions in Node leave no memory, listener, timer or connection behind`, async (t) => {
  const service = await startSoakService();
  t.after(() => service.close());
  const { stdout, stderr, code } = await script(folder, program(service.url));
  assert.deepEqual([stderr, code], ["", 0]);
  const { resources, ...said } = JSON.parse(stdout);
  check(t, said, service);
  assert.equal(service.counts.mostUnderWay, 64);
  assert.deepEqual(resources, []);
  await until(() => service.sockets.size === 0);
});

/** The files that the page loads, by path. */
async function pageFiles() {
  const page = join(folder, "index.html");
  await writeFile(page, "<!doctype html><title>soak</title>");
  const names = (await readdir(packageIn(folder), { recursive: true })).map((name) =>
    name.replaceAll("\\", "/"),
  );
  const served = names.map((name) => [`/pkg/${name}`, join(packageIn(folder), name)]);
  return { "/": page, "/soak.js": FIXTURE, ...Object.fromEntries(served) };
}

const inPage = async (count) => {
  const [fixture, entry] = ["/soak.js", "/pkg/index.js"];
  const { soak } = await import(fixture);
  return soak(() => import(entry), location.origin, count);
};

test(`${DELETIONS} deletions in Chromium leave none behind either`, { skip: !asked }, async (t) => {
  const service = await startSoakService({ files: await pageFiles(), faults: FAULTS_IN_BROWSERS });
  t.after(() => service.close());
  const browser = await chromium.launch(chromiumOptions());
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(service.url);
  check(t, await page.evaluate(inPage, DELETIONS), service);
  assert.equal(service.counts.mostUnderWay, 6, "a browser opens so many connections to a server");
  await browser.close();
  await until(() => service.sockets.size === 0);
});

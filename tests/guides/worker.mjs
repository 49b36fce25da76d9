// The Worker of docs/guides/worker.md, once more: in front of a service whose faults can be ordered. And
// its web worker, in Chromium.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { expiredBearer, lostReply, sample } from "../../pkg-template/testing/index.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { serveFiles } from "../hosts/static-server.mjs";

export { environment, missing } from "./wrangler.mjs";

/** @typedef {import("./reader.mjs").Reader["service"]} Service */

const URL = "http://localhost:8788";
const KEY = "Bearer test-key";

/** @param {string} body @param {string} [authorization] @param {string} [path] */
async function send(body, authorization = KEY, path = "/delete") {
  const reply = await fetch(`${URL}${path}`, { method: "POST", headers: { authorization }, body });
  return `${reply.status} ${await reply.text()}`;
}

/** @type {Record<string, (service: Service, id: string) => Promise<void>>} */
const CHECKS = {
  "deletes a token": async (service, id) => {
    assert.equal(await send(JSON.stringify({ id })), "200 Deleted. Requests sent: 1.\n");
    assert.ok(!service.tokensOf("ana").some((token) => token.id === id));
  },
  "says if it isn't known whether the token is deleted": async (service, id) => {
    service.faults.push(lostReply({ times: 9 }));
    const said = await send(JSON.stringify({ id }));
    assert.match(said, /^502 \w+: .* It may be deleted\. Calling again is safe\.\n$/);
  },
  "says if the bearer token has expired": async (service, id) => {
    service.faults.push(expiredBearer());
    assert.match(await send(JSON.stringify({ id })), /^502 AccessDeniedException: [^.]*\.\n$/);
  },
  "says if there is no such token": async () => {
    assert.match(await send('{"id":"none"}'), /^404 ResourceNotFoundException: /);
  },
  "sends nothing for a call that it can't read": async (service) => {
    for (const body of ["", "x", "{}", "null", '{"id":7}', '{"id":".."}'])
      assert.match(await send(body), /^400 InvalidArgumentError: /, body);
    assert.deepEqual(service.requests, []);
  },
  "sends nothing without the key": async (service, id) => {
    for (const key of ["", "Bearer ", "Bearer test-kez", "Bearer undefined", `${KEY}s`])
      assert.equal(await send(JSON.stringify({ id }), key), "401 The key is wrong.\n", key);
    assert.match(await send(JSON.stringify({ id }), KEY, "/other"), /^404 /);
    assert.equal((await fetch(`${URL}/delete`, { headers: { authorization: KEY } })).status, 404);
    assert.deepEqual(service.requests, []);
  },
};

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  const { service } = reader;
  const dev = reader.open(devCommand(service));
  await dev.waitFor(`…\n…Ready on ${URL}`);
  for (const [title, act] of Object.entries(CHECKS)) {
    service.reset();
    const [{ id = "" } = {}] = service.tokensOf("ana");
    await act(service, id).catch((error) => {
      throw new Error(`It ${title}: ${error.message}\n${dev.printed}`, { cause: error });
    });
  }
  dev.kill();
  await dev.ended;
  await acceptsNoKeyIfItHasNone(reader);
  await deletesInAWebWorker(reader);
  return Object.keys(CHECKS).length + 2;
}

/** @param {Service} service */
const devCommand = (service) =>
  `npx wrangler dev --port 8788 --inspector-port 0 --var CODECATALYST_URL:${service.url}`;

/** @param {import("./reader.mjs").Reader} reader */
async function acceptsNoKeyIfItHasNone(reader) {
  await writeFile(join(reader.folder, ".dev.vars"), `CODECATALYST_BEARER=${sample.bearer}\n`);
  const dev = reader.open(devCommand(reader.service));
  await dev.waitFor(`…\n…Ready on ${URL}`);
  assert.match(await send('{"id":"1"}', "Bearer undefined"), /^401 /);
  dev.kill();
  await dev.ended;
}

/** @param {import("./reader.mjs").Reader} reader */
async function deletesInAWebWorker({ folder, service }) {
  service.reset();
  const [{ id = "" } = {}] = service.tokensOf("ana");
  const outfile = join(folder, "bundled.js");
  const entryPoints = [join(folder, "web-worker.js")];
  await build({ entryPoints, bundle: true, format: "esm", outfile, logLevel: "error" });
  await writeFile(join(folder, "page.html"), "<!doctype html><title>Worker</title>");
  const server = await serveFiles({ fileOf: (path) => join(folder, path) });
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/page.html`);
    const order = { bearer: sample.bearer, ids: [id, "none"], endpoint: service.url };
    const results = await page.evaluate(answersOfWorker, order);
    assert.deepEqual(
      results.map(({ id, error }) => [id, error?.name]).sort(),
      [
        [id, undefined],
        ["none", "ResourceNotFoundException"],
      ].sort(),
    );
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * Runs in the page.
 * @param {{ ids: string[] }} order
 * @returns {Promise<any[]>}
 */
function answersOfWorker(order) {
  const worker = new Worker("/bundled.js", { type: "module" });
  return new Promise((resolve, reject) => {
    /** @type {any[]} */
    const answers = [];
    worker.onmessage = ({ data }) => {
      answers.push(data);
      if (answers.length === order.ids.length) resolve(answers);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(order);
  });
}

// The Worker of docs/guides/worker.md, once more: in front of a service whose faults can be ordered. And
// its web worker, in Chromium.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { expiredBearer, sample, serverError } from "../../pkg-template/testing/index.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { serveFiles } from "../hosts/static-server.mjs";

export { environment, missing } from "./wrangler.mjs";

/** @typedef {import("./reader.mjs").Reader["service"]} Service */

const URL = "http://localhost:8788";
const KEY = "Bearer test-key";

/**
 * @param {string} body
 * @param {string} [authorization]
 * @param {string} [path]
 */
async function send(body, authorization = KEY, path = "/delete") {
  const reply = await fetch(`${URL}${path}`, { method: "POST", headers: { authorization }, body });
  const text = await reply.text();
  const { name, attempts, outcomeUnknown } = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: reply.status, text, name, attempts, outcomeUnknown };
}

/**
 * @param {Promise<{ text: string }>} sent
 * @param {object} expected
 */
async function gives(sent, expected) {
  const { text, ...reply } = await sent;
  const given = Object.fromEntries(
    Object.entries(reply).filter(([, value]) => value !== undefined),
  );
  assert.deepEqual(given, expected, text);
}

/** @type {Record<string, (service: Service, id: string) => Promise<void>>} */
const CHECKS = {
  "deletes a token": async (service, id) => {
    await gives(send(JSON.stringify({ id })), { status: 200, attempts: 1 });
    assert.ok(!service.tokensOf("ana").some((token) => token.id === id));
  },
  "says if it isn't known whether the token is deleted": async (service, id) => {
    service.faults.push(serverError({ times: 3 }));
    const name = "InternalServerException";
    const expected = { status: 502, name, attempts: 3, outcomeUnknown: true };
    await gives(send(JSON.stringify({ id })), expected);
  },
  "says if the bearer token has expired": async (service, id) => {
    service.faults.push(expiredBearer());
    const name = "AccessDeniedException";
    await gives(send(JSON.stringify({ id })), { ...refusal(502, name), attempts: 1 });
  },
  "says if there is no such token": async () => {
    await gives(send('{"id":"none"}'), {
      ...refusal(404, "ResourceNotFoundException"),
      attempts: 1,
    });
  },
  "sends nothing for a call that it can't read": async (service) => {
    for (const body of ["", "x", "{}", "null", '{"id":7}', '{"id":".."}'])
      await gives(send(body), refusal(400, "InvalidArgumentError"));
    assert.deepEqual(service.requests, []);
  },
  "sends nothing without the key": async (service, id) => {
    for (const key of ["", "Bearer ", "Bearer test-kez", "Bearer undefined", `${KEY}s`])
      await gives(send(JSON.stringify({ id }), key), { status: 401 });
    await gives(send(JSON.stringify({ id }), KEY, "/other"), { status: 404 });
    assert.equal((await fetch(`${URL}/delete`, { headers: { authorization: KEY } })).status, 404);
    assert.deepEqual(service.requests, []);
  },
};

/** @param {number} status @param {string} name */
const refusal = (status, name) => ({ status, name, attempts: 0, outcomeUnknown: false });

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
  await gives(send('{"id":"1"}', "Bearer undefined"), { status: 401 });
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

// What goes on by itself from the moment it is handed over: nothing of it is lost, although the
// module has yet to be loaded.

import assert from "node:assert/strict";
import { EventEmitter, on } from "node:events";
import { createInterface } from "node:readline";
import { PassThrough, Readable } from "node:stream";
import { before, beforeEach, test } from "node:test";
import { all, fresh, project, rejection } from "./installed.mjs";

const IDS = ["a", "b", "c"];

let folder;
let pat; // not loaded yet
let sent;

before(async () => {
  folder = await project("live-sources");
});

beforeEach(async () => {
  pat = await fresh(folder);
  sent = [];
});

const fetch = async (url) => {
  sent.push(url.slice(url.lastIndexOf("/") + 1));
  return new Response("{}");
};

/** An emitter that emits its ids in the next turn, whether anybody listens or not. */
function liveEmitter() {
  const emitter = new EventEmitter();
  setImmediate(() => {
    for (const id of IDS) emitter.emit("id", id);
    emitter.emit("end");
  });
  return emitter;
}

/** An iterable that begins to listen when it is opened. */
const listening = (emitter) => ({
  [Symbol.asyncIterator]() {
    const queue = [];
    const wake = new EventEmitter();
    emitter.on("id", (value) => queue.push({ done: false, value }) && wake.emit("more"));
    emitter.on("end", () => queue.push({ done: true, value: undefined }) && wake.emit("more"));
    return {
      async next() {
        while (queue.length === 0) await new Promise((resolve) => wake.once("more", resolve));
        return queue.shift();
      },
    };
  },
});

async function* firstArguments(events) {
  for await (const [id] of events) yield id;
}

const SOURCES = {
  "lines of a stream, by readline": () =>
    createInterface({ input: Readable.from([`${IDS.join("\n")}\n`]) }),
  "a stream that is written to": () => {
    const stream = new PassThrough({ objectMode: true });
    for (const id of IDS) setImmediate(() => stream.write(id));
    setImmediate(() => setImmediate(() => stream.end()));
    return stream;
  },
  "a web stream": () =>
    new ReadableStream({
      start(controller) {
        for (const id of IDS) controller.enqueue(id);
        controller.close();
      },
    }),
  "events.on": () =>
    firstArguments(on(liveEmitter(), "id", /** @type {any} */ ({ close: ["end"] }))),
  "an iterable that listens once it is opened": () => listening(liveEmitter()),
};

for (const [what, open] of Object.entries(SOURCES)) {
  test(`${what} loses no id in the first call of a process`, async () => {
    const results = await all(pat.deleteAccessTokens("token", open(), { fetch }));
    assert.deepEqual(results.map(({ id }) => id).sort(), IDS);
    assert.deepEqual(sent.sort(), IDS);
  });
}

test("so it is if the loop begins much later", async () => {
  const results = pat.deleteAccessTokens("token", listening(liveEmitter()), { fetch });
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  assert.equal((await all(results)).length, 3);
});

test("a signal that fires before the loop begins ends it before anything is sent", async () => {
  const controller = new AbortController();
  const options = { fetch, signal: controller.signal };
  const loops = [
    pat.deleteAccessTokens("token", IDS, options),
    pat.listAccessTokens("token", options),
  ];
  controller.abort("enough");
  for (const loop of loops) {
    const { name, cause } = await rejection(loop.next());
    assert.deepEqual([name, cause], ["AbortError", "enough"]);
  }
  assert.deepEqual(sent, []);
});

test("options that are changed before the loop begins have no effect on it", async () => {
  const options = { fetch, endpoint: "https://service.example", maxAttempts: 1 };
  const results = pat.deleteAccessTokens("token", IDS, options);
  const list = pat.listAccessTokens("token", options);
  Object.assign(options, { fetch: 7, endpoint: "ftp://elsewhere.example", maxAttempts: -1 });
  assert.equal((await all(results)).length, 3);
  assert.equal((await rejection(list.next())).name, "UnexpectedResponseError");
});

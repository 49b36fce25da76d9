// Replies that break off after each of their bytes, over real sockets: nothing is called deleted, or a page, that isn't.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { fresh, project } from "./installed.mjs";

const HTML = "<!DOCTYPE html><title>Sign in</title>";
const PAGE = '{"items":[{"id":"4f0b","name":"laptop"}]}';
const ERROR_TYPE = ["x-amzn-errortype: ResourceNotFoundException"];

/** How a call may end: the name of its error, or what it gives. */
const NO_REPLY = "NetworkError, unknown";

/**
 * `whole` is how the call ends if all of the reply comes; `cut`, how it may end if only a part of the body does.
 * @typedef {object} CutReply
 * @property {number} status
 * @property {string[]} [headers]
 * @property {string} body
 * @property {boolean} [list]
 * @property {string} whole
 * @property {string[]} cut
 */

/** @type {Record<string, CutReply>} */
const REPLIES = {
  "a deletion": { status: 200, body: "{}", whole: "deleted", cut: ["deleted", NO_REPLY] },
  "a longer deletion": {
    status: 200,
    body: '{ "id": "4f0b" }',
    whole: "deleted",
    cut: ["deleted", NO_REPLY],
  },
  "a sign-in page": {
    status: 200,
    body: HTML,
    whole: "UnexpectedResponseError, unknown",
    cut: ["UnexpectedResponseError, unknown", NO_REPLY],
  },
  "no such token": {
    status: 404,
    headers: ERROR_TYPE,
    body: '{"message":"no such token"}',
    whole: "ResourceNotFoundException",
    cut: ["ResourceNotFoundException", "NetworkError"],
  },
  "a proxy's 404": {
    status: 404,
    body: HTML,
    whole: "UnexpectedResponseError",
    cut: ["UnexpectedResponseError", "NetworkError"],
  },
  "a fault of the service": {
    status: 500,
    body: '{"message":"try again"}',
    whole: "InternalServerException, unknown",
    cut: ["InternalServerException, unknown", NO_REPLY],
  },
  "a page of a list": {
    status: 200,
    body: PAGE,
    list: true,
    whole: "1 token",
    cut: ["NetworkError"],
  },
  "a sign-in page in place of a list": {
    status: 200,
    body: HTML,
    list: true,
    whole: "UnexpectedResponseError",
    cut: ["UnexpectedResponseError", "NetworkError"],
  },
};

/** @type {Record<string, (body: string) => { header: string, sent: string }>} */
const FRAMINGS = {
  "with a length": (body) => ({ header: `content-length: ${body.length}`, sent: body }),
  "in one chunk": (body) => chunked([body]),
  "in many chunks": (body) => chunked(body.match(/.{1,5}/gs) ?? []),
};

/** @param {string[]} chunks */
function chunked(chunks) {
  const sent = [...chunks, ""].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  return { header: "transfer-encoding: chunked", sent: sent.join("") };
}

let pat;
let server;
/** What is sent to whoever asks for which path, before the connection breaks off. */
const planned = new Map();

before(async () => {
  pat = await fresh(await project("cut-replies"));
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
});

after(() => server.close());

function answer(socket) {
  let request = "";
  socket.setEncoding("latin1").on("data", (text) => {
    request += text;
    const [head, body] = request.split("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (body === undefined || body.length < length) return;
    const [, prefix] = /^\S+ \/(\d+)\//.exec(head) ?? assert.fail(head);
    socket.write(planned.get(prefix), () => socket.destroy());
  });
  socket.on("error", () => {});
}

let calls = 0;

/**
 * How a call ends if so much of a reply comes.
 * @param {CutReply} reply
 * @param {string} part
 */
async function outcome({ list }, part) {
  calls += 1;
  const prefix = String(calls);
  planned.set(prefix, part);
  const endpoint = `http://127.0.0.1:${server.address().port}/${prefix}`;
  const options = { endpoint, maxAttempts: 1 };
  try {
    if (!list) await pat.deleteAccessToken("token", "4f0b", options);
    else
      for await (const { id } of pat.listAccessTokens("token", options)) assert.equal(id, "4f0b");
    return list ? "1 token" : "deleted";
  } catch (error) {
    assert.ok(error instanceof pat.CodeCatalystError, String(error));
    assert.equal(error.attempts, 1);
    return error.outcomeUnknown ? `${error.name}, unknown` : error.name;
  }
}

for (const [what, reply] of Object.entries(REPLIES)) {
  for (const [how, framing] of Object.entries(FRAMINGS)) {
    test(`${what}, sent ${how}, may break off after each byte`, async () => {
      const { header, sent } = framing(reply.body);
      const lines = [`HTTP/1.1 ${reply.status} x`, header, ...(reply.headers ?? [])];
      const head = `${lines.join("\r\n")}\r\n\r\n`;
      const whole = head + sent;
      // The first chunk of a body begins after a line with its length.
      const bodyStart = whole.indexOf(reply.body[0], head.length);
      const allowedAfter = (/** @type {number} */ length) => {
        if (length < head.length) return reply.list ? ["NetworkError"] : [NO_REPLY];
        if (length === whole.length) return [reply.whole];
        // Nothing came of the body: it may have been anybody's.
        return length <= bodyStart && reply.status === 200 && !reply.list ? [NO_REPLY] : reply.cut;
      };
      for (let length = 0; length <= whole.length; length += 1) {
        const allowed = allowedAfter(length);
        const ended = await outcome(reply, whole.slice(0, length));
        assert.ok(allowed.includes(ended), `after ${length} bytes of ${whole.length}: ${ended}`);
      }
    });
  }
}

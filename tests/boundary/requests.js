// What is sent.

import { deepEqual, equal, includes, ok } from "./support/assert.js";
import { hangsUntilAborted, reply, response } from "./support/responders.js";
import { mentions } from "./support/secrets.js";
import { createSuite } from "./support/suite.js";

/** @import { SentRequest } from "./support/responders.js" */

export const suite = createSuite();
const { test, testEach } = suite;

test("a delete request has exactly these parts", async ({
  token,
  origin,
  mockFetch,
  requests,
  expectSuccess,
}) => {
  mockFetch(reply(200));
  await expectSuccess();
  const [{ url, init, more, self, signal }] = requests;
  equal(url, `${origin}/v1/accessTokens/id`);
  equal(init.method, "DELETE");
  deepEqual(init.headers, { accept: "application/json", authorization: `Bearer ${token}` });
  const { redirect, credentials, cache, referrerPolicy, keepalive } = init;
  deepEqual(
    [redirect, credentials, cache, referrerPolicy, keepalive],
    ["manual", "omit", "no-store", "no-referrer", false],
  );
  ok(signal instanceof AbortSignal, "the signal is an AbortSignal of the host");
  const members = [
    "cache",
    "credentials",
    "headers",
    "keepalive",
    "method",
    "redirect",
    "referrerPolicy",
    "signal",
  ];
  deepEqual(Reflect.ownKeys(init).sort(), members);
  equal(more.length, 0, "further arguments");
  ok(self === undefined || self === globalThis, "every host accepts this");
});

test("the host accepts the request", async ({ listeners, mockFetch, expectSuccess }) => {
  mockFetch(({ url, init }) => {
    const request = new Request(url, init);
    // A listener of the host's own on the signal is no leak of ours.
    listeners.active.delete(init.signal);
    equal(request.method, "DELETE");
    deepEqual([...request.headers].map(([name]) => name).sort(), ["accept", "authorization"]);
    deepEqual(
      [request.redirect, request.credentials, request.cache],
      ["manual", "omit", "no-store"],
    );
    equal(request.referrerPolicy, "no-referrer");
    equal(request.body ?? null, null);
    return response(200);
  });
  await expectSuccess({ maxAttempts: 1 });
});

testEach(
  "the id is one path segment whatever it contains",
  [
    ["4f0b9c1e-5a57-4c0e-9a8f-0c1d2e3f4a5b", "4f0b9c1e-5a57-4c0e-9a8f-0c1d2e3f4a5b"],
    ["-._~", "-._~"],
    ["a/b", "a%2Fb"],
    ["../..", "..%2F.."],
    ["...", "..."],
    ["%2e%2e", "%252e%252e"],
    ["a%b", "a%25b"],
    ["a?b#c", "a%3Fb%23c"],
    ["a\\b", "a%5Cb"],
    [" ", "%20"],
    ["a\tb\r\nc", "a%09b%0D%0Ac"],
    ["\0", "%00"],
    [";,:@&=+$!*()", "%3B%2C%3A%40%26%3D%2B%24%21%2A%28%29"],
    ["é", "%C3%A9"],
    ["e\u0301", "e%CC%81"],
    ["\u202e", "%E2%80%AE"],
    ["\ufeffa", "%EF%BB%BFa"],
    ["\ufffd", "%EF%BF%BD"],
    ["😀".repeat(36), "%F0%9F%98%80".repeat(36)],
  ],
  async ({ token, origin, mockFetch, requests, expectSuccess }, [id, segment]) => {
    mockFetch(reply(200));
    await expectSuccess({}, token, id);
    equal(requests[0].url, `${origin}/v1/accessTokens/${segment}`);
    equal(new URL(requests[0].url).pathname, `/v1/accessTokens/${segment}`);
    equal(decodeURIComponent(segment), id);
  },
);

testEach(
  "an endpoint keeps its path",
  [
    ["https://example.com", "https://example.com/v1/accessTokens/id"],
    ["https://example.com/", "https://example.com/v1/accessTokens/id"],
    ["HTTPS://EXAMPLE.com:443/a/b//", "https://example.com/a/b/v1/accessTokens/id"],
    ["http://localhost:8080", "http://localhost:8080/v1/accessTokens/id"],
    ["http://127.0.0.1:1/x", "http://127.0.0.1:1/x/v1/accessTokens/id"],
    ["http://[::1]:1", "http://[::1]:1/v1/accessTokens/id"],
  ],
  async ({ mockFetch, requests, expectSuccess }, [endpoint, url]) => {
    mockFetch(reply(200));
    await expectSuccess({ endpoint });
    equal(requests[0].url, url);
    equal(new URL(requests[0].url).href, url);
  },
);

testEach(
  "an endpoint is parsed as the host parses it",
  [
    "https://example.com\\@other.example",
    "https://exa\tmple.com",
    " https://example.com ",
    "https:example.com",
    "https://example.com/a/../b",
    "https://example.com/%2e%2e/b",
    "https://example。com",
    "https://bücher.example",
    "https://0x7f.1",
    "http://2130706433:1",
  ],
  async ({ mockFetch, requests, expectSuccess }, endpoint) => {
    mockFetch(reply(200));
    await expectSuccess({ endpoint });
    const { origin, pathname } = new URL(endpoint);
    equal(requests[0].url, `${origin}${pathname === "/" ? "" : pathname}/v1/accessTokens/id`);
    equal(new URL(requests[0].url).href, requests[0].url);
  },
);

testEach(
  "an endpoint that could leak the token is refused",
  [
    "",
    "example.com",
    "/v1",
    "ftp://example.com",
    "http://example.com",
    "http://localhost.example.com",
    "https://user@example.com",
    "https://user:word@example.com",
    "https://example.com?a",
    "https://example.com#a",
    "https://example.com\t@evil.example",
    "https://\ud83d@evil.example",
    "https:///",
    "javascript:alert(1)",
  ],
  async ({ token, expectRefusal }, endpoint) => {
    const { message } = await expectRefusal(token, "id", { endpoint });
    includes(message, "options.endpoint must");
  },
);

const privacyMembers = ["keepalive", "credentials", "cache", "referrerPolicy"];

testEach(
  "only the request member that the host refuses is omitted",
  privacyMembers,
  async ({ mockFetch, requests, stub, expectSuccess }, refused) => {
    const HostRequest = Request;
    class PickyRequest extends HostRequest {
      constructor(/** @type {string} */ url, /** @type {RequestInit} */ init) {
        if (refused in init) throw new Error(`this host has no ${refused}`);
        super(url, init);
      }
    }
    stub(globalThis, "Request", PickyRequest);
    mockFetch(reply(200));
    await expectSuccess();
    const { init } = requests[0];
    deepEqual(
      privacyMembers.filter((member) => !(member in init)),
      [refused],
    );
    deepEqual([init.redirect, init.method], ["manual", "DELETE"]);
  },
);

testEach(
  "without a request class every member is sent",
  [undefined, null, 5, {}],
  async ({ mockFetch, requests, stub, expectSuccess }, value) => {
    stub(globalThis, "Request", value);
    mockFetch(reply(200));
    await expectSuccess();
    const { credentials, cache, referrerPolicy } = requests[0].init;
    deepEqual([credentials, cache, referrerPolicy], ["omit", "no-store", "no-referrer"]);
  },
);

test("feature detection never sees the token", async ({
  token,
  mockFetch,
  stub,
  expectSuccess,
}) => {
  /** @type {any[]} */
  const constructions = [];
  const HostRequest = Request;
  class RecordingRequest extends HostRequest {
    /** @param {[any, any?]} args */
    constructor(...args) {
      super(...args);
      constructions.push(args);
    }
  }
  stub(globalThis, "Request", RecordingRequest);
  mockFetch(reply(200));
  await expectSuccess();
  ok(!mentions(constructions, token), "only fetch is given the token");
});

test("each attempt is a new request", async ({ mockFetch, requests, expectSuccess }) => {
  mockFetch(reply(503), reply(503), reply(200));
  await expectSuccess();
  equal(new Set(requests.map(({ signal }) => signal)).size, 3, "signals");
  equal(new Set(requests.map(({ init }) => init.headers)).size, 3, "headers");
  equal(new Set(requests.map(({ url }) => url)).size, 1, "urls");
});

test("each attempt has a new abort controller", async ({
  mockFetch,
  requests,
  stub,
  expectFailure,
}) => {
  /** @type {AbortController[]} */
  const controllers = [];
  const HostAbortController = AbortController;
  class RecordingAbortController extends HostAbortController {
    constructor() {
      super();
      controllers.push(this);
    }
  }
  stub(globalThis, "AbortController", RecordingAbortController);
  const caller = new HostAbortController();
  /** @type {boolean[]} */
  const abortedAtStart = [];
  const recordState = (/** @type {SentRequest} */ request) => {
    abortedAtStart.push(request.signal.aborted);
    if (requests.length === 2) caller.abort();
    return hangsUntilAborted(request);
  };
  mockFetch(recordState);
  const failure = await expectFailure({ signal: caller.signal, timeoutMs: 20 });
  deepEqual([failure.name, failure.attempts], ["AbortError", 2]);
  deepEqual(abortedAtStart, [false, false]);
  deepEqual(
    requests.map(({ signal }) =>
      controllers.findIndex((controller) => controller.signal === signal),
    ),
    [0, 1],
  );
});

test("changes to a request do not affect the next attempt", async ({
  token,
  mockFetch,
  requests,
  expectSuccess,
}) => {
  mockFetch(({ init }) => {
    init.headers.authorization = "none";
    Object.assign(init, { method: "POST", redirect: "follow" });
    return response(503);
  }, reply(200));
  await expectSuccess();
  const { method, redirect, headers } = requests[1].init;
  deepEqual([method, redirect, headers.authorization], ["DELETE", "manual", `Bearer ${token}`]);
});

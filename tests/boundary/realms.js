// Objects of another frame, which are no `instanceof` ours. Hosts without a document have no frames;
// there, tests/package/realms.test.mjs does the same with the contexts of Node.

import { deepEqual, equal, hasCause } from "./support/assert.js";
import { defer } from "./support/host.js";
import { after, hangsUntilAborted, reply } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test } = suite;

/** @param {(frame: any) => Promise<void>} use */
async function withFrame(use) {
  if (typeof document === "undefined") return;
  const element = document.createElement("iframe");
  document.body.append(element);
  try {
    await use(element.contentWindow);
  } finally {
    element.remove();
  }
}

test("a url and a token function can be of another frame", ({
  token,
  origin,
  mockFetch,
  requests,
  call,
}) =>
  withFrame(async (frame) => {
    mockFetch(reply(200));
    const credential = new frame.Function("token", "return () => Promise.resolve(token)")(token);
    const endpoint = new frame.URL(`${origin}/prefix`);
    const { outcome } = await call(credential, "id", { endpoint });
    equal(outcome.attempts, 1);
    equal(requests[0].url, `${origin}/prefix/v1/accessTokens/id`);
  }));

test("a signal of another frame ends the call", ({ mockFetch, expectFailure }) =>
  withFrame(async (frame) => {
    const controller = new frame.AbortController();
    mockFetch(after(() => defer(() => controller.abort("enough")), hangsUntilAborted));
    const failure = await expectFailure({ signal: controller.signal });
    equal(failure.name, "AbortError");
    hasCause(failure, "enough");
  }));

test("a response of another frame is read", ({ token, origin, call }) =>
  withFrame(async (frame) => {
    const fetch = () =>
      frame.Promise.resolve(new frame.Response('{"message":"Not now."}', { status: 403 }));
    const { failure } = await call(token, "id", { endpoint: origin, fetch });
    deepEqual([failure.name, failure.message], ["AccessDeniedException", "Not now."]);
  }));

import { proxyPage, startService } from "codecatalyst-pat/testing";
import { bypass, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { deleteExpired } from "../delete-expired.js";
import { user } from "../user.js";

const ORIGIN = "https://codecatalyst.global.api.aws";
let service;

const network = setupServer(
  // What is sent to the real service gets to the stand-in. A lost reply is a network error here too.
  http.all(`${ORIGIN}/*`, ({ request }) => {
    const url = request.url.replace(ORIGIN, service.url);
    return fetch(bypass(new Request(url, request))).catch(() => HttpResponse.error());
  }),
);

beforeAll(async () => {
  service = await startService({ users: [user] });
  network.listen({ onUnhandledRequest: "error" });
});
beforeEach(() => service.reset());
afterEach(() => network.resetHandlers());
afterAll(async () => {
  network.close();
  await service.close();
});

test("deletes the expired tokens and no others", async () => {
  expect((await deleteExpired(user.bearer)).failed).toEqual([]);
  expect(service.tokensOf("ana").map(({ id }) => id)).toEqual(["laptop"]);
});

test("doesn't take a sign-in page for the service", async () => {
  service.faults.push(proxyPage({ id: "old-job" }));
  const { failed } = await deleteExpired(user.bearer);
  expect(failed).toEqual(["old-job: UnexpectedResponseError"]);
});

test("reports a token that the service refuses to delete", async () => {
  // A handler of your own. The package takes a reply for the service's only if it looks like one:
  // an error needs the header or a `message` in its body.
  const refuse = () =>
    HttpResponse.json(
      { message: "The token is in use." },
      { status: 409, headers: { "x-amzn-errortype": "ConflictException" } },
    );
  network.use(http.delete(`${ORIGIN}/v1/accessTokens/old-job`, refuse));
  const { failed } = await deleteExpired(user.bearer);
  expect(failed).toEqual(["old-job: ConflictException"]);
});

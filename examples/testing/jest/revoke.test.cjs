const { expiredBearer, lostRequest, slowReply, startService } = require("codecatalyst-pat/testing");
const { revoke } = require("./revoke.cjs");

let service;

beforeAll(async () => {
  const tokens = [{ id: "laptop", name: "Laptop" }];
  service = await startService({ users: [{ name: "ana", bearer: "test-bearer", tokens }] });
});
beforeEach(() => service.reset());
afterEach(() => expect(service.faults).toHaveLength(0));
afterAll(() => service.close());

const run = (options) => revoke("test-bearer", "laptop", { endpoint: service.url, ...options });

test("deletes a token", async () => {
  expect(await run()).toBe("deleted");
  expect(service.tokensOf("ana")).toEqual([]);
});

test("asks for a new sign-in when the bearer token has expired", async () => {
  service.faults.push(expiredBearer());
  expect(await run()).toBe("signed-out");
});

test("sends a lost request again", async () => {
  service.faults.push(lostRequest({ times: 2 }));
  expect(await run()).toBe("deleted");
  expect(service.requests.map(({ status }) => status)).toEqual([undefined, undefined, 200]);
});

test("doesn't know what became of a request that took too long", async () => {
  service.faults.push(slowReply(10_000));
  expect(await run({ timeoutMs: 100, maxAttempts: 1 })).toBe("unknown");
});

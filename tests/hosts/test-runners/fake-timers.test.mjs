// While all timers are replaced, calls go on and waits follow the fake clock. Once the real ones are
// back, all is as before.

import { writeFileSync } from "node:fs";
import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

const { HOST, ENDPOINT, BEARER } = process.env;

test("all checks, after a call under fake timers", async () => {
  vi.useFakeTimers({
    toFake: ["Date", "performance", "queueMicrotask", "setImmediate", "setTimeout"],
  });
  const options = { endpoint: `${ENDPOINT}/silent`, timeoutMs: 60_000, maxAttempts: 1 };
  let error;
  pkg.deleteAccessToken(BEARER, "token-39", options).catch((thrown) => {
    error = thrown;
  });
  while (!error) await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(error).toMatchObject({ name: "TimeoutError", attempts: 1 });
  writeFileSync("line.txt", await report(pkg, HOST, [ENDPOINT, BEARER]));
});

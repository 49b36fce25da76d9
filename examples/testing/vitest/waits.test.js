import { deleteAccessToken } from "codecatalyst-pat";
import { startService, throttled } from "codecatalyst-pat/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { user } from "../user.js";

// Only what the package waits with: the connection to the stand-in needs the rest.
beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

test("waits as long as the service asks, without waiting in the test", async () => {
  const service = await startService({ users: [user] });
  service.faults.push(throttled({ retryAfterSeconds: 15 }));
  const delays = [];
  await deleteAccessToken(user.bearer, "laptop", {
    endpoint: service.url,
    onRetry({ delayMs }) {
      delays.push(delayMs);
      // The wait begins right after this call.
      setImmediate(() => vi.advanceTimersByTime(delayMs));
    },
  });
  expect(delays).toEqual([15_000]);
  await service.close();
});

// With all timers replaced, calls go on and waits follow the fake clock. Afterwards all is as before.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pkg from "codecatalyst-pat";
import sinon from "sinon";
import { report } from "./report.mjs";

const { version } = createRequire(import.meta.url)("sinon/package.json");
const [endpoint, bearer] = process.argv.slice(-2);

const clock = sinon.useFakeTimers();
const options = { endpoint: `${endpoint}/silent`, timeoutMs: 60_000, maxAttempts: 1 };
let error;
pkg.deleteAccessToken(bearer, "token-39", options).catch((thrown) => {
  error = thrown;
});
while (!error) await clock.tickAsync(10_000);
clock.restore();
assert.deepEqual([error.name, error.attempts], ["TimeoutError", 1]);
console.log(await report(pkg, `sinon ${version}`, process.argv));
process.exit();

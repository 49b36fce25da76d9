// With all timers replaced, calls go on, waits follow the fake clock, and afterwards all is as before.

import { createRequire } from "node:module";
import * as pkg from "codecatalyst-pat";
import sinon from "sinon";
import { CHECK_COUNT, runChecks } from "./checks.mjs";

const { version } = createRequire(import.meta.url)("sinon/package.json");
const [endpoint, bearer] = process.argv.slice(-2);
const realTimeout = setTimeout;

const clock = sinon.useFakeTimers();
const late = pkg.deleteAccessToken(bearer, "token-39", {
  endpoint: `${endpoint}/silent`,
  timeoutMs: 60_000,
  maxAttempts: 1,
});
const tick = () => clock.tickAsync(10_000).then(() => realTimeout(tick, 1));
tick();
const error = await late.catch((thrown) => thrown);
if (error.name !== "TimeoutError") throw error;
clock.restore();

await runChecks(pkg, endpoint, bearer);
console.log(`sinon ${version}: ${CHECK_COUNT + 1} checks`);
process.exit();

// With all timers replaced, calls go on, waits follow the fake clock, and afterwards all is as before.

import { createRequire } from "node:module";
import { deleteAccessToken } from "codecatalyst-pat";
import sinon from "sinon";

const { version } = createRequire(import.meta.url)("sinon/package.json");
const [endpoint, bearer] = process.argv.slice(-2);
const realTimeout = setTimeout;

const clock = sinon.useFakeTimers();
const late = deleteAccessToken(bearer, "token-39", {
  endpoint: `${endpoint}/silent`,
  timeoutMs: 60_000,
  maxAttempts: 1,
});
const tick = () => clock.tickAsync(10_000).then(() => realTimeout(tick, 1));
tick();
const error = await late.catch((thrown) => thrown);
if (error.name !== "TimeoutError") throw error;
clock.restore();

const { attempts } = await deleteAccessToken(bearer, "token-0", { endpoint });
if (attempts !== 1) throw new Error(`It took ${attempts} attempts`);
console.log(`sinon ${version}: 2 checks`);
process.exit();

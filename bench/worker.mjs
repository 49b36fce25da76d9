// One contender in a process of its own. It does the jobs that it is sent, one at a time.

import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { spread } from "./rounds.mjs";

const ID = "4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01";
const STUBBED = "https://codecatalyst.global.api.aws";

/** @type {string[]} */
const [file = "", origin = STUBBED] = process.argv.slice(2);

// Every contender gets the same stub: a real response, such as the service gives.
if (origin === STUBBED) {
  const headers = { "content-type": "application/json", "x-amzn-requestid": "6f1d1a2e-3b0c" };
  globalThis.fetch = async () => new Response("{}", { headers });
}

/** @type {{ connect: import("./types.ts").Connect, deleteAll?: import("./types.ts").DeleteAll }} */
const contender = await import(pathToFileURL(file).href);

/** @param {number} length */
const tokenOf = (length) => "x".repeat(length);

/**
 * Makes `count` calls, several at once. Gives the mean CPU time and wall time of a call, and the
 * median time of a call, which leaves out the moments when the machine did something else.
 * @param {{ count: number, tokenLength?: number, underWay?: number }} job
 */
async function calls({ count, tokenLength = 28, underWay = 1 }) {
  const remove = contender.connect(tokenOf(tokenLength), origin);
  /** @type {number[]} */
  const times = [];
  let left = count;
  const loop = async () => {
    while (left > 0) {
      left -= 1;
      const before = performance.now();
      await remove(ID);
      times.push(performance.now() - before);
    }
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(Array.from({ length: underWay }, loop));
  const wallUs = ((performance.now() - start) * 1000) / count;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuUs: (user + system) / count, wallUs, callUs: spread(times).median * 1000 };
}

/**
 * Deletes many: by the contender's own function, or by as many loops as may be under way.
 * @param {{ count: number, concurrency: number, prefix: string }} job
 */
async function bulk({ count, concurrency, prefix }) {
  const ids = Array.from({ length: count }, (_, index) => `${ID.slice(0, 30)}${index}`);
  const start = performance.now();
  const deleteAll = contender.deleteAll ?? deleteByLoops;
  const deleted = await deleteAll(tokenOf(28), `${origin}${prefix}`, ids, concurrency);
  return { ms: performance.now() - start, deleted };
}

/** @type {import("./types.ts").DeleteAll} */
async function deleteByLoops(token, endpoint, ids, concurrency) {
  const remove = contender.connect(token, endpoint);
  const source = ids.values();
  let deleted = 0;
  const loop = async () => {
    for (const id of source) {
      await remove(id).then(
        () => (deleted += 1),
        () => {},
      );
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return deleted;
}

/** @type {Set<WebAssembly.Memory>} */
const memories = new Set();

/** Notes each memory whose buffer is read: all glue does that, however a module is loaded. */
function watchMemories() {
  const { get } = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, "buffer") ?? {};
  Object.defineProperty(WebAssembly.Memory.prototype, "buffer", {
    get() {
      memories.add(this);
      return get?.call(this);
    },
  });
}

/** @param {{ count: number }} job */
async function memory({ count }) {
  if (memories.size === 0) watchMemories();
  const remove = contender.connect(tokenOf(28), origin);
  for (let call = 0; call < count; call += 1) await remove(ID);
  await pause(50);
  globalThis.gc?.();
  const bytes = [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return { wasmPages: bytes / 65_536, rssMb: process.memoryUsage.rss() / 1e6 };
}

/** @type {Record<string, (job: any) => Promise<unknown>>} */
const jobs = { calls, bulk, memory };

process.on("message", async (/** @type {import("./types.ts").Job} */ job) => {
  try {
    process.send?.({ result: await jobs[job.job]?.(job) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

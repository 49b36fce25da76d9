// The processes that a benchmark runs in.

import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileOf } from "./contenders.mjs";

/** The machine's own settings for Node must count for nobody. */
export function cleanEnvironment() {
  const { NODE_OPTIONS, NODE_EXTRA_CA_CERTS, ...env } = process.env;
  return { ...env, AWS_EC2_METADATA_DISABLED: "true" };
}

/**
 * Runs a program to its end, and gives how long that took in milliseconds.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string> }} [options]
 */
export async function timeProgram(program, args, { env = {} } = {}) {
  const start = performance.now();
  const child = spawn(program, args, {
    env: { ...cleanEnvironment(), ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [[code], complaint] = await Promise.all([once(child, "close"), text(child.stderr)]);
  const elapsedMs = performance.now() - start;
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}\n${complaint}`);
  return elapsedMs;
}

/**
 * @param {string} file
 * @param {string[]} args
 */
function start(file, args) {
  const child = fork(join(import.meta.dirname, file), args, {
    env: cleanEnvironment(),
    execArgv: ["--expose-gc", "--no-warnings"],
  });
  // Without this, whoever waits for its next message would wait for ever.
  child.once("exit", (code) => {
    if (code !== 0) throw new Error(`${file} ended with ${code}`);
  });
  return child;
}

/**
 * Starts the loopback service; gives its origin, and how to stop it.
 * @param {string} files the folder that it serves files of
 */
export async function startService(files) {
  const child = start("service.mjs", [files]);
  const [origin] = await once(child, "message");
  return { origin: String(origin), stop: () => child.disconnect() };
}

/**
 * A contender in a process of its own, as a function that has it do a job.
 * @param {import("./types.ts").Bench} bench
 * @param {import("./types.ts").Contender} contender
 * @param {string} [origin] of the service; without one, `fetch` is stubbed
 */
async function startWorker({ folder }, contender, origin) {
  const child = start("worker.mjs", [fileOf(folder, contender), ...(origin ? [origin] : [])]);
  await once(child, "message");
  /** @param {import("./types.ts").Job} job */
  const run = async (job) => {
    child.send(job);
    const [{ result, error }] = await once(child, "message");
    if (error) throw new Error(`${contender.title}: ${error}`);
    return result;
  };
  return { run, stop: () => child.disconnect() };
}

/** @typedef {(title: string, job: import("./types.ts").Job) => Promise<any>} RunJob */

/**
 * Runs something while each contender has a process.
 * @template T
 * @param {import("./types.ts").Bench} bench
 * @param {{ origin?: string, names?: string[] }} choice of a service and of contenders (all)
 * @param {(run: RunJob, titles: string[]) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withWorkers(bench, { origin, names }, use) {
  /** @type {Map<string, Awaited<ReturnType<typeof startWorker>>>} */
  const workers = new Map();
  try {
    for (const contender of bench.contenders)
      if (names?.includes(contender.name) ?? true)
        workers.set(contender.title, await startWorker(bench, contender, origin));
    return await use(
      (title, job) => {
        const worker = workers.get(title);
        if (!worker) throw new Error(`There is no process for ${title}`);
        return worker.run(job);
      },
      [...workers.keys()],
    );
  } finally {
    for (const { stop } of workers.values()) stop();
  }
}

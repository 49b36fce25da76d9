// Runs checks one after the other, and says how each ended.

import { SetupError } from "./setup.mjs";

/**
 * Each check gives the number of tests it ran, a text, or something else if there is nothing to say.
 * @typedef {Record<string, () => Promise<unknown>>} Checks
 */

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** @param {import("./tools.mjs").Output} output */
export const countRust = ({ stdout }) =>
  sum([...stdout.matchAll(/^test result: ok\. (\d+) passed/gm)].map(([, count]) => Number(count)));

/** @param {import("./tools.mjs").Output} output */
export const countNode = ({ stdout }) => Number(/^(?:#|ℹ) pass (\d+)$/m.exec(stdout)?.[1] ?? 0);

/**
 * Runs a check and says how it ended. Gives the number of tests (1 if the check is no suite), or
 * nothing if it failed.
 * @param {[name: string, act: () => Promise<unknown>]} check
 */
async function check([name, act]) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  try {
    const result = await act();
    if (result === 0) throw new Error("no test ran");
    const said = typeof result === "number" ? `${result} tests` : result;
    console.log(`ok      ${name} (${typeof said === "string" ? `${said}, ` : ""}${seconds()})`);
    return typeof result === "number" ? result : 1;
  } catch (error) {
    console.log(
      `FAILED  ${name} (${seconds()})\n${error instanceof Error ? error.message : error}\n`,
    );
    return undefined;
  }
}

/**
 * Runs all checks, and fails the process if one failed.
 * @param {Checks} checks
 * @param {() => Promise<unknown>} conclude
 */
async function checkAll(checks, conclude) {
  const counts = [];
  for (const entry of Object.entries(checks)) counts.push(await check(entry));
  const passed = counts.filter((count) => count !== undefined);
  const failed = counts.length - passed.length;
  await conclude();
  console.log(`\n${sum(passed)} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/**
 * Sets up, then runs all checks.
 * @param {() => Promise<void>} prepare
 * @param {Checks} checks
 * @param {() => Promise<unknown>} [conclude] says more before the sum
 */
export async function main(prepare, checks, conclude = async () => {}) {
  try {
    await prepare();
    await checkAll(checks, conclude);
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}

// One call of an export with hostile arguments, against a fetch that may answer with anything; and what must hold of its end.

import { inspect } from "node:util";
import { Cancellation } from "../../pkg-template/abort.js";
import { createRandom, hostileValue, NUMBERS, STRINGS } from "./hostile-values.mjs";

const TOKEN = "marked-token-7Q";
const OPTIONS = [
  ...["endpoint", "signal", "timeoutMs", "maxAttempts", "pageSize", "concurrency"],
  ...["fetch", "onRetry"],
];

/** After so long a call that may wait for ever is aborted. */
const ABORT_AFTER_MS = 15;

/** A call that hasn't settled by then never will: on a busy machine, a million ids take seconds. */
const SETTLES_WITHIN_MS = 60_000;

/** So many steps of an iterator are taken. */
const MAX_STEPS = 4;

/**
 * Makes the call of a seed. Gives what it breaks.
 * @param {number} seed
 * @param {Record<string, any>} exports the package's or the module's
 * @param {"package" | "module"} kind
 */
export async function makeCall(seed, exports, kind) {
  const random = createRandom(seed);
  const call = plan(random, kind);
  /** @type {string[]} */
  const broken = [];
  const expect = (isSo, rule) => isSo || broken.push(`${call.name}: ${rule}`);
  const restore = mockFetch(call);
  const timer = call.controller && setTimeout(() => call.controller?.abort(), ABORT_AFTER_MS);
  try {
    await settled(run(exports, call, expect, kind), expect);
  } finally {
    clearTimeout(timer);
    restore();
  }
  return broken;
}

// ------------------------------------------------------------------------------ the plan

const PACKAGE_CALLS = ["deleteAccessToken", "deleteAccessTokens", "listAccessTokens"];
const MODULE_CALLS = [
  ...["deleteAccessToken", "deleteOneOfMany", "listPage", "checkBulkOptions"],
  ...["argumentError", "abortError"],
];

/** What is passed to which function, and how fetch answers. */
function plan(random, kind) {
  // With a signal of ours, a call that waits for ever can be ended.
  const controller = random.chance(0.5) ? new AbortController() : undefined;
  const name = random.pick(kind === "package" ? PACKAGE_CALLS : MODULE_CALLS);
  const hostile = () => hostileValue(random, { mayHang: controller !== undefined });
  const or = (valid) => (random.chance(0.5) ? hostile() : valid);
  const makeOptions = kind === "package" ? packageOptions : moduleOptions;
  const { options, hasFetch } = makeOptions(random, hostile, controller);
  const token = or(random.chance(0.7) ? TOKEN : hostile);
  // A source whose `return` never settles keeps whoever leaves the loop waiting, as in any `for await`.
  const ids = random.chance(0.5) ? hostileValue(random) : [hostile(), "id", hostile()];
  const args = argumentsOf(name, { token, ids, hostile, or, options });
  const answer = () => or(new Response("{}"));
  // The caller's own fetch isn't counted.
  const isCounted = name.startsWith("delete") && !hasFetch;
  return { name, args, controller, isCounted, sent: 0, answer, random };
}

/** Anything, or an object in which some options are anything. */
function packageOptions(random, hostile, controller) {
  if (!controller && random.chance(0.3)) return { options: hostile(), hasFetch: true };
  const names = OPTIONS.filter(() => random.chance(0.2));
  const options = Object.fromEntries(names.map((name) => [name, hostile()]));
  // Retries take time, and are tried elsewhere.
  if (random.chance(0.9)) options.maxAttempts = 1;
  if (controller) options.signal = controller.signal;
  return { options, hasFetch: names.includes("fetch") };
}

/** What the package's JavaScript hands over: an object without a prototype, with data of the right types. */
function moduleOptions(random, hostile, controller) {
  const numbers = ["timeoutMs", "maxAttempts", "pageSize", "concurrency"];
  const options = numbers.map((name) => [name, random.pick(NUMBERS)]);
  options.push(["endpoint", random.pick(STRINGS)], ["fetch", hostile], ["onRetry", hostile]);
  const some = options.filter(() => random.chance(0.2));
  const copy = Object.assign(Object.create(null), Object.fromEntries(some));
  if (controller) {
    copy.signal = new Cancellation();
    copy.signal.follow(controller.signal);
  }
  return { options: copy, hasFetch: "fetch" in copy };
}

function argumentsOf(name, { token, ids, hostile, or, options }) {
  switch (name) {
    case "deleteAccessToken":
    case "deleteOneOfMany":
      return [token, or("id"), options];
    case "deleteAccessTokens":
      return [token, ids, options];
    case "listPage":
      return [token, or(undefined), options];
    case "argumentError":
      return [token, "ids", hostile()];
    case "abortError":
      return [token, hostile()];
    default:
      return [token, options];
  }
}

function mockFetch(call) {
  const original = globalThis.fetch;
  globalThis.fetch = () => {
    call.sent += 1;
    if (call.random.chance(0.2)) throw call.answer();
    return call.answer();
  };
  return () => (globalThis.fetch = original);
}

// ------------------------------------------------------------------------------- the run

async function settled(promise, expect) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve("late"), SETTLES_WITHIN_MS);
  });
  expect((await Promise.race([promise, late])) !== "late", "it settles");
  clearTimeout(timer);
}

async function run(exports, call, expect, kind) {
  /** @type {(...args: any[]) => void} */
  const check = kind === "package" ? checkError : checkProperties;
  let result;
  try {
    result = exports[call.name](...call.args);
  } catch (thrown) {
    // Of the module's functions, those that check arguments throw what they find.
    const mayThrow = kind === "module" && call.name.startsWith("check");
    expect(mayThrow, `it throws ${show(thrown)}`);
    return check(thrown, call, expect, exports);
  }
  if (call.name.endsWith("Tokens") && kind === "package")
    return iterate(result, call, expect, exports);
  if (call.name.endsWith("Error")) return check(result, call, expect, exports);
  try {
    await result;
  } catch (error) {
    check(error, call, expect, exports);
    expect(!call.isCounted || error?.attempts === call.sent, "it counts its attempts");
  }
}

/** Takes some steps, and leaves. */
async function iterate(iterator, call, expect, exports) {
  try {
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const { done, value } = await iterator.next();
      if (done) return;
      if (value.status === "failed") checkError(value.error, call, expect, exports);
    }
  } catch (error) {
    checkError(error, call, expect, exports);
  }
  const { done } = await iterator.return();
  expect(done === true, "it can be left");
}

// ------------------------------------------------------------------------------ the error

function checkError(error, call, expect, { CodeCatalystError, formatError, explainError }) {
  expect(error instanceof CodeCatalystError, `it ends with ${show(error)}`);
  if (!(error instanceof CodeCatalystError)) return;
  checkProperties(error, call, expect);
  const shown = [JSON.stringify(error), inspect(error), error.stack, formatError(error)].join();
  expect(!shown.includes(TOKEN), `the token is in ${shown.slice(0, 300)}`);
  expect(typeof explainError(error).title === "string", "it can be explained");
}

function checkProperties(error, { name, sent }, expect) {
  const isRight = (property, type) =>
    typeof error?.[property] === type && Object.hasOwn(error, property);
  expect(isRight("name", "string") && error.name !== "", `its name is ${show(error?.name)}`);
  expect(isRight("message", "string") && isLine(error.message), `says ${show(error?.message)}`);
  expect(Number.isInteger(error?.attempts) && error.attempts >= 0, "attempts is a count");
  expect(isRight("retryable", "boolean") && isRight("outcomeUnknown", "boolean"), "booleans");
  expect(error?.status === undefined || Number.isInteger(error.status), "status is a number");
  const isRefused = error?.name === "InvalidArgumentError" && error.attempts === 0;
  expect(!isRefused || error.outcomeUnknown === false, "a refused argument leaves nothing unknown");
  // A refused id says nothing of the ids beside it.
  const isBulk = name === "deleteAccessTokens";
  expect(!isRefused || isBulk || sent === 0, "nothing is sent for what is refused");
}

const isLine = (text) => text.length > 0 && text.length <= 1_200 && !/\p{Cc}/u.test(text);

function show(value) {
  try {
    const text = inspect(value, { depth: 1, maxStringLength: 200 });
    return text.split("\n").slice(0, 4).join(" ");
  } catch {
    return "something that can't be shown";
  }
}

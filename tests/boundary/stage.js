// The stage: it replaces parts of the host for the length of one play, and looks afterwards whether all is as it should be.
// Given to this function: request, memory.

const deleteAccessToken = (token, id, options) => request(0, token, id, options);

/** Longer than any call may take. */
const PATIENCE = 5_000;

const fail = (text) => {
  throw new Error(text);
};
const shown = (value) => attempt(() => (typeof value === "string" ? JSON.stringify(value) : String(value))) ?? typeof value;
const ok = (fact, what) => fact || fail(`this is not so: ${what}`);
const is = (actual, expected, what = "value") =>
  Object.is(actual, expected) || fail(`${what}: ${shown(actual)} instead of ${shown(expected)}`);
const sorted = (value) =>
  JSON.stringify(value, (_, part) =>
    isObject(part) && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );
const same = (actual, expected, what) => is(sorted(actual), sorted(expected), what);
const has = (text, part) => ok(text.includes(part), `${shown(part)} is in ${shown(text)}`);
/** What was thrown is the cause, itself and no copy. */
const keeps = (failure, thrown, what = "failure") => {
  ok(Object.hasOwn(failure, "cause"), `${what} has a cause`);
  is(failure.cause, thrown, "cause");
};

const unhandled = [];
if (typeof process === "object") {
  for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, (reason) => unhandled.push(reason));
} else {
  for (const event of ["unhandledrejection", "error"]) {
    hostListen.call(globalThis, event, (event) => unhandled.push(event.reason ?? event.error ?? event.message));
  }
}

/** Whether a text of ASCII is somewhere in the module's memory, in the encoding of Rust or in that of JavaScript. */
function inMemory(text) {
  const bytes = new Uint8Array(memory.buffer);
  const codes = utf8(text);
  const isAt = (place, step) => codes.every((code, index) => bytes[place + index * step] === code);
  for (let place = bytes.indexOf(codes[0]); place !== -1; place = bytes.indexOf(codes[0], place + 1)) {
    if (isAt(place, 1) || isAt(place, 2)) return true;
  }
  return false;
}

/** A token, made when it is needed, so that the program's own data can't hold it. It begins with a character that is rare there. */
const secret = () => ["", ...crypto.getRandomValues(new Uint32Array(5))].join("~");
/** What a token must not leave a trace of: a part of it is too much. */
const traces = (token) => token.match(/~\d+/g).filter((part) => inMemory(part));

function replacing() {
  const undo = [];
  const define = (object, key, descriptor) => {
    const before = Object.getOwnPropertyDescriptor(object, key);
    undo.push(() => (before ? Object.defineProperty(object, key, before) : delete object[key]));
    Object.defineProperty(object, key, { ...descriptor, configurable: true, enumerable: before?.enumerable ?? true });
  };
  const replace = (object, key, value) => define(object, key, { value, writable: true });
  const restore = () => undo.splice(0).reverse().forEach((step) => step());
  return { define, replace, restore };
}

function recordTimers(replace) {
  const asked = [];
  const open = new Set();
  replace(globalThis, "setTimeout", (act, ms) => {
    asked.push(ms);
    const timer = later(() => (open.delete(timer), act()), ms);
    open.add(timer);
    return timer;
  });
  replace(globalThis, "clearTimeout", (timer) => {
    open.delete(timer);
    hostClear.call(globalThis, timer);
  });
  return { asked, open };
}

function recordListeners(replace) {
  const found = { now: 0, most: 0 };
  replace(EventTarget.prototype, "addEventListener", function (type, ...rest) {
    if (type === "abort") found.most = Math.max(found.most, ++found.now);
    return hostListen.call(this, type, ...rest);
  });
  replace(EventTarget.prototype, "removeEventListener", function (type, ...rest) {
    if (type === "abort") found.now -= 1;
    return hostUnlisten.call(this, type, ...rest);
  });
  return found;
}

/** Puts a script in the place of `fetch`: one step for each request, the last one for all that follow. */
function scriptFetch(replace) {
  const sent = [];
  let steps = [() => fail("a request was sent that nobody expected")];
  replace(globalThis, "fetch", function (url, init, ...more) {
    const request = { url, init, more, self: this, signal: init.signal };
    sent.push(request);
    return steps[Math.min(sent.length, steps.length) - 1](request);
  });
  return { sent, fetches: (...given) => (steps = given) };
}

const required = { name: "string", message: "string", attempts: "number", retryable: "boolean", outcomeUnknown: "boolean" };
const optional = { status: "number", requestId: "string", retryAfterMs: "number" };

/** What is promised of every rejection. */
function checkFailure(failure) {
  ok(isObject(failure), `the rejection is an object, not ${shown(failure)}`);
  for (const [key, type] of Object.entries(required)) is(typeof failure[key], type, key);
  for (const [key, value] of Object.entries(failure)) {
    if (key === "cause") continue;
    is(typeof value, required[key] ?? optional[key] ?? "nothing", key);
    if (typeof value === "number") ok(Number.isInteger(value) && value >= 0, `${key} is a count: ${value}`);
  }
  const { message } = failure;
  ok(message.length > 0 && message.length <= 1_000, `the message has a fit length: ${message.length}`);
  ok(!/[\p{Cc}\u2028\u2029]/u.test(message + failure.name), `the message is one line: ${shown(message)}`);
}

function checkOutcome(outcome) {
  const { attempts, alreadyDeleted, requestId, ...more } = outcome;
  same(more, {}, "what else there is in the outcome");
  ok(Number.isInteger(attempts) && attempts >= 1, `attempts is a count: ${attempts}`);
  is(typeof alreadyDeleted, "boolean", "alreadyDeleted");
  ok(requestId === undefined || typeof requestId === "string", "requestId is a string");
}

/** Gives what a promise comes to, and fails if it comes to nothing. */
async function settled(promise) {
  let timer;
  const patience = new Promise((resolve) => (timer = later(() => resolve("late"), PATIENCE)));
  const end = promise.then(
    (outcome) => ({ outcome }),
    (failure) => ({ failure }),
  );
  const first = await Promise.race([end, patience]);
  hostClear.call(globalThis, timer);
  return first === "late" ? fail("the call did not settle") : first;
}

function callers({ sent, token, origin }) {
  /** Calls with exactly these arguments. */
  const call = async (credential, id, options) => {
    const end = await settled(deleteAccessToken(credential, id, options));
    if ("failure" in end) checkFailure(end.failure);
    else checkOutcome(end.outcome);
    ok(!quotes(end, token), "the token is kept out of what the caller gets");
    return end;
  };
  const counted = async (options, credential, id) => {
    const before = sent.length;
    const end = await call(credential, id, options);
    is((end.outcome ?? end.failure).attempts, sent.length - before, "attempts");
    return end;
  };
  const succeeds = async (options = {}, credential = token, id = "id") => {
    const { outcome, failure } = await counted({ endpoint: origin, ...options }, credential, id);
    return outcome ?? fail(`it failed: ${failure.name}: ${failure.message}`);
  };
  const fails = async (options = {}, credential = token, id = "id") => {
    const { failure } = await counted({ endpoint: origin, ...options }, credential, id);
    return failure ?? fail("it succeeded");
  };
  /** Calls with exactly these arguments, which must be refused before anything is sent. */
  const refuses = async (credential, id, options) => {
    const { failure } = await counted(options, credential, id);
    is(failure?.name, "InvalidArgumentError", "name");
    is(failure.outcomeUnknown || failure.retryable, false, "outcomeUnknown or retryable");
    return failure;
  };
  return { call, succeeds, fails, refuses };
}

let plays = 0;

function build() {
  const { define, replace, restore } = replacing();
  const token = secret();
  // An origin of its own, so that no play spends the retry budget of another.
  const origin = `https://play-${++plays}.example`;
  // No wait before a retry.
  replace(Math, "random", () => 0);
  const timers = recordTimers(replace);
  const listeners = recordListeners(replace);
  const { sent, fetches } = scriptFetch(replace);
  unhandled.length = 0;
  return { define, replace, restore, token, origin, timers, listeners, sent, fetches, ...callers({ sent, token, origin }) };
}

/** What must hold after every play, however its calls ended. */
async function look({ timers, listeners, sent, token }) {
  await pause();
  await pause();
  same(unhandled.map(shown), [], "rejections nobody handled");
  is(timers.open.size, 0, "timers still running");
  is(listeners.now, 0, "listeners still on a signal");
  ok(!sent.some(({ url }) => String(url).includes(token)), "the token is in no URL");
  is(traces(token).length, 0, "parts of the token in the module's memory");
}

const props = { later, pause, onAbort, quotes, hostile, revoked, thenable, OtherPromise, response, reply, throws, rejects, deaf, hangs };
Object.assign(props, { streams, parts, reads, utf8, ownSignal, attempt, ok, is, same, has, keeps, settled, inMemory, traces, secret, memory, request, deleteAccessToken });

/** Gives what a script returns that is run among the props and, in `row`, one row of a table. */
function run(stage, script, row) {
  const scope = { ...props, ...stage, row };
  const names = Object.keys(scope).join(", ");
  return new Function("scope", `"use strict"; const { ${names} } = scope; return (${script});`)(scope);
}

/** Gives what was not as it should be, in words; nothing if all was well. */
return async function play(script, row) {
  const stage = build();
  try {
    await run(stage, `(async () => {${script}\n})()`, run(stage, row || "undefined"));
    await look(stage);
  } catch (error) {
    return `${row && `with ${row}: `}${error?.message ?? shown(error)}`;
  } finally {
    stage.restore();
  }
};

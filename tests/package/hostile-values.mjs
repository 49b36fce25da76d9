// Values that nobody would pass on purpose, each made of random numbers. What can hang is made only on request: a promise that
// never settles, or a source that repeats itself, may keep a call waiting for as long as its caller likes.

import vm from "node:vm";

/** @typedef {ReturnType<typeof createRandom>} Random */

/**
 * Random numbers from a seed (mulberry32).
 * @param {number} seed
 */
export function createRandom(seed) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (/** @type {number} */ limit) => Math.floor(next() * limit);
  return {
    below,
    chance: (/** @type {number} */ share) => next() < share,
    pick: (/** @type {any} */ from) => from[below(from.length)],
  };
}

/** The error that traps and getters throw. */
export class Hostile extends Error {}

const throwing = () => {
  throw new Hostile("hands off");
};

const OTHER_REALM = vm.createContext({});
const fromOtherRealm = (code) => vm.runInContext(code, OTHER_REALM);

/** A rejected promise that nobody need handle. */
const rejected = (reason) => {
  const promise = Promise.reject(reason);
  promise.catch(() => {});
  return promise;
};

const withThen = (then) => ({ then });
const withGetter = (name, get) => Object.defineProperty({}, name, { get, enumerable: true });

const NAMES = [
  ..."constructor,toString,valueOf,toJSON,length,name,message,cause,code,stack,href,searchParams".split(
    ",",
  ),
  ..."aborted,reason,addEventListener,removeEventListener,status,headers,body,text,json,type,ok,get".split(
    ",",
  ),
  ..."endpoint,signal,timeoutMs,maxAttempts,pageSize,concurrency,next,return,done,value,__proto__".split(
    ",",
  ),
  Symbol.iterator,
  Symbol.asyncIterator,
  Symbol.toPrimitive,
  Symbol.toStringTag,
  Symbol.hasInstance,
];

export const STRINGS = [
  ...["", " ", ".", "..", "a/b", "%2e", "\0", "\r\n", "__proto__", "constructor", "token"],
  ...["\ud800", "a\udfff", "\ufeff", "\u202e", "é", "😀".repeat(36), "x".repeat(37)],
  ...["Bearer x", "https://a.example", "http://a.example", "https://u:p@a.example", "javascript:0"],
  ...["x".repeat(1 << 20), "\ud83d".repeat(1 << 16)],
];

export const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e-9,
  64,
  65,
  2 ** 31,
  2 ** 53,
  1e308,
  NaN,
  Infinity,
  -Infinity,
];

/** @type {((random: Random, value: () => any) => any)[]} */
const PLAIN = [
  () => undefined,
  () => null,
  (random) => random.chance(0.5),
  (random) => random.pick(NUMBERS),
  (random) => random.pick(STRINGS),
  (random) => 10n ** BigInt(random.below(40)),
  (random) => random.pick([Symbol("hostile"), Symbol.iterator, Symbol.for("registered")]),
  (random) => Object(random.pick([...NUMBERS, ...STRINGS, 1n, Symbol("boxed")])),
  (random) => new Array(random.pick([0, 1, 2 ** 20])),
  () => new Date(NaN),
  () => /./g,
  () => new URL("https://a.example/?q#f"),
  () => new URLSearchParams("a=b"),
  () => new Headers({ authorization: "Bearer x" }),
  () => new Response("{}", { status: 200 }),
  () => new ArrayBuffer(8),
  () => new Uint8Array(8),
  () => new WeakMap(),
  () => AbortSignal.abort(new Hostile("aborted")),
  () => new DOMException("gone", "AbortError"),
  () => globalThis,
  () => Promise,
  () => class {},
  () => /** @type {any} */ (class extends Array {}),
  () => function* () {},
  () => Object.create(null),
  () => fromOtherRealm("({ a: 1 })"),
  () => fromOtherRealm("['id', 'id']"),
  () => fromOtherRealm("new Error('elsewhere')"),
  () => fromOtherRealm("() => 'token'"),
  () => fromOtherRealm("new Proxy({}, {})"),
];

/** @type {typeof PLAIN} */
const NESTED = [
  (_, value) => [value(), value()],
  (_, value) => Object.freeze([value()]),
  (_, value) => new Set([value()]),
  (_, value) => new Map([[value(), value()]]),
  (_, value) => Object.assign(new Error("outer"), { cause: value(), code: value() }),
  (_, value) => new AggregateError([value(), value()], "many", { cause: value() }),
  (_, value) => () => value(),
  (_, value) => async () => value(),
  (_, value) => Promise.resolve(withGetter("a", value)),
  (_, value) => rejected(value()),
  (_, value) => withThen((resolve) => resolve(value())),
  (_, value) => withThen((_resolve, reject) => reject(value())),
  (_, value) =>
    withThen((resolve, reject) => {
      resolve(value());
      reject(value());
      throwing();
    }),
  (_, value) =>
    withGetter("then", () => {
      throw value();
    }),
  (_, value) => ({ toString: value, valueOf: value, [Symbol.toPrimitive]: value }),
  (_, value) => ({ [Symbol.iterator]: () => ({ next: value, return: value }) }),
  (_, value) => ({ [Symbol.asyncIterator]: async () => ({ next: value }) }),
  (_, value) => ({ [Symbol.iterator]: value, [Symbol.asyncIterator]: value }),
  (_, value) => iterating(value),
  (_, value) => ({
    aborted: false,
    reason: value(),
    addEventListener: value,
    removeEventListener: value,
  }),
  (_, value) => ({ aborted: value(), addEventListener: (_type, listener) => listener(value()) }),
  (random, value) => Object.fromEntries([1, 2, 3].map(() => [random.pick(NAMES), value()])),
  (random, value) =>
    Object.create(value() && {}, { [random.pick(NAMES)]: { get: value, enumerable: true } }),
  (random) => withGetter(random.pick(NAMES), throwing),
  (random) => counting(random.pick(NAMES)),
  (random, value) => Object.freeze({ [random.pick(NAMES)]: value() }),
  () => throwingProxy({}),
  () => throwingProxy([]),
  () => throwingProxy(() => {}),
  (random) => revokedProxy(random.pick([{}, [], () => {}])),
  (random, value) =>
    new Proxy(
      {},
      {
        get: (_target, name) => (name === "then" ? undefined : value()),
        has: () => random.chance(0.5),
      },
    ),
  () => cyclic(),
];

/** What can keep a call waiting for ever. @type {typeof PLAIN} */
const HANGING = [
  () => new Promise(() => {}),
  () => withThen(() => {}),
  (random) => withThen(hostileValue(random)),
  () => () => new Promise(() => {}),
  () => selfReturning(),
  () => new Array(2 ** 32 - 1),
  () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }),
  () => new Response(new ReadableStream({}), { status: 200 }),
];

const MAX_DEPTH = 3;

/**
 * @param {Random} random
 * @param {{ mayHang?: boolean }} [options]
 * @returns {any}
 */
export function hostileValue(random, { mayHang = false } = {}, depth = 0) {
  if (mayHang && random.chance(0.03)) return random.pick(HANGING)(random);
  const kinds = depth < MAX_DEPTH && random.chance(0.6) ? NESTED : PLAIN;
  const value = () => hostileValue(random, { mayHang }, depth + 1);
  try {
    return random.pick(kinds)(random, value);
  } catch {
    // Some can't be put together, such as a value that is no key.
    return undefined;
  }
}

/** An object that throws at every operation. */
function throwingProxy(target) {
  return new Proxy(target, new Proxy({}, { get: () => throwing }));
}

function revokedProxy(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Every property of it and every call gives itself. */
function selfReturning() {
  const proxy = new Proxy(() => {}, {
    get: (_target, name) => (name === Symbol.toPrimitive ? undefined : proxy),
    apply: () => proxy,
    construct: () => proxy,
  });
  return proxy;
}

/** A getter that gives something else each time. */
function counting(name) {
  let count = 0;
  return withGetter(name, () => (count++ % 2 === 0 ? count : String(count)));
}

function cyclic() {
  const object = { self: /** @type {any} */ (undefined), cause: /** @type {any} */ (undefined) };
  object.self = object;
  object.cause = object;
  return object;
}

function* iterating(value) {
  for (let count = 0; count < 3; count += 1) yield value();
}

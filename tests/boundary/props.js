// What plays are made of: values to throw, and replies of every kind. The first part of the body of one function, whose
// second part is stage.js.
"use strict";

// The host's own, before a play puts something else in their place.
const { setTimeout: hostTimer, clearTimeout: hostClear } = globalThis;
const hostListen = EventTarget.prototype.addEventListener;
const hostUnlisten = EventTarget.prototype.removeEventListener;

const later = (act, ms = 0) => hostTimer.call(globalThis, act, ms);
const pause = (ms = 0) => new Promise((resolve) => later(resolve, ms));
const onAbort = (signal, act) => hostListen.call(signal, "abort", act);

/** An object that throws whatever one does with it. */
const hostile = (thrown = new Error("hands off"), target = {}) => {
  const trap = () => {
    throw thrown;
  };
  return new Proxy(target, new Proxy({}, { get: () => trap }));
};

const revoked = (target = {}) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** A promise that is none: it has a `then`, and that is all. */
const thenable = (value) => ({ then: (resolve) => resolve(value) });

class OtherPromise extends Promise {}

const response = (status = 200, body = null, headers = {}) =>
  new Response(body, { status, headers });

// What a scripted `fetch` does with one request.
const reply =
  (...given) =>
  () =>
    response(...given);
const throws = (value) => () => {
  throw value;
};
const rejects = (value) => () => Promise.reject(value);
/** Never answers, not even to its signal. */
const deaf = () => new Promise(() => {});
/** Never answers, but ends when its signal says so, as a host's own does. */
const hangs = ({ signal }) =>
  new Promise((_, reject) => onAbort(signal, () => reject(signal.reason)));

/** A reply whose body comes as a host's own does: an abort of the request breaks it. */
const streams =
  (status, source = {}, headers = {}) =>
  (request) => {
    request.body = "open";
    const start = (controller) => {
      onAbort(request.signal, () => {
        request.body = "cancelled";
        controller.error(request.signal.reason);
      });
      source.start?.(controller);
    };
    const cancel = () => {
      request.body = "cancelled";
    };
    return response(status, new ReadableStream({ pull: source.pull, start, cancel }), headers);
  };

/** A body of the given parts. */
const parts = (...given) => ({
  start(controller) {
    for (const part of given) controller.enqueue(part);
    controller.close();
  },
});

/**
 * A body whose reader gives something again and again. It ends in the end: a loop of promises alone lets no timer fire, so
 * nothing could end it from outside.
 */
const reads = (give, end = () => {}) => {
  let left = 5_000;
  const read = () => (left-- > 0 ? give() : (end(), { done: true }));
  return { getReader: () => ({ read }) };
};

const utf8 = (text) => new TextEncoder().encode(text);

/** A signal that is none of the host's. */
const ownSignal = (members = {}) => {
  const signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
  return Object.defineProperties(signal, Object.getOwnPropertyDescriptors(members));
};

const isObject = (value) =>
  (typeof value === "object" && value !== null) || typeof value === "function";

const attempt = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

/** The first few values of anything that can be gone through. */
function* first(value) {
  let left = 1_000;
  for (const item of value) {
    if (left-- === 0) return;
    yield item;
  }
}

/** All that can be read of a value in one step. */
function contents(value) {
  const found = [String, JSON.stringify].map((write) => attempt(() => write(value)));
  found.push(...(attempt(() => [...first(value)]) ?? []));
  for (
    let at = value;
    isObject(at) && at !== Object.prototype;
    at = attempt(() => Object.getPrototypeOf(at))
  ) {
    for (const key of attempt(() => Reflect.ownKeys(at)) ?? []) {
      if (key !== "constructor")
        found.push(
          key,
          attempt(() => value[key]),
        );
    }
  }
  return found;
}

/** Whether a text can be found anywhere in a value. */
function quotes(value, text, seen = new Set()) {
  if (typeof value === "string" || typeof value === "symbol") return String(value).includes(text);
  if (!isObject(value) || seen.has(value) || seen.size > 2_000 || ArrayBuffer.isView(value))
    return false;
  seen.add(value);
  return contents(value).some((part) => quotes(part, text, seen));
}

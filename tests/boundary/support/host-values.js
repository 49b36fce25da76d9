// Values that a host or a caller may come up with.

/** An object that throws at every operation. */
export function throwingProxy(/** @type {any} */ thrown = new Error("hands off"), target = {}) {
  const trap = () => {
    throw thrown;
  };
  return new Proxy(target, new Proxy({}, { get: () => trap }));
}

export function revokedProxy(/** @type {object} */ target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/**
 * Has a `then`, but isn't a promise.
 * @param {(resolve: (value: any) => void, reject: (reason: any) => void) => void} then
 */
export const withThen = (then) => ({ then });

/** An object whose `then` can't be read. */
export const withUnreadableThen = (/** @type {unknown} */ thrown) => {
  const get = () => {
    throw thrown;
  };
  // biome-ignore lint/suspicious/noThenProperty: the property is what this is about
  return Object.defineProperty({}, "then", { get });
};

export const thenable = (/** @type {any} */ value) => withThen((resolve) => resolve(value));

/** @extends {Promise<any>} */
export class PromiseSubclass extends Promise {}

/**
 * A signal that isn't an AbortSignal of the host.
 * @param {object} [members]
 * @returns {any}
 */
export function customSignal(members = {}) {
  const signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
  return Object.defineProperties(signal, Object.getOwnPropertyDescriptors(members));
}

/**
 * Values that hide nothing.
 * @type {any[]}
 */
const plainValues = [
  "gone",
  "",
  undefined,
  null,
  7,
  NaN,
  true,
  10n,
  { gone: true },
  Object.create(null),
  Object.freeze(["gone"]),
  new Error("gone"),
  new DOMException("gone", "AbortError"),
  new DOMException("late", "TimeoutError"),
];

/**
 * Values that may hide the token.
 * @type {any[]}
 */
const opaqueValues = [
  Symbol("gone"),
  () => "gone",
  thenable("gone"),
  Promise.resolve("gone"),
  revokedProxy(),
  throwingProxy(),
  throwingProxy("hands off", () => {}),
];

/** Anything can be thrown. */
export const anything = [...plainValues, ...opaqueValues];

/** Whether callers see the value itself as a cause, not an error in its place. */
export const isShown = (/** @type {unknown} */ value) => !opaqueValues.includes(value);

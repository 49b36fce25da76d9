// The package's front door. What stands behind it is WebAssembly, which comes along as text: a file of its own would have to
// be found and fetched, and every host and every bundler has its own idea of how.

import { __wbg_set_wasm, deleteAccessToken as deleteByModule } from "glue";
import { imports, wasm } from "module";

const brand = Symbol.for("codecatalyst-pat.CodeCatalystError");

export class CodeCatalystError extends Error {
  // The minifier shortens the name that the class has by itself.
  static name = "CodeCatalystError";

  // By brand, so that the errors of another copy of the package are known too.
  static [Symbol.hasInstance](value) {
    return this === CodeCatalystError ? value?.[brand] === true : super[Symbol.hasInstance](value);
  }

  constructor(properties) {
    const { name, message, cause, ...rest } = properties;
    super(message, "cause" in properties ? { cause } : undefined);
    Object.defineProperty(this, "name", { value: name, configurable: true, writable: true });
    Object.defineProperty(this, brand, { value: true });
    Object.assign(this, rest);
    // Once more, now that the name is known which the stack begins with.
    Error.captureStackTrace?.(this, CodeCatalystError);
  }

  toJSON() {
    const { name, message } = this;
    return { name, message, ...this, ...("cause" in this && { cause: inWords(this.cause) }) };
  }
}

// Anything may have been thrown, and JSON can hold few things.
function inWords(cause) {
  try {
    return String(cause);
  } catch {
    return typeof cause;
  }
}

export async function deleteAccessToken(token, id, options) {
  const given = snapshot(options);
  await load();
  try {
    return await deleteByModule(token, id, given);
  } catch (properties) {
    throw new CodeCatalystError(properties);
  }
}

// Options are read in the call: while the module loads, the caller may change them.
// What throws here throws again when the module reads the copy, and is reported there.
function snapshot(options) {
  const copy = Object.create(null);
  try {
    if (typeof options !== "object" || options === null || Array.isArray(options)) return options;
    for (const name of Object.getOwnPropertyNames(options)) read(options, name, copy);
  } catch {
    return options;
  }
  return copy;
}

function read(options, name, copy) {
  try {
    const value = options[name];
    copy[name] = name === "endpoint" && value instanceof URL ? value.href : value;
  } catch (cause) {
    Object.defineProperty(copy, name, { get: () => { throw cause; } });
  }
}

let loading;

// Callers that arrive together share one attempt. A failed one is forgotten, so that the next call tries again.
function load() {
  return (loading ??= instantiate().catch((cause) => {
    loading = undefined;
    throw new CodeCatalystError({
      name: "InitializationError",
      message:
        "The WebAssembly module could not be loaded. If there is a Content-Security-Policy, " +
        "its script-src must allow 'wasm-unsafe-eval'.",
      attempts: 0,
      retryable: false,
      outcomeUnknown: false,
      cause,
    });
  }));
}

async function instantiate() {
  // The build moves each byte up by four, and an array of bytes wraps round.
  const bytes = Uint8Array.from(wasm, (char) => char.charCodeAt() - 4);
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  __wbg_set_wasm(instance.exports);
}

// What every failed call rejects with.

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

/** An error of the loader's own: nothing was sent. */
export function unsent(name, message, cause) {
  return new CodeCatalystError({
    name,
    message,
    attempts: 0,
    retryable: false,
    outcomeUnknown: false,
    ...cause,
  });
}

// Anything may have been thrown, and JSON can hold few things.
function inWords(cause) {
  try {
    return String(cause);
  } catch {
    return typeof cause;
  }
}

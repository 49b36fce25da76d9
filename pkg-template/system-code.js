// The codes of the system in errors.

// Browsers and Node differ in how deep they put the error of the system.
const MAX_CAUSES = 5;

/**
 * `ECONNREFUSED` and the like, from an error or the chain of its causes.
 *
 * @param {unknown} cause
 * @returns {string | undefined}
 */
export function systemCode(cause, depth = 0) {
  if (typeof cause !== "object" || cause === null || depth === MAX_CAUSES) return undefined;
  if ("code" in cause && typeof cause.code === "string" && /^\w+$/.test(cause.code))
    return cause.code;
  return "cause" in cause ? systemCode(cause.cause, depth + 1) : undefined;
}

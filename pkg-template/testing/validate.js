// Checks of values that come from outside: request bodies, the state file, ordered faults.

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is a date and time of RFC 3339.
 * @param {unknown} value
 * @returns {value is string}
 */
export function isDateTime(value) {
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
  return typeof value === "string" && rfc3339.test(value) && !Number.isNaN(Date.parse(value));
}

/**
 * Parses JSON, or throws the given error.
 * @param {string} text
 * @param {Error} error
 * @returns {unknown}
 */
export function parseJson(text, error) {
  try {
    return JSON.parse(text);
  } catch {
    throw error;
  }
}

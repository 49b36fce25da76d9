// --debug: what is sent and answered, on standard error. Never the bearer token.

import { shownCause } from "../cause.js";
import { describeFailure } from "./cli-error.js";
import { escapeUnsafe } from "./format.js";
import { packageVersion } from "./version.js";

/** @typedef {import("../index.js").FetchInit} FetchInit */
/** @typedef {import("./terminal.js").Terminal} Terminal */
/** @typedef {(text: string) => void} Log */

const MAX_BODY_LENGTH = 4_096;
const MAX_CAUSES = 5;

/** Headers that may hold a secret of somebody else, such as a proxy. */
const SECRET_HEADERS = ["set-cookie", "proxy-authenticate", "www-authenticate"];

/**
 * The options of calls that log what they do.
 *
 * @param {Terminal} terminal
 */
export async function debugOptions(terminal) {
  const { version, platform, arch } = process;
  terminal.log(
    `debug: codecatalyst-pat ${await packageVersion()}, Node ${version}, ${platform} ${arch}`,
  );
  let count = 0;
  return {
    fetch: (/** @type {string} */ url, /** @type {FetchInit} */ init) => {
      count += 1;
      return loggedFetch(url, init, createLog(terminal, count, tokenOf(init)));
    },
    onRetry: (/** @type {import("../index.js").RetryEvent} */ { id, attempt, delayMs, error }) => {
      const what = id === undefined ? "the list" : escapeUnsafe(id);
      terminal.log(
        `debug: attempt ${attempt} for ${what} failed, the next one is in ${Math.round(delayMs)} ms: ${describeFailure(error)}`,
      );
    },
  };
}

/** @param {FetchInit} init */
const tokenOf = ({ headers }) => String(headers.authorization).replace(/^Bearer /, "");

/**
 * Logs lines of one request. A line that quotes the token, or a part of it, is left out.
 *
 * @param {Terminal} terminal
 * @param {number} number of the request
 * @param {string} token
 * @returns {Log}
 */
const createLog = (terminal, number, token) => (text) => {
  const shown = quotesToken(text, token)
    ? `${text[0]} (not shown: it quotes the bearer token)`
    : escapeUnsafe(text);
  terminal.log(`debug: #${number} ${shown}`);
};

/**
 * Whether a text quotes the token: as it is, in another case, or percent-encoded.
 *
 * @param {string} text
 * @param {string} token
 */
function quotesToken(text, token) {
  const decoded = text.replace(/%[\da-f]{2}/gi, (code) =>
    String.fromCharCode(parseInt(code.slice(1), 16)),
  );
  return [text, decoded]
    .map((form) => form.toLowerCase())
    .some((form) => shownCause(form, token.toLowerCase()) !== form);
}

/**
 * @param {string} url
 * @param {FetchInit} init
 * @param {Log} log
 */
async function loggedFetch(url, init, log) {
  logRequest(url, init, log);
  const startMs = performance.now();
  const elapsed = () => `${Math.round(performance.now() - startMs)} ms`;
  try {
    const response = await fetch(url, init);
    log(`< ${response.status} ${response.statusText} after ${elapsed()}`);
    for (const [name, value] of response.headers)
      log(`< ${name}: ${SECRET_HEADERS.includes(name) ? "(not shown)" : value}`);
    log(`< ${await readStart(response.clone())} (all after ${elapsed()})`);
    return response;
  } catch (error) {
    log(`< no answer after ${elapsed()}: ${describeCauses(error)}`);
    throw error;
  }
}

/**
 * @param {string} url
 * @param {FetchInit} init
 * @param {Log} log
 */
function logRequest(url, init, log) {
  log(`> ${init.method} ${url}`);
  const hidden = `Bearer (${tokenOf(init).length} characters, not shown)`;
  for (const [name, value] of Object.entries(init.headers))
    log(`> ${name}: ${name === "authorization" ? hidden : value}`);
  if (init.body !== undefined) log(`> ${init.body}`);
}

/**
 * The start of a body, as text, as far as it comes. The response itself still has all of it.
 *
 * @param {Response} copy
 */
async function readStart({ body }) {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MAX_BODY_LENGTH) return `${text.slice(0, MAX_BODY_LENGTH)}…`;
    }
    return text || "(no body)";
  } catch (error) {
    return `${text} (broken off: ${describeCauses(error)})`;
  }
}

/** @param {unknown} error */
function describeCauses(error) {
  const causes = [];
  for (let cause = error; cause instanceof Error && causes.length < MAX_CAUSES; cause = cause.cause)
    causes.push(`${cause.name}: ${cause.message}`);
  return causes.join(", caused by ") || "something was thrown that isn't an Error";
}

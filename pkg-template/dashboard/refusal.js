// What is refused, and what the user can do about it: a small page for a browser, else plain text.
// Never JSON: a JSON object with a message would pass for the service's own answer.

import { createHash } from "node:crypto";
import { escapeHtml } from "./files.js";

/** @import { OutgoingHttpHeaders, IncomingMessage, ServerResponse } from "node:http" */

/**
 * @typedef {object} ErrorPage
 * @property {number} status
 * @property {string} title
 * @property {string[]} advice each a paragraph; what stands between backquotes is shown as code
 */

const AGAIN = "Press Ctrl-C in the terminal and run `npx codecatalyst-pat dashboard` again.";

/**
 * The request came to another name or port, as through a forwarded port, or by a name that was made
 * to lead to this machine.
 *
 * @param {number} port
 * @returns {ErrorPage}
 */
export const wrongHost = (port) => ({
  status: 421,
  title: "The dashboard isn’t at this address",
  advice: [
    `It is at \`http://127.0.0.1:${port}\`. At any other name or port it refuses to answer, because somebody else’s page could be asking.`,
    `If it runs on another machine, forward the same port number on both sides, and open the address that the terminal there shows: \`ssh -L ${port}:127.0.0.1:${port} HOST\`. With \`--port\` you choose the number.`,
  ],
});

/** @type {ErrorPage} */
export const OTHER_SITE = {
  status: 403,
  title: "Another page led here",
  advice: [
    "The dashboard can’t be opened by a link on another page, and other pages can’t use it.",
    "Copy the address that the terminal shows, and paste it into the browser’s address bar.",
  ],
};

/** @type {ErrorPage} */
export const OTHER_USER = {
  status: 403,
  title: "The dashboard belongs to another user of this machine",
  advice: ["Run `npx codecatalyst-pat dashboard` as the user who opens the browser."],
};

/** @type {ErrorPage} */
export const NO_SESSION = {
  status: 403,
  title: "Open the address that the terminal shows",
  advice: [
    "Only the browser in which that address was opened can use the dashboard. It works once, and the browser must accept cookies.",
    `If you have opened it in another browser, or have closed this one since: ${lowerFirst(AGAIN)}`,
  ],
};

/**
 * @param {number} port
 * @returns {ErrorPage}
 */
export const usedAddress = (port) => ({
  status: 403,
  title: "This address has been used already",
  advice: [
    "It works once, so that nobody can use it after you.",
    `In the browser that opened it, the dashboard is at \`http://127.0.0.1:${port}/\`. For another browser: ${lowerFirst(AGAIN)}`,
    "If it wasn’t you who opened it, press Ctrl-C in the terminal now.",
  ],
});

/** @type {ErrorPage} */
export const WRONG_ADDRESS = {
  status: 403,
  title: "This address doesn’t open the dashboard",
  advice: [
    "It is incomplete, or the command has been started again since. Copy the whole address that the terminal shows now.",
  ],
};

/** @type {ErrorPage} */
export const PREFETCH = {
  status: 403,
  title: "This address isn’t opened ahead of time",
  advice: ["It works once. Open it."],
};

/** @type {ErrorPage} */
export const STOPPING = {
  status: 403,
  title: "The dashboard is stopping",
  advice: ["This request was not sent on. Run `npx codecatalyst-pat dashboard` again."],
};

/** @type {ErrorPage} */
export const NOT_FOUND = {
  status: 404,
  title: "There is nothing here",
  advice: ["The dashboard is at `/`."],
};

/** @type {ErrorPage} */
export const WRONG_METHOD = {
  status: 405,
  title: "Files can only be read",
  advice: ["Use GET or HEAD."],
};

/** @param {string} text */
function lowerFirst(text) {
  return text[0].toLowerCase() + text.slice(1);
}

const STYLE =
  ":root{color-scheme:light dark}" +
  "body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:15vh auto 0;padding:0 1.5rem}" +
  "h1{font-size:1.5rem;line-height:1.25}" +
  "code{font-size:.9em;overflow-wrap:anywhere}";

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** By this the page tells what the server itself says from what the service says. */
export const REFUSAL_HEADER = { "dashboard-refusal": "true" };

const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  ...REFUSAL_HEADER,
};

/**
 * Answers with a refusal.
 *
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {ErrorPage} page
 * @param {OutgoingHttpHeaders} [headers]
 */
export function refuse({ headers: { accept = "" } }, response, page, headers) {
  const [type, format] = accept.includes("text/html") ? ["html", toHtml] : ["plain", toText];
  const all = { "content-type": `text/${type}; charset=utf-8`, ...HEADERS, ...headers };
  response.writeHead(page.status, all).end(format(page));
}

/** @param {ErrorPage} page */
const toText = ({ title, advice }) => `${[title, ...advice].join("\n\n").replaceAll("`", "")}\n`;

/** @param {ErrorPage} page */
function toHtml({ title, advice }) {
  const paragraphs = advice.map(
    (text) => `<p>${escapeHtml(text).replace(/`([^`]*)`/g, "<code>$1</code>")}</p>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
${paragraphs.join("\n")}
</html>
`;
}

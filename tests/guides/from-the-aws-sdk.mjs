// The table of what behaves differently: both programs of the guide, with the same thing going wrong.

import assert from "node:assert/strict";
import {
  lostReply,
  lostRequest,
  proxyPage,
  sample,
  throttled,
} from "../../pkg-template/testing/index.js";
import { read, tableRows } from "../package/markdown.mjs";
import { isAsPromised } from "./steps.mjs";

const HEADING = "What happens";

/** What goes wrong, by the first cell of a row. */
const FAULTS = {
  "The reply to the deletion is lost": [lostReply()],
  "No reply comes to any request": [lostRequest({ times: 3 })],
  "A sign-in page answers in its place, with 200": [proxyPage()],
  "A proxy answers in its place, with 404 and HTML": [proxyPage({ status: 404 })],
  "A gateway answers 503 and HTML, once": [proxyPage({ status: 503 })],
  "The endpoint redirects elsewhere": [{ status: 302, headers: { location: "/elsewhere" } }],
  "The id is `..`": [],
};

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  const rows = tableRows(await read("docs/guides/from-the-aws-sdk.md"), HEADING);
  assert.deepEqual(
    rows.map(([what]) => what),
    Object.keys(FAULTS),
  );
  for (const [what, before, after] of rows) {
    await prints(reader, "before", what, before);
    if (what.includes("with 200")) assert.equal(reader.service.tokensOf("ana").length, 12);
    await prints(reader, "after", what, after);
  }
  await waitsAsAsked(reader);
  return 2 * rows.length + 1;
}

async function prints(reader, folder, what, cell) {
  const id = /^The id is `(.*)`$/.exec(what)?.[1] ?? sample.tokens[0]?.id;
  const printed = await run(reader, `${folder}/delete.mjs`, id, FAULTS[what]);
  const [line = ""] = printed.split("\n", 1);
  assert.ok(isAsPromised(line, cell.slice(1, -1)), `${what}: ${folder} printed ${printed}`);
}

async function waitsAsAsked(reader) {
  const faults = [throttled({ retryAfterSeconds: 60, times: 3 })];
  await run(reader, "before/delete.mjs", "4d5a1f0c", faults);
  assert.equal(reader.service.requests.length, 3);
  await run(reader, "after/delete.mjs", "4d5a1f0c", faults);
  assert.equal(reader.service.requests.length, 1);
}

async function run(reader, program, id, faults) {
  reader.service.reset();
  reader.service.faults.push(...faults);
  return reader.open(`node ${program} ${id}`).end();
}

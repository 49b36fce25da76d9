// The server of docs/guides/express.md, once more: in front of a service whose faults can be ordered.

import assert from "node:assert/strict";
import { sample } from "../../pkg-template/testing/index.js";
import { codeBlocks, read } from "../package/markdown.mjs";
import { checkOwnOrigin } from "./own-origin-checks.mjs";

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  const server = reader.open(`PORT=8081 CODECATALYST_URL=${reader.service.url} node server.js`);
  const url = "http://localhost:8081";
  await server.waitFor(url);
  const count = await checkOwnOrigin({ url, service: reader.service, logs: () => server.printed });
  await printsTheBearerToken(reader);
  return count + 1;
}

/**
 * What docs/own-origin.md tells users to run once they have signed in.
 * @param {import("./reader.mjs").Reader} reader
 */
async function printsTheBearerToken(reader) {
  const [code = ""] = codeBlocks(await read("docs/own-origin.md"), "sh");
  const [login = "", ...rest] = code.split("\n");
  assert.match(login, /^aws sso login /);
  assert.equal(await reader.open(rest.join("\n")).end(), `${sample.bearer}\n`);
}

// The script of the guide when something goes wrong.

import assert from "node:assert/strict";
import { sample } from "../../pkg-template/testing/index.js";

const [, , OLD_LAPTOP = assert.fail()] = sample.tokens;

/** What goes wrong with each request, what the script says then, and its exit code. */
const CASES = [
  { fault: { cut: "before", method: "DELETE", times: 3 }, said: /^NetworkError.*\nStill .*\n1$/ },
  { fault: { cut: "before", method: "POST", times: 3 }, said: /^Not sure: .* NetworkError.*\n1$/ },
  { fault: { cut: "after", method: "DELETE", times: 1 }, said: /^Gone: Old laptop\n0$/ },
  { fault: { delayMs: 0 }, said: /^You own no token with this id: .*\n1$/ },
];

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  for (const { fault, said } of CASES) {
    reader.service.faults.push(/** @type {any} */ (fault));
    const commands = `node revoke.mjs ${OLD_LAPTOP.id} && echo 0 || echo $?`;
    assert.match((await reader.open(commands).end()).trim(), said);
  }
  return CASES.length;
}

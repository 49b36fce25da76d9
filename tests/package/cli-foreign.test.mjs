// The command line where something other than the service answers: nothing is deleted, or said to be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deletions, left } from "./cli-program.mjs";
import { cli, rows, service, setUpSuite } from "./cli-suite.mjs";
import { FOREIGN_REPLIES, leavesOpen } from "./foreign-replies.mjs";

setUpSuite("cli-foreign");

const repeated = (count, fault) => Array.from({ length: count }, () => fault);

for (const [what, reply] of Object.entries(FOREIGN_REPLIES)) {
  test(`where ${what} answers each deletion, none is deleted or gone already`, async () => {
    service.faults.push(...repeated(5, reply));
    const { code, stdout, stderr } = await cli(["delete", "--all", "--yes"]);
    assert.deepEqual([code, stdout, left(service).length], [1, "", 5]);
    const counts = leavesOpen(reply) ? "0 deleted, 5 unknown." : "0 deleted, 5 failed.";
    assert.ok(stderr.split("\n").includes(counts), stderr);
    const label = leavesOpen(reply) ? "unknown" : "failed ";
    const line = new RegExp(`^${label} {2}id-\\d .*omething other than the service answered`, "gm");
    assert.equal(stderr.match(line)?.length, 5, stderr);
    assert.doesNotMatch(stderr, /gone|You own no token/);
  });

  test(`after a reply that was lost, ${what} leaves the deletion unknown`, async () => {
    service.faults.push({ method: "DELETE", cut: "before" }, reply);
    const { code, stdout } = await cli(["delete", "id-0", "--yes", "--json"]);
    const [{ status, error }] = rows(stdout);
    assert.deepEqual([code, status, error.name], [1, "unknown", "UnexpectedResponseError"]);
    assert.deepEqual([left(service).length, deletions(service)], [5, 2]);
  });
}

test("ten such answers in a row stop the run", async () => {
  service.faults.push(...repeated(40, FOREIGN_REPLIES["an empty 404"]));
  const ids = Array.from({ length: 40 }, (_, index) => `id-${index}`);
  const { code, stderr } = await cli(["delete", ...ids, "--yes", "--concurrency", "1"]);
  assert.deepEqual([code, deletions(service)], [1, 10]);
  assert.match(
    stderr,
    /codecatalyst-pat: UnexpectedResponseError: .*other than the service.*\n0 deleted, 10 failed, 0 unknown, 30 not tried\.\n$/,
  );
});

// The command line on pipes, as a script uses it: deletions.

import assert from "node:assert/strict";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { deletions, left, start, tokensNamed } from "./cli-program.mjs";
import { cli, env, folder, rows, serveTokens, service, setUpSuite } from "./cli-suite.mjs";

setUpSuite("cli");

// ------------------------------------------------------------------------- delete

test("with --yes an id is deleted without a question and without asking for the list", async () => {
  const { code, stdout, stderr } = await cli(["delete", "id-1", "--yes"]);
  assert.deepEqual([code, stdout, stderr], [0, "deleted  id-1\n", "1 deleted.\n"]);
  assert.deepEqual(
    service.requests.map(({ method }) => method),
    ["DELETE"],
  );
});

test("ids that the user does not own fail", async () => {
  const { code, stdout, stderr } = await cli(["delete", "id-1", "gone", "id-1", "--yes"]);
  assert.equal(code, 1);
  assert.equal(stdout, "deleted  id-1\n");
  assert.equal(stderr, "failed   gone  You own no token with this id.\n1 deleted, 1 failed.\n");
});

test("ids come from standard input, with any line ends and blank lines", async () => {
  const input = "\n id-1\r\n\n\tid-2\nid-1\nid-3";
  const { code, stdout } = await cli(["delete", "id-0", "-", "--yes", "--concurrency", "1"], {
    input,
  });
  assert.equal(code, 0);
  assert.equal(stdout, "deleted  id-0\ndeleted  id-1\ndeleted  id-2\ndeleted  id-3\n");
  assert.deepEqual(left(service), ["id-4"]);
});

test("each id of standard input is deleted when it comes", async (t) => {
  const running = start(t, folder, ["delete", "-", "--yes", "--endpoint", service.url], {
    env: env(),
  });
  for (const id of ["id-3", "id-0"]) {
    running.type(`${id}\n`);
    await running.printed(`deleted  ${id}\n`);
  }
  running.child.stdin.end();
  const { code, stderr } = await running.ended;
  assert.deepEqual([code, stderr], [0, "2 deleted.\n"]);
});

test("an argument that can't be an id fails, and the others are deleted", async () => {
  const { code, stdout, stderr } = await cli(["delete", "x".repeat(37), "id-0", "..", "--yes"]);
  assert.deepEqual([code, stdout], [1, "deleted  id-0\n"]);
  assert.equal(stderr.match(/^failed {3}\S+ {2}No token can have this id: .*$/gm)?.length, 2);
  assert.match(stderr, /\n1 deleted, 2 failed\.\n$/);
});

test("a standard input that can't be read is reported", async () => {
  const input = openSync(join(folder, "write-only"), "w");
  const { code, stdout, stderr } = await cli(["delete", "id-0", "-", "--yes"], {
    stdio: [input, "pipe", "pipe"],
  });
  closeSync(input);
  assert.deepEqual([code, stdout], [1, "deleted  id-0\n"]);
  assert.match(stderr, /^codecatalyst-pat: Standard input can't be read \(EBADF\)\.\n1 deleted/);
});

test("an empty standard input deletes nothing", async () => {
  assert.deepEqual(await cli(["delete", "-", "--yes"]), {
    code: 0,
    stdout: "",
    stderr: "0 deleted.\n",
  });
});

test("a selection that matches nothing is reported, and is no failure", async () => {
  const { code, stdout, stderr } = await cli(["delete", "--name", "nobody", "--yes"]);
  assert.deepEqual(
    [code, stdout, stderr],
    [0, "", "None of your 5 access tokens matches. Nothing to delete.\n"],
  );
});

test("--all deletes everything", async () => {
  const { code, stderr } = await cli(["delete", "--all", "--yes"]);
  assert.deepEqual([code, stderr, left(service)], [0, "5 deleted.\n", []]);
});

test("--quiet says only what went wrong", async () => {
  assert.deepEqual(await cli(["delete", "--expired", "--yes", "--quiet"]), {
    code: 0,
    stdout: "",
    stderr: "",
  });
  const { code, stdout, stderr } = await cli(["delete", "id-0", "id-2", "--yes", "--quiet"]);
  assert.deepEqual([code, stdout], [1, ""]);
  assert.equal(stderr, "failed   id-2  You own no token with this id.\n1 deleted, 1 failed.\n");
});

test("delete --json gives one object for each deletion, whatever became of it", async () => {
  service.faults.push({
    method: "DELETE",
    status: 409,
    name: "ConflictException",
    message: "Busy.",
  });
  const { code, stdout } = await cli([
    "delete",
    "--expired",
    "--yes",
    "--json",
    "--concurrency",
    "1",
  ]);
  const [failed, deleted] = rows(stdout);
  assert.equal(code, 1);
  const { error, ...rest } = failed;
  assert.deepEqual(rest, { id: "id-2", name: "ci-2", status: "failed" });
  assert.deepEqual(
    [error.name, error.message, error.status, error.outcomeUnknown],
    ["ConflictException", "Busy.", 409, false],
  );
  const { requestId, ...gone } = deleted;
  assert.deepEqual(gone, {
    id: "id-4",
    name: "old",
    status: "deleted",
    attempts: 1,
    alreadyDeleted: false,
  });
  assert.match(requestId, /^[0-9a-f-]{36}$/);
});

test("a listed token that the service no longer knows counts as gone already", async () => {
  service.faults.push({
    method: "DELETE",
    status: 404,
    name: "ResourceNotFoundException",
    message: "No such token.",
  });
  const { code, stdout, stderr } = await cli(["delete", "--name", "laptop", "--yes"]);
  assert.deepEqual([code, stdout], [0, "deleted  id-0  laptop  (was gone already)\n"]);
  assert.equal(stderr, "1 deleted (1 of them gone already).\n");
});

test("an unknown outcome is reported as unknown", async () => {
  const lost = { method: "DELETE", status: 500, headers: { "retry-after": "3600" }, effect: true };
  service.faults.push(lost);
  const { code, stderr } = await cli(["delete", "id-0", "--yes"]);
  assert.equal(code, 1);
  assert.match(stderr, /^unknown {2}id-0 {2}InternalServerException: .* Try again in 3600 s\.$/m);
  assert.match(stderr, /\n0 deleted, 1 unknown\.\nUnknown: .*deleting again is safe\.\n$/);
});

const THREE_FAULTS = [
  { method: "DELETE", cut: "after" },
  { method: "DELETE", status: 429, name: "ThrottlingException", headers: { "retry-after": "1" } },
  { method: "DELETE", status: 503 },
];
const nine = (method) => Array.from({ length: 9 }, () => ({ method, delayMs: 0 }));

test("of 100 tokens exactly the 20 expired are deleted, although replies fail", async (t) => {
  const names = Array.from({ length: 100 }, (_, index) => `token ${index}`);
  const expired = names.filter((_, index) => index % 5 === 0);
  await serveTokens(t, tokensNamed(names, expired));
  service.faults.push({ method: "POST", status: 503 }, ...nine("POST"));
  for (const fault of THREE_FAULTS) service.faults.push(fault, ...nine("DELETE"));
  const { code, stdout, stderr } = await cli(["delete", "--expired", "--yes"]);
  assert.deepEqual([stderr, code], ["20 deleted.\n", 0]);
  assert.equal(stdout.match(/^deleted {2}/gm)?.length, 20);
  const kept = names.map((_, index) => `id-${index}`).filter((_, index) => index % 5 !== 0);
  assert.deepEqual(left(service), kept);
  // All three faults were met.
  assert.equal(deletions(service), 23);
});

test("deletions go on when the reader of the results has left", async (t) => {
  const running = start(t, folder, ["delete", "--all", "--yes", "--endpoint", service.url], {
    env: env(),
  });
  running.child.stdout.destroy();
  const { code, stderr } = await running.ended;
  assert.deepEqual([code, stderr, left(service)], [0, "5 deleted.\n", []]);
});

// ------------------------------------------------------------------------ rehearsal

test("--dry-run shows what would be deleted, asks nothing, and deletes nothing", async () => {
  const { code, stdout, stderr } = await cli(["delete", "--expired", "--dry-run"]);
  assert.equal(code, 0);
  assert.deepEqual(
    [...stdout.matchAll(/^id-\d/gm)].map(([id]) => id),
    ["id-2", "id-4"],
  );
  assert.equal(stderr, "Dry run: 2 tokens would be deleted. Nothing was.\n");
  assert.equal(deletions(service), 0);
});

test("--dry-run names the ids that are none of the user's tokens, also from standard input", async () => {
  const input = "id-0\nstranger\n";
  const { code, stdout, stderr } = await cli(["delete", "-", "--dry-run", "--json"], { input });
  assert.deepEqual(
    [code, rows(stdout).map(({ name }) => name), deletions(service)],
    [1, ["laptop"], 0],
  );
  assert.equal(
    stderr,
    "Not among your tokens: stranger\nDry run: 1 token would be deleted. Nothing was.\n",
  );
});

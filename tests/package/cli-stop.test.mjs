// The command line is stopped by a signal: what is under way may end, and nothing is left in doubt.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { AGAIN_MS, deletions, left, start, tokensNamed } from "./cli-program.mjs";
import { env, folder, rows, serveTokens, service, setUpSuite } from "./cli-suite.mjs";
import { until } from "./installed.mjs";

setUpSuite("cli-stop");

const fault = (more) => ({ method: "DELETE", ...more });
const repeated = (count, more) => Array.from({ length: count }, () => fault(more));
const AT_ONCE = { delayMs: 0 };
const LATER = { delayMs: 1_000 };
const NEVER = { delayMs: 2 ** 30 };

const begin = (t, args) => start(t, folder, [...args, "--endpoint", service.url], { env: env() });

/** Ends, and gives how long that took. */
async function ended(running) {
  const began = performance.now();
  const result = await running.ended;
  return { ...result, ms: performance.now() - began };
}

/** The numbers of the summary. */
function summary(stderr) {
  const pattern = /^Interrupted: (\d+) deleted, (\d+) failed, (\d+) unknown, (\d+) not tried\.$/m;
  const [deleted, failed, unknown, notTried] = (pattern.exec(stderr) ?? assert.fail(stderr))
    .slice(1)
    .map(Number);
  return { deleted, failed, unknown, notTried };
}

// ------------------------------------------------------------------------ one signal

/**
 * Begins to delete 1,000 ids, 25 of them unknown to the service. The first 200 replies come at once,
 * the others as `then` says; it is stopped while it waits for four of those.
 */
async function stopped(t, signal, then, args = []) {
  const tokens = tokensNamed(Array.from({ length: 1000 }, (_, index) => `token ${index}`));
  await serveTokens(
    t,
    tokens.filter((_, index) => index % 40 !== 7),
  );
  service.faults.push(...repeated(200, AT_ONCE), ...repeated(10, then));
  const running = begin(t, ["delete", "-", "--yes", ...args]);
  running.child.stdin.end(tokens.map(({ id }) => `${id}\n`).join(""));
  await until(() => deletions(service) === 204);
  running.child.kill(signal);
  return running;
}

const taken = () => 975 - left(service).length;

for (const [signal, expected] of /** @type {const} */ ([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
])) {
  test(`${signal} amid 1,000 deletions: those under way end, no other begins, nothing is unknown`, async (t) => {
    const { code, stdout, stderr } = await (await stopped(t, signal, LATER)).ended;
    const { deleted, failed, unknown, notTried } = summary(stderr);
    assert.deepEqual([code, deletions(service)], [expected, 204]);
    assert.deepEqual([deleted, deleted + failed, unknown, notTried], [taken(), 204, 0, 796]);
    assert.equal(stdout.match(/^deleted {2}/gm)?.length, deleted);
    assert.match(stderr, /^Stopping: 4 deletions under way may still finish \(10 s at most\)\./m);
    assert.equal(stderr.includes("Press Ctrl-C again"), signal === "SIGINT");
  });
}

test("--json prints one line for each of 1,000 ids, also for those not tried", async (t) => {
  const { stdout } = await (await stopped(t, "SIGINT", LATER, ["--json"])).ended;
  const printed = rows(stdout);
  assert.equal(new Set(printed.map(({ id }) => id)).size, 1000);
  const count = (wanted) => printed.filter(({ status }) => status === wanted).length;
  assert.deepEqual(["deleted", "failed", "unknown", "not tried"].map(count), [199, 5, 0, 796]);
});

test("what is under way is waited for no longer than 10 seconds", async (t) => {
  // Each attempt has a limit of 10 s, too: the next one gets no reply either.
  service.faults.push(...repeated(3, NEVER));
  const running = begin(t, ["delete", "id-0", "--yes"]);
  await until(() => deletions(service) === 1);
  running.child.kill("SIGTERM");
  const { code, stderr, ms } = await ended(running);
  assert.equal(code, 143);
  assert.deepEqual(summary(stderr), { deleted: 0, failed: 0, unknown: 1, notTried: 0 });
  assert.ok(ms > 9_000 && ms < 15_000, String(ms));
});

test("a deletion whose reply is lost after the stop asks once more, so that it is known", async (t) => {
  service.faults.push(fault({ cut: "after", delayMs: 500 }));
  const running = begin(t, ["delete", "id-0", "id-1", "--yes", "--concurrency", "1"]);
  await until(() => deletions(service) === 1);
  running.child.kill("SIGINT");
  const { stdout, stderr } = await running.ended;
  assert.deepEqual(summary(stderr), { deleted: 1, failed: 0, unknown: 0, notTried: 1 });
  assert.equal(stdout, "deleted  id-0  (gone when asked again)\n");
  assert.equal(deletions(service), 2);
});

test("a stop that comes when all ids are under way still counts as one", async (t) => {
  service.faults.push(fault(LATER));
  const running = begin(t, ["delete", "id-0", "--yes"]);
  await until(() => deletions(service) === 1);
  running.child.kill("SIGINT");
  const { code, stderr } = await running.ended;
  assert.equal(code, 130);
  assert.deepEqual(summary(stderr), { deleted: 1, failed: 0, unknown: 0, notTried: 0 });
});

// ----------------------------------------------------------------------- a second one

test("a second signal cancels what is under way at once, and that is unknown", async (t) => {
  const running = await stopped(t, "SIGINT", NEVER);
  await running.printed("Stopping: 4 deletions");
  await pause(AGAIN_MS);
  running.child.kill("SIGINT");
  const { code, stderr, ms } = await ended(running);
  const { deleted, failed, unknown, notTried } = summary(stderr);
  // They had been carried out, but no reply came.
  assert.deepEqual([deleted, unknown, notTried], [taken() - 4, 4, 796]);
  assert.deepEqual([code, deleted + failed], [130, 200]);
  assert.equal(stderr.match(/^unknown {2}\S+ {2}Stopped before an answer came\.$/gm)?.length, 4);
  assert.ok(ms < 5_000, String(ms));
});

// npx forwards a Ctrl-C that the terminal has sent already. Here it is a SIGTERM, because two signals
// of one kind may arrive as one.
test("a second signal right after the first is the same one", async (t) => {
  service.faults.push(fault(LATER));
  const running = begin(t, ["delete", "id-0", "--yes"]);
  await until(() => deletions(service) === 1);
  running.child.kill("SIGINT");
  await running.printed("Stopping: 1 deletion under way");
  running.child.kill("SIGTERM");
  const { code, stderr } = await running.ended;
  assert.equal(code, 130);
  assert.deepEqual(summary(stderr), { deleted: 1, failed: 0, unknown: 0, notTried: 0 });
});

// ------------------------------------------------------------------------------ waits

test("a wait for a service that throttles ends at the first signal", async (t) => {
  service.faults.push(...repeated(4, { status: 429, headers: { "retry-after": "15" } }));
  const running = begin(t, ["delete", "--all", "--yes"]);
  await until(() => deletions(service) === 4);
  await pause(300); // until the replies are there
  running.child.kill("SIGINT");
  const { code, stderr, ms } = await ended(running);
  assert.equal(code, 130);
  assert.deepEqual(summary(stderr), { deleted: 0, failed: 4, unknown: 0, notTried: 1 });
  assert.match(stderr, /^failed {3}id-0 {2}laptop {2}Stopped before the next try\.$/m);
  assert.ok(ms < 2_000, String(ms));
  assert.deepEqual([left(service).length, deletions(service)], [5, 4]);
});

test("a deletion that the service holds back does not begin while another one ends", async (t) => {
  service.faults.push(
    fault({ delayMs: 3_000 }),
    fault({ status: 429, headers: { "retry-after": "1" } }),
  );
  const running = begin(t, ["delete", "--all", "--yes", "--concurrency", "2"]);
  await until(() => deletions(service) === 2);
  await pause(300);
  running.child.kill("SIGINT");
  const { stderr } = await running.ended;
  assert.deepEqual(summary(stderr), { deleted: 1, failed: 1, unknown: 0, notTried: 3 });
  assert.deepEqual([left(service).length, deletions(service)], [4, 2]);
});

test("a wait for more ids ends at the first signal, and the ids that came are counted", async (t) => {
  service.faults.push(fault(LATER));
  const running = begin(t, ["delete", "-", "--yes", "--concurrency", "1"]);
  running.type("id-0\nid-1\n");
  await until(() => deletions(service) === 1);
  running.child.kill("SIGINT");
  const { code, stderr } = await running.ended;
  assert.equal(code, 130);
  assert.match(stderr, /Interrupted: 1 deleted, 0 failed, 0 unknown, at least 1 not tried\.\n$/);
});

/** @type {[what: string, args: string[], signal: NodeJS.Signals, code: number][]} */
const WAITS = [
  ["the token", ["list", "--token-stdin"], "SIGTERM", 143],
  ["the token", ["delete", "--all", "--yes", "--token-stdin"], "SIGHUP", 129],
  ["ids to show", ["delete", "-", "--dry-run"], "SIGINT", 130],
];

for (const [what, args, signal, expected] of WAITS) {
  test(`${args.join(" ")}: ${signal} ends the wait for ${what}`, async (t) => {
    const running = begin(t, args);
    await pause(1_000);
    running.child.kill(signal);
    const { ms, ...result } = await ended(running);
    const stderr = "Interrupted. Nothing was deleted.\n";
    assert.deepEqual(result, { code: expected, stdout: "", stderr });
    assert.ok(ms < 2_000, String(ms));
  });
}

test("a list that is stopped deleted nothing", async (t) => {
  service.faults.push({ method: "POST", delayMs: 2 ** 30 });
  const running = begin(t, ["delete", "--all", "--yes"]);
  await until(() => service.requests.length === 1);
  running.child.kill("SIGINT");
  assert.deepEqual(await running.ended, {
    code: 130,
    stdout: "",
    stderr: "Interrupted. Nothing was deleted.\n",
  });
});

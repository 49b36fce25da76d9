// Runs of deletions that stop by themselves, because every deletion is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, begin, ids, refuse, sent, setUpSuite, stoppable } from "./stoppable-suite.mjs";

setUpSuite("stoppable-refusals");
/** Answers one after the other, each with a status and a name. */
async function refusals(answers) {
  const { run, results, ended } = begin(ids(answers.length + 1), { concurrency: 1 });
  for (const [index, [status, name]] of answers.entries()) {
    if (name === undefined) await answer(`id-${index}`, status, { body: "<html>" });
    else if (name === "") await answer(`id-${index}`, status);
    else await refuse(`id-${index}`, status, name);
  }
  const { isStopping, refusal } = run;
  run.abort();
  await ended;
  return { isStopping, refusal, results };
}

const DENIED = [403, "AccessDeniedException"];
const UNAUTHORIZED = [401, "UnauthorizedException"];
const SIGN_IN_PAGE = [407];
const DELETED = [200, ""];
const times = (count, item) => Array.from({ length: count }, () => item);

for (const kind of [DENIED, UNAUTHORIZED, SIGN_IN_PAGE]) {
  test(`ten refusals in a row stop a run: ${kind.join(" ")}`, async () => {
    assert.equal((await refusals(times(9, kind))).isStopping, false);
    const { isStopping, refusal, results } = await refusals(times(10, kind));
    assert.equal(isStopping, true);
    assert.deepEqual(refusal, results[9].error);
  });
}

test("ten refusals that aren't in a row, or not for the same reason, stop nothing", async () => {
  for (const answers of [
    [...times(9, DENIED), DELETED, ...times(9, DENIED)],
    [...times(9, DENIED), ...times(9, UNAUTHORIZED)],
    [...times(9, SIGN_IN_PAGE), [302], ...times(9, SIGN_IN_PAGE)],
    times(12, [404, "ResourceNotFoundException"]),
    times(12, DELETED),
  ]) {
    const { isStopping, refusal } = await refusals(answers);
    assert.deepEqual([isStopping, refusal], [false, undefined]);
  }
});

test("a run that is stopped already doesn't stop because of refusals", async () => {
  const { run, ended } = begin(ids(20), { concurrency: 10 });
  await sent(10);
  run.stop();
  for (const id of ids(10)) await refuse(id, ...DENIED);
  await ended;
  assert.equal(run.refusal, undefined);
});

test("a sign-in is refused by the service, not by a proxy", () => {
  const refused = (status, name) => stoppable.isSignInRefused({ status, name });
  assert.deepEqual([refused(...DENIED), refused(...UNAUTHORIZED)], [true, true]);
  assert.equal(refused(403, "UnexpectedResponseError"), false);
  assert.equal(refused(404, "ResourceNotFoundException"), false);
});

test("a stop says what it waits for, and for how long", () => {
  assert.deepEqual([1, 2].map(stoppable.describeStop), [
    "Stopping: 1 deletion under way may still finish (10 s at most).",
    "Stopping: 2 deletions under way may still finish (10 s at most).",
  ]);
});

// deleteAccessTokens through random schedules: when deletions end, fail and are cancelled, when ids come, when the caller takes results,
// aborts or leaves. A schedule follows from one number: SCHEDULE_SEED=<n> runs that one alone, SCHEDULES=<n> so many.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runSchedule } from "./schedule-run.mjs";
import { scenario } from "./schedule-scenario.mjs";

const SCHEDULES = Number(process.env.SCHEDULES ?? 10_000);

const only = process.env.SCHEDULE_SEED;

const seeds = only === undefined ? Array.from({ length: SCHEDULES }, (_, n) => n) : [Number(only)];

test(`${seeds.length} random schedules keep the rules`, async () => {
  const broken = [];
  for (const seed of seeds) {
    const rules = await runSchedule(seed);
    if (rules.length > 0) broken.push(`SCHEDULE_SEED=${seed}: ${rules.join("; ")}`);
  }
  if (only !== undefined) console.log(scenario(seeds[0]));
  assert.deepEqual(broken.slice(0, 10), [], `${broken.length} schedules break rules`);
});

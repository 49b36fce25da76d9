// One random bulk deletion: everything about it follows from a seed.

import { Random } from "./virtual-time.mjs";

/** Turns until something happens, mostly few. */
const delay = (random, most) => (random.chance(0.4) ? 0 : random.integer(0, most));

const endings = [
  "none",
  "none",
  "break", // after some results
  "return", // at any time
  "throw", // at any time
  "abort", // at any time
  "abort in source", // by the source, in the middle of a step
  "aborted before",
];

/** What a run of this seed is like. */
export function scenario(seed) {
  const random = new Random(seed);
  const source = sourcePlan(random);
  const endsByItself = source.stuckAfter === undefined && !source.isEndless;
  return {
    seed,
    random,
    source,
    concurrency: random.pick([1, 1, 2, 3, 4, 4, 8, 16, 64]),
    checkDelay: delay(random, 5),
    isRefused: random.chance(0.03),
    consumer: consumerPlan(random),
    ending: {
      kind: endsByItself ? random.pick(endings) : random.pick(["return", "throw", "abort"]),
      afterTurns: random.integer(0, 40),
      afterCount: random.integer(1, 12),
    },
    slowestDeletion: random.pick([0, 1, 5, 20]),
    slowestCancel: random.pick([0, 0, 3]),
    failureRate: random.pick([0, 0.2, 1]),
  };
}

function sourcePlan(random) {
  const ids = idsWithRepeats(random);
  const after = (probability) =>
    random.chance(probability) ? random.integer(0, ids.length) : undefined;
  return {
    ids,
    kind: random.pick(["sync", "async", "live"]),
    delayMost: random.pick([0, 0, 2, 10]),
    isEndless: random.chance(0.02),
    throwsAfter: after(0.15),
    stuckAfter: after(0.05),
    throwsAtOpen: random.chance(0.01),
    returns: random.pick(["nothing", "soon", "late", "absent", "throws", "rejects"]),
  };
}

/** Also what is no id: the service's client refuses it at once, as the module does. */
function idsWithRepeats(random) {
  const ids = [];
  const count = random.integer(0, 30);
  for (let index = 0; index < count; index += 1) {
    if (ids.length > 0 && random.chance(0.25)) ids.push(random.pick(ids));
    else ids.push(random.chance(0.05) ? random.pick([7, null, undefined, ""]) : `id-${index}`);
  }
  return ids;
}

const consumerPlan = (random) => ({
  startsAfter: delay(random, 10),
  /** How many steps are asked for side by side. */
  workers: random.chance(0.2) ? random.integer(2, 5) : 1,
  slowest: random.pick([0, 0, 1, 10]),
});

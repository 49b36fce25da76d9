// Runs one schedule of deleteAccessTokens: no module, no network and no timer, a client of its own.

import { deleteAccessTokens } from "../../pkg-template/bulk.js";
import { Observation } from "./schedule-observation.mjs";
import { scenario } from "./schedule-scenario.mjs";
import { createSource, sourceError } from "./schedule-source.mjs";
import { VirtualTime } from "./virtual-time.mjs";

/** The rules that the schedule of this seed breaks; none if all is well. */
export async function runSchedule(seed) {
  const plan = scenario(seed);
  const world = {
    time: new VirtualTime(plan.random),
    random: plan.random,
    observation: new Observation(plan.concurrency),
    onPull: () => {},
  };
  const restore = virtualMessages(world);
  try {
    await run(plan, world);
  } catch (error) {
    world.observation.violations.push(String(error));
  } finally {
    restore();
  }
  return [...new Set(world.observation.violations)];
}

async function run(plan, world) {
  const { time, observation } = world;
  const controller = observedController(observation);
  if (plan.ending.kind === "aborted before") controller.abort("reason");
  const source = /** @type {any} */ (createSource(plan.source, world));
  const client = createClient(plan, world);
  const options = { signal: controller.signal };
  const iterator = deleteAccessTokens(client, "token", source, options);
  observation.expect(observation.opened === 1, "the source is opened in the call");

  scheduleEnding(plan, world, iterator, controller);
  consume(plan, world, iterator).then(() => (observation.hasSettled = true));
  await time.run(() => observation.checkTurn());
  observation.checkEnd(plan);
}

// ------------------------------------------------------------------- the client

/**
 * What bulk.js knows of client.js; its deletions take virtual turns.
 * @returns {any}
 */
function createClient(plan, { time, random, observation }) {
  return {
    async checkBulkOptions() {
      if (plan.checkDelay > 0) await time.sleep(plan.checkDelay);
      if (plan.isRefused) {
        observation.refuse();
        throw { name: "refused" };
      }
      observation.isRunning = true;
      return plan.concurrency;
    },
    async argumentError(_token, argument, thrown) {
      observation.expect(thrown === sourceError, "the cause is what the source threw");
      return { name: `${argument} threw` };
    },
    async abortError(_token, reason) {
      observation.expect(reason === "reason", "the signal's reason is passed on");
      return { name: "aborted" };
    },
    deleteOneOfMany(_token, id, { signal }) {
      observation.begin(id, signal);
      return deletion(plan, { time, random, observation }, id, signal);
    },
  };
}

function deletion(plan, { time, random, observation }, id, signal) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      if (observation.begun.get(id) === "ended") return;
      signal.removeListener(cancel);
      observation.deletionEnds(id);
      settle(value);
    };
    const soonOrLater = (turns, act) => (turns === 0 ? act() : time.after(turns, act));
    const cancel = () => {
      observation.cancelled.add(id);
      const turns = random.integer(0, plan.slowestCancel);
      soonOrLater(turns, () => end(reject, { name: "AbortError" }));
    };
    signal.addListener(cancel);
    const fails = random.chance(plan.failureRate);
    const turns = typeof id === "string" && id !== "" ? random.integer(0, plan.slowestDeletion) : 0;
    soonOrLater(turns, () => end(fails ? reject : resolve, fails ? { name: "failed" } : {}));
  });
}

// ----------------------------------------------------------------- the consumer

/** Takes results until there are no more. */
async function consume(plan, world, iterator) {
  await world.time.sleep(plan.consumer.startsAfter);
  await Promise.all(
    Array.from({ length: plan.consumer.workers }, () => work(plan, world, iterator)),
  );
}

async function work(plan, world, iterator) {
  const { observation } = world;
  try {
    for (;;) {
      observation.steps += 1;
      const { done, value } = await iterator.next();
      if (done) break;
      observation.deliver(value);
      await digest(plan, world, iterator);
    }
    observation.settle("done");
  } catch (error) {
    observation.settle(error.name);
  }
}

/** What a caller does in the body of the loop. */
async function digest(plan, world, iterator) {
  const { time, random, observation } = world;
  if (plan.ending.kind === "break" && observation.delivered.length === plan.ending.afterCount)
    await leave(world, iterator);
  const turns = random.integer(0, plan.consumer.slowest);
  if (turns > 0) await time.sleep(turns);
}

// --------------------------------------------------------------------- the end

function scheduleEnding({ ending }, world, iterator, controller) {
  const { time, observation } = world;
  const abort = () => {
    observation.stop("aborted");
    controller.abort("reason");
  };
  if (ending.kind === "aborted before") observation.stop("aborted");
  if (ending.kind === "abort") time.after(ending.afterTurns, abort);
  if (ending.kind === "return") time.after(ending.afterTurns, () => leave(world, iterator));
  if (ending.kind === "throw") time.after(ending.afterTurns, () => leaveByError(world, iterator));
  if (ending.kind === "abort in source")
    world.onPull = (position) => position === ending.afterCount && abort();
}

async function leave({ observation }, iterator) {
  observation.stop("left");
  observation.leaving += 1;
  const left = iterator.return("left");
  checkCancelled(observation);
  const { done, value } = await left;
  observation.leaving -= 1;
  observation.expect(done && value === "left", "return() gives what it was given");
}

async function leaveByError({ observation }, iterator) {
  const error = new Error("the loop is left");
  observation.stop("left");
  observation.leaving += 1;
  const left = iterator.throw(error);
  checkCancelled(observation);
  const thrown = await left.catch((reason) => reason);
  observation.leaving -= 1;
  observation.expect(thrown === error, "throw() rejects with what it was given");
}

/** Leaving cancels within the call itself. */
function checkCancelled(observation) {
  if (observation.outcome !== undefined) return;
  for (const [id, state] of observation.begun)
    observation.expect(
      state === "ended" || observation.cancelled.has(id),
      "leaving cancels what is under way",
    );
}

/** A controller whose signal counts its listeners. */
function observedController(observation) {
  const controller = new AbortController();
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type, listener) => {
    observation.listeners += 1;
    add(type, listener);
  };
  signal.removeEventListener = (type, listener) => {
    observation.listeners -= 1;
    remove(type, listener);
  };
  return controller;
}

/** Messages that the scheduler sends itself to let other tasks go first arrive a turn later. */
function virtualMessages({ time, observation }) {
  const original = globalThis.MessageChannel;
  class Channel {
    port1 = { close: () => {}, onmessage: () => {} };
    port2 = {
      postMessage: () => {
        observation.isResting = true;
        time.after(8, () => {
          observation.isResting = false;
          this.port1.onmessage();
        });
      },
    };
  }
  globalThis.MessageChannel = /** @type {any} */ (Channel);
  return () => (globalThis.MessageChannel = original);
}

// npm run test:long: what npm test does in short, for much longer. LONG_MINUTES=<n> is how long each
// target is fuzzed; the rest takes some ten minutes.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { countNode, countRust, main } from "./checks.mjs";
import { setUp, setUpFuzzing } from "./setup.mjs";
import { root, run } from "./tools.mjs";

const MINUTES = Number(process.env.LONG_MINUTES ?? 5);

const TARGETS = ["dates", "ids", "lists", "messages", "responses"];

/** @type {import("./checks.mjs").Checks} */
const checks = {
  "1,000,000 schedules of the simulation": () =>
    native("simulation", { SIMULATION_SCHEDULES: "1000000" }),
  "2,000,000 inputs made of each target's seeds": () => native("fuzz", { FUZZ_INPUTS: "2000000" }),
  "the package builds": () => build(),
  "200,000 schedules of deleteAccessTokens": () =>
    packageTest("schedules", { SCHEDULES: "200000" }),
  "100,000 calls with hostile values": () => packageTest("hostile", { HOSTILE_CALLS: "100000" }),
  "replies that break off after each byte": () => packageTest("cut-replies"),
  "100,000 deletions in Node and in Chromium": () =>
    packageTest("soak", { SOAK_DELETIONS: "100000" }),
  // Not in npm test: on a busy machine the first message to the background page may get lost.
  "the extension in Firefox": async () => {
    const file = join(root, "tests/long/extension-firefox.test.mjs");
    return countNode(await run(process.execPath, ["--test", file]));
  },
  "botocore finds what is recorded": () => awsCheck("botocore"),
  "the real AWS CLI and ours renew each other's logins": () => awsCheck("aws-cli"),
};

/**
 * Some of the core's native tests. In release mode, where the overflow checks of debug mode stay on.
 * @param {string} filter
 * @param {NodeJS.ProcessEnv} env
 */
async function native(filter, env) {
  const checked = {
    CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS: "true",
    CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS: "true",
    CARGO_PROFILE_RELEASE_OPT_LEVEL: "2",
    CARGO_PROFILE_RELEASE_LTO: "off",
    CARGO_TARGET_DIR: join(root, "target/long"),
  };
  const args = ["test", "--locked", "--release", "--test", "native", filter];
  return countRust(await run("cargo", args, { env: { ...checked, ...env } }));
}

/**
 * One file of the package's tests.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 */
async function packageTest(name, env) {
  const file = join(root, "tests/package", `${name}.test.mjs`);
  return countNode(await run(process.execPath, ["--test", file], { env }));
}

/**
 * A check that installs botocore and the AWS CLI. It fails where they can't be had.
 * @param {string} name
 */
async function awsCheck(name) {
  const { stdout } = await run(process.execPath, [join(root, "tests/long", `${name}.mjs`)]);
  return Number(/^(\d+) passed/m.exec(stdout)?.[1] ?? 0);
}

/**
 * Fuzzes a target by coverage. What it finds interesting stays in target/, for the next time.
 * @param {string} target
 */
async function fuzz(target) {
  const corpus = join(root, "target/fuzz-corpus", target);
  await mkdir(corpus, { recursive: true });
  const limits = [`-max_total_time=${MINUTES * 60}`, "-timeout=10", "-max_len=20000"];
  const options = ["-dict=dictionary.txt", "-print_final_stats=1", ...limits];
  // No sanitizer: there is no unsafe code to find fault with.
  const args = ["fuzz", "run", "--sanitizer", "none", target, corpus, `seeds/${target}`];
  const env = { CARGO_TARGET_DIR: join(root, "target/fuzz") };
  const { printed } = await run("cargo", [...args, "--", ...options], {
    cwd: join(root, "fuzz"),
    env,
  });
  const [, inputs] = /number_of_executed_units:\s*(\d+)/.exec(printed) ?? [];
  const [, branches] = /DONE\s+cov: (\d+)/.exec(printed) ?? [];
  return `${Number(inputs).toLocaleString("en")} inputs, ${branches} branches`;
}

/** Adds the coverage-guided checks if this machine can run them. */
async function prepare() {
  await setUp({ tests: true });
  if (await setUpFuzzing()) {
    for (const target of TARGETS)
      checks[`${target}, fuzzed for ${MINUTES} min`] = () => fuzz(target);
  } else {
    console.log("cargo-fuzz can't be had here: nothing is fuzzed by coverage");
  }
}

await main(prepare, checks);

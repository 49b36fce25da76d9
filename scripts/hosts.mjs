// Runs tests/boundary.rs, one suite, in each host.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { found } from "./system.mjs";
import { ProgramError, root, run, wasmTarget } from "./tools.mjs";

// Chromium's sandbox does not work for root. The rest keeps it quiet: tests visit loopback only.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** How Chromium is started, for these tests and for those of the package. */
export const chromiumOptions = () => ({
  executablePath: found("chromium", "google-chrome"),
  args: ["--headless=new", "--disable-gpu", ...sandbox, ...quiet],
});

const page = { WASM_BINDGEN_USE_BROWSER: "1" };
const worker = { WASM_BINDGEN_USE_DEDICATED_WORKER: "1" };
const chromium = () => ({ CHROMEDRIVER: found("chromedriver") });
const firefox = () => ({ GECKODRIVER: found("geckodriver") });

/** @type {Record<string, () => NodeJS.ProcessEnv>} */
const hosts = {
  Node: () => ({ WASM_BINDGEN_USE_NODE_EXPERIMENTAL: "1" }),
  "Chromium, page": () => ({ ...page, ...chromium() }),
  "Chromium, dedicated worker": () => ({ ...worker, ...chromium() }),
  "Firefox, page": () => ({ ...page, ...firefox() }),
  "Firefox, dedicated worker": () => ({ ...worker, ...firefox() }),
};

/** Runs the suite in each host. Gives the number of tests; fails if one fails or a host ran none. */
export async function testHosts() {
  await bundleBoundaryTests();
  const env = {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: await capabilities(),
    WASM_BINDGEN_TEST_TIMEOUT: "240",
  };
  // Node comes first, because its run builds the tests. Then the two browsers run side by side.
  const counts = [
    await testIn(["Node"], env),
    ...(await Promise.all([testIn(hostsOf("Chromium"), env), testIn(hostsOf("Firefox"), env)])),
  ];
  return counts.reduce((sum, count) => sum + count);
}

const hostsOf = (/** @type {string} */ browser) =>
  Object.keys(hosts).filter((host) => host.startsWith(browser));

/**
 * Runs the suite in some hosts, one after the other. Gives the number of tests.
 * @param {string[]} names
 * @param {NodeJS.ProcessEnv} env
 */
async function testIn(names, env) {
  let total = 0;
  for (const host of names) {
    const { printed } = await suite({ ...env, ...hosts[host]?.() });
    // The runner also succeeds if it skips the suite.
    const count = Number(/test result: ok\. (\d+) passed/.exec(printed)?.[1] ?? 0);
    if (count === 0) throw new Error(`${host} ran no test\n${printed}`);
    console.log(`        ${host}: ${count} tests`);
    total += count;
  }
  return total;
}

// The runner reads the page's text through the browser's driver while tests run, and some of them
// replace globals of the page, timers among them: if it reads just then, it gives up with one of
// these errors, or never comes back and is killed.
const RUNNER_ERROR =
  /^error: (missing field `chunk`|unexpected response from execute\/sync)|signal: 9|ended with SIGKILL$/im;

/** A host takes some 20 seconds, and building the tests a minute, on a quiet machine. */
const SUITE_TIMEOUT_MS = 240_000;

/**
 * Runs the suite in one host.
 * @param {NodeJS.ProcessEnv} env
 * @returns {ReturnType<typeof run>}
 */
async function suite(env, tries = 4) {
  try {
    const args = ["test", "--locked", ...wasmTarget, "--test", "boundary"];
    return await run("cargo", args, { env, timeoutMs: SUITE_TIMEOUT_MS });
  } catch (error) {
    const isRunner = error instanceof ProgramError && RUNNER_ERROR.test(error.message);
    if (!isRunner || tries === 1) throw error;
    return suite(env, tries - 1);
  }
}

/** Bundles the tests in JavaScript. Rust looks for the file when it compiles tests/boundary.rs. */
export async function bundleBoundaryTests() {
  const { build } = await import("esbuild");
  const outfile = join(root, "target/boundary.js");
  await build({
    entryPoints: [join(root, "tests/boundary/index.js")],
    bundle: true,
    outfile,
    format: "esm",
    charset: "utf8",
  });
}

/** Writes how to start the browsers into the file that the test runner reads, and gives its path. */
async function capabilities() {
  const { executablePath, args } = chromiumOptions();
  const json = {
    "goog:chromeOptions": { binary: executablePath, args },
    "moz:firefoxOptions": { binary: found("firefox", "firefox-esr"), args: ["-headless"] },
  };
  const file = join(root, "target/webdriver.json");
  await mkdir(join(root, "target"), { recursive: true });
  await writeFile(file, JSON.stringify(json));
  return file;
}

if (process.argv[1] === import.meta.filename) await testHosts();

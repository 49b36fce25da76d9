// The tests of one file, and what each of them is given.

import { describe, fail } from "./assert.js";
import { createCalls } from "./calls.js";
import { checkForLeaks, unhandledErrors } from "./checks.js";
import { attempt } from "./host.js";
import { randomToken } from "./secrets.js";
import { createFetchMock, createStubs, recordListeners, recordTimers } from "./stubs.js";

/** @typedef {ReturnType<typeof createFixtures>} Fixtures */

let origins = 0;

function createFixtures() {
  const { stub, stubProperty, restore } = createStubs();
  const token = randomToken();
  // No two tests share a retry quota.
  const origin = `https://test-${++origins}.example`;
  // Retries don't wait.
  stub(Math, "random", () => 0);
  const timers = recordTimers(stub);
  const listeners = recordListeners(stub);
  const { requests, mockFetch } = createFetchMock(stub);
  unhandledErrors.length = 0;
  const calls = createCalls({ requests, token, origin });
  return {
    stub,
    stubProperty,
    restore,
    token,
    origin,
    timers,
    listeners,
    requests,
    mockFetch,
    ...calls,
  };
}

/** @param {(fixtures: Fixtures) => unknown} body */
async function runIsolated(body) {
  const fixtures = createFixtures();
  try {
    await body(fixtures);
    await checkForLeaks(fixtures);
  } finally {
    fixtures.restore();
  }
}

// In Firefox, the stack doesn't begin with the message.
const stackOf = (/** @type {any} */ error) => {
  const message = describe(error);
  const stack = attempt(() => error.stack) ?? "";
  return stack.startsWith(message) ? stack : `${message}\n${stack}`;
};

/**
 * @template Row
 * @param {readonly Row[]} rows
 * @param {(fixtures: Fixtures, row: Row) => unknown} body
 */
async function runEach(rows, body) {
  /** @type {string[]} */
  const failures = [];
  for (const [index, row] of rows.entries()) {
    await runIsolated((fixtures) => body(fixtures, row)).catch((error) =>
      failures.push(`row ${index} (${describe(row)}): ${stackOf(error)}`),
    );
  }
  if (failures.length > 0) fail(failures.join("\n"));
}

/**
 * Collects the tests of one file. In Rust, a test's name is its title with underscores.
 */
export function createSuite() {
  /** @type {Map<string, () => Promise<void>>} */
  const tests = new Map();
  const add = (/** @type {string} */ title, /** @type {() => Promise<void>} */ run) => {
    const name = title.replaceAll(" ", "_");
    if (tests.has(name)) fail(`two tests are called "${title}"`);
    tests.set(name, run);
  };
  return {
    /**
     * @param {string} title
     * @param {(fixtures: Fixtures) => unknown} body
     */
    test: (title, body) => add(title, () => runIsolated(body)),
    /**
     * Runs a test once for each row of a table.
     * @template const Row
     * @param {string} title
     * @param {readonly Row[]} rows
     * @param {(fixtures: Fixtures, row: Row) => unknown} body
     */
    testEach: (title, rows, body) => add(title, () => runEach(rows, body)),
    /** @param {string} name */
    run: async (name) => await (tests.get(name) ?? fail(`there is no test ${name}`))(),
    names: () => [...tests.keys()],
  };
}

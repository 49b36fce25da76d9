// All files of tests, by the names that they have in Rust. scripts/hosts.mjs bundles them: so many
// modules at once make the server of the test runner wait for ever, now and then.

import { suite as aborts } from "./aborts.js";
import { suite as argumentsSuite } from "./arguments.js";
import { suite as bodies } from "./bodies.js";
import { suite as bulk } from "./bulk.js";
import { suite as callbacks } from "./callbacks.js";
import { suite as causes } from "./causes.js";
import { suite as concurrency } from "./concurrency.js";
import { suite as fakeTimers } from "./fake-timers.js";
import { suite as fetchResults } from "./fetch-results.js";
import { suite as globals } from "./globals.js";
import { suite as leaks } from "./leaks.js";
import { suite as listPages } from "./list-pages.js";
import { suite as notSent } from "./not-sent.js";
import { suite as options } from "./options.js";
import { suite as prototypes } from "./prototypes.js";
import { suite as quotations } from "./quotations.js";
import { suite as realms } from "./realms.js";
import { suite as requests } from "./requests.js";
import { suite as responses } from "./responses.js";
import { suite as retries } from "./retries.js";
import { suite as thrownValues } from "./thrown-values.js";
import { suite as timeouts } from "./timeouts.js";

export { connect } from "./support/edge.js";

/** @type {Record<string, ReturnType<typeof import("./support/suite.js").createSuite>>} */
const suites = {
  aborts,
  arguments: argumentsSuite,
  bodies,
  bulk,
  callbacks,
  causes,
  concurrency,
  fake_timers: fakeTimers,
  fetch_results: fetchResults,
  globals,
  leaks,
  list_pages: listPages,
  not_sent: notSent,
  options,
  prototypes,
  quotations,
  realms,
  requests,
  responses,
  retries,
  thrown_values: thrownValues,
  timeouts,
};

export const files = () => Object.keys(suites);

/** @param {string} file */
export const names = (file) => suites[file]?.names() ?? [];

/**
 * @param {string} file
 * @param {string} name
 */
export const run = (file, name) => suites[file]?.run(name);

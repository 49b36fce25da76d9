// npm run test:guides: follows each guide as a stranger would, in an empty folder, top to bottom.
// `npm run test:guides -- nightly-job` follows that one. A guide is Markdown as usual:
//
// - A file to write: a block after a line that ends with a link to it and a colon, such as
//   [job.mjs](../../examples/nightly-job/job.mjs): The reader writes `job.mjs`; the block must be that
//   file of examples, word for word.
// - Commands: a block of `sh`. Each block runs in a terminal of its own in the guide's folder, and
//   fails if a command fails. `npm install codecatalyst-pat` installs the packed archive. npm test
//   follows the guides that need only packages which this repository has, and links those.
// - What they print: a block of `text` after them, compared with all that they printed. `…` stands for
//   anything in a line, or alone on a line for any lines; a date and time stands for any other.
// - `sh background` is a program that goes on, while the reader carries on in another terminal. The
//   next step begins once it has printed the `text` after it.
// - `sh by-hand` is a step that no machine can do, such as signing in on a web page: the text before it
//   says so to the reader. It is listed, and doesn't count.
//
// The reader's folder is `~/NAME` for the guide NAME.md. The reader is signed in by the profile
// `codecatalyst`, as the sample user "ana" of the stand-in for the service. The variable
// AWS_ENDPOINT_URL_CODECATALYST has its URL, which the command line and the AWS SDK obey; code of a
// guide passes it as the option `endpoint`.
//
// What commands can't show (a page in a browser, a workflow), `tests/guides/NAME.mjs` checks after the
// last step: `check(reader)` gives how many checks it made. It may also export `missing()`: what the guide
// needs and this machine hasn't got. Such a guide is said not to be followed, and doesn't count. And it
// may export `environment`: variables that the reader's terminals have besides.

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { newReader } from "../tests/guides/reader.mjs";
import { packagesOf, stepsOf } from "../tests/guides/steps.mjs";
import { main } from "./checks.mjs";
import { pack } from "./pack.mjs";
import { messageOf } from "./system.mjs";
import { npmProgram, root } from "./tools.mjs";

/** @import { Reader } from "../tests/guides/reader.mjs" */
/** @import { Step } from "../tests/guides/steps.mjs" */

const GUIDES = "docs/guides";

/**
 * A guide, and what it tells its reader to do.
 * @typedef {{ file: string, steps: Step[] }} Guide
 */

/**
 * What may be known of a guide besides.
 * @typedef {object} More
 * @property {(reader: Reader) => Promise<number>} [check]
 * @property {() => string | undefined} [missing]
 * @property {NodeJS.ProcessEnv} [environment]
 */

/** All guides. */
async function allGuides() {
  const names = (await readdir(join(root, GUIDES))).filter((name) => name.endsWith(".md"));
  return Promise.all(names.map((name) => readGuide(`${GUIDES}/${name}`)));
}

/** @param {string} file @returns {Promise<Guide>} */
async function readGuide(file) {
  try {
    return { file, steps: stepsOf(await readFile(join(root, file), "utf8")) };
  } catch (error) {
    throw new Error(`${file}, ${messageOf(error)}`);
  }
}

/**
 * Follows a guide to its end. Says how many steps were checked, and which are left to people.
 * @param {Guide} guide
 * @param {Record<string, string>} places where npm takes packages from
 * @param {{ offline?: boolean }} [options] whether npm may ask its registry for others
 */
export async function follow({ file, steps }, places, { offline = false } = {}) {
  const name = basename(file, ".md");
  const { check, environment } = await moreOf(name);
  const reader = await newReader(name, places, { offline, environment });
  try {
    for (const step of steps) await doStep(reader, file, step);
    const count = steps.filter(isChecked).length + ((await check?.(reader)) ?? 0);
    if (count === 0) throw new Error(`${file} has no step that is checked`);
    return { count, byHand: steps.filter(isByHand).map((step) => `${file}:${step.line}`) };
  } finally {
    await reader.close();
  }
}

const isByHand = (/** @type {Step} */ step) => step.kind === "run" && step.mode === "by-hand";
const isChecked = (/** @type {Step} */ step) => step.kind === "run" && step.mode !== "by-hand";

/**
 * @param {Reader} reader
 * @param {string} file
 * @param {Step} step
 */
async function doStep(reader, file, step) {
  if (isByHand(step)) return;
  try {
    await (step.kind === "write" ? reader.write(step) : reader.run(step));
  } catch (error) {
    throw new Error(`${file}:${step.line}: ${messageOf(error)}`);
  }
}

/**
 * What there is in `tests/guides` for a guide.
 * @param {string} name
 * @returns {Promise<More>}
 */
async function moreOf(name) {
  const file = join(root, "tests/guides", `${name}.mjs`);
  return existsSync(file) ? import(file) : {};
}

/**
 * Leaves out the guides that can't be followed on this machine, and says so.
 * @param {Guide[]} guides
 */
async function possible(guides) {
  const kept = [];
  for (const guide of guides) {
    const missing = (await moreOf(basename(guide.file, ".md"))).missing?.();
    if (missing) console.log(`not here ${guide.file}: ${missing}`);
    else kept.push(guide);
  }
  return kept;
}

/** The packed archive, as npm finds it. */
const ours = async () => ({ "codecatalyst-pat": await pack(join(root, "target/guides")) });

/**
 * The guides that need no other packages than this repository has, and where npm finds those: so they
 * can be followed in seconds, and offline.
 */
export async function quickGuides() {
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const others = Object.keys(devDependencies).map((name) => [name, npmProgram(name)]);
  const places = { ...Object.fromEntries(others), ...(await ours()) };
  const isQuick = (/** @type {Guide} */ { steps }) =>
    packagesOf(steps).every((name) => name in places);
  return { guides: await possible((await allGuides()).filter(isQuick)), places };
}

if (process.argv[1] === import.meta.filename) {
  const files = process.argv.slice(2).map((name) => `${GUIDES}/${name}.md`);
  const asked = await (files.length > 0 ? Promise.all(files.map(readGuide)) : allGuides());
  const guides = await possible(asked);
  let places = {};
  const toCheck = (/** @type {Guide} */ guide) => async () => {
    const { count, byHand } = await follow(guide, places);
    return [`${count} steps`, ...byHand.map((place) => `by hand: ${place}`)].join(", ");
  };
  const checks = Object.fromEntries(guides.map((guide) => [guide.file, toCheck(guide)]));
  await main(async () => {
    places = await ours();
  }, checks);
}

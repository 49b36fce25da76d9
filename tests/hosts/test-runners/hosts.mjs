// Test runners, which put worlds of their own around the package.

/** @import { Host } from "../types.ts" */

const jest = { jest: "30.5.2", esbuild: "0.28.2" };
const babel = {
  ...jest,
  "@babel/core": "7.29.13",
  "@babel/preset-env": "7.29.14",
  "babel-jest": "30.5.2",
};
// Jest's page as it is, and one that has Node's `fetch`, as authors of tests for pages use it.
const jsdom = { ...jest, "jest-environment-jsdom": "30.5.2", "jest-fixed-jsdom": "0.0.11" };
const vitest = { vitest: "5.1.2", jsdom: "29.1.1", "happy-dom": "21.0.4" };

// Jest's own modules are CommonJS by default.
const toCommonJs = [
  ...["node_modules/.bin/esbuild", "report.mjs", "--bundle", "--format=cjs"],
  ...["--log-level=error", "--outfile=report.cjs"],
];

/** @param {string} runner @param {string[]} args for Node */
const run = (runner, ...args) => ["node", "run.mjs", runner, ...args];

const JEST = "node_modules/jest/bin/jest.js";
const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--globals"];

/** @type {Host[]} */
export default [
  {
    name: "Jest, CommonJS",
    needs: jest,
    commands: [toCommonJs, run("jest", JEST, "--config={}", "commonjs.test.cjs")],
  },
  {
    name: "Jest, vm modules",
    needs: jest,
    commands: [
      run(
        "jest",
        "--no-warnings",
        "--experimental-vm-modules",
        JEST,
        "--config={}",
        "modules.test.mjs",
      ),
    ],
  },
  {
    name: "Jest, Babel without targets",
    needs: babel,
    commands: [toCommonJs, run("jest", JEST, "--config=jest-babel.config.json", "babel.test.js")],
  },
  {
    name: "Jest, jsdom",
    needs: jsdom,
    commands: [run("jest", JEST, "--config={}", "--env=jsdom", "bare-jsdom.test.cjs")],
  },
  {
    name: "Jest, jsdom with Node's fetch",
    needs: jsdom,
    commands: [
      toCommonJs,
      run("jest", JEST, "--config={}", "--env=jest-fixed-jsdom", "commonjs.test.cjs"),
    ],
  },
  ...["node", "jsdom", "happy-dom"].map((environment) => ({
    name: `Vitest, ${environment}`,
    needs: vitest,
    commands: [run("vitest", ...VITEST, "modules.test.mjs", `--environment=${environment}`)],
  })),
  {
    name: "Vitest, fake timers",
    needs: vitest,
    commands: [run("vitest", ...VITEST, "fake-timers.test.mjs")],
  },
];

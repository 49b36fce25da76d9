// Bundlers, with their defaults: what they make of the package runs in Chromium.

import { join } from "node:path";

/** @import { Host } from "../types.ts" */

const IN_CHROMIUM = ["node", join(import.meta.dirname, "../in-chromium.mjs")];
const VITE_DEV = ["node", "vite-dev.mjs", join(import.meta.dirname, "../chromium.mjs")];

const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`;

const VITE = { vite: "8.3.8" };

/** The page itself imports the package, or a worker of it. */
const PAGES = ["main", "streaming", "worker", "streaming-worker"];

/**
 * @typedef {object} Bundler
 * @property {string} package the one whose version is told
 * @property {Record<string, string>} needs
 * @property {(entry: string) => string[]} build into the folder dist
 * @property {string[]} [entries] scripts of this project; those of `codecatalyst-pat/streaming` are for
 * bundlers that understand `new URL("…", import.meta.url)`
 */

/** @type {Record<string, Bundler>} */
const BUNDLERS = {
  Vite: {
    package: "vite",
    needs: VITE,
    build: (entry) => [bin("vite"), "build", "--mode", entry],
    entries: PAGES,
  },
  webpack: {
    package: "webpack",
    needs: { webpack: "5.113.0", "webpack-cli": "7.3.1" },
    build: (entry) => [bin("webpack"), "--mode=production", `--entry=./${entry}.mjs`, "-o", "dist"],
    entries: PAGES,
  },
  "webpack and Babel, ES5": {
    package: "webpack",
    needs: {
      webpack: "5.113.0",
      "webpack-cli": "7.3.1",
      "babel-loader": "10.1.1",
      "@babel/core": "8.1.3",
      "@babel/preset-env": "8.0.7",
    },
    build: (entry) => [
      ...[bin("webpack"), "--config=webpack-babel.config.cjs"],
      ...[`--entry=./${entry}.mjs`, "-o", "dist"],
    ],
    entries: PAGES,
  },
  Rspack: {
    package: "@rspack/core",
    needs: { "@rspack/core": "2.3.3", "@rspack/cli": "2.2.8" },
    build: (entry) => [
      bin("rspack"),
      "build",
      "--mode=production",
      `--entry=./${entry}.mjs`,
      "-o",
      "dist",
    ],
    entries: PAGES,
  },
  Rollup: {
    package: "rollup",
    needs: { rollup: "4.68.8", "@rollup/plugin-node-resolve": "16.0.3" },
    build: (entry) => [bin("rollup"), `${entry}.mjs`, "-p", "node-resolve", "-d", "dist"],
  },
  Rolldown: {
    package: "rolldown",
    needs: { rolldown: "1.3.3" },
    build: (entry) => [bin("rolldown"), `${entry}.mjs`, "-d", "dist"],
  },
  esbuild: {
    package: "esbuild",
    needs: { esbuild: "0.28.2" },
    build: (entry) => [bin("esbuild"), `${entry}.mjs`, "--bundle", "--format=esm", "--outdir=dist"],
  },
  "esbuild, utf8": {
    package: "esbuild",
    needs: { esbuild: "0.28.2" },
    build: (entry) => [
      ...[bin("esbuild"), `${entry}.mjs`, "--bundle", "--minify"],
      ...["--charset=utf8", "--outdir=dist"],
    ],
  },
  Parcel: {
    package: "parcel",
    needs: { parcel: "2.16.4" },
    build: (entry) => [bin("parcel"), "build", `${entry}.html`, "--dist-dir=dist", "--no-cache"],
    entries: PAGES,
  },
};

/**
 * What a bundler makes of an entry, served with a charset and without.
 * @param {string} name
 * @param {Bundler} bundler
 * @param {string} entry
 * @returns {Host[]}
 */
const builtHosts = (name, bundler, entry) => {
  const serve = (/** @type {string} */ charset) => [...IN_CHROMIUM, name, bundler.package, charset];
  const { needs, build } = bundler;
  return [
    {
      name: `${name}: ${entry}, utf-8`,
      needs,
      commands: [["rm", "-rf", "dist"], build(entry), serve("utf-8")],
    },
    // What the one before has built.
    { name: `${name}: ${entry}, no charset`, needs, commands: [serve("none")] },
  ];
};

/** @type {Host[]} */
export default [
  ...PAGES.map((entry) => ({
    name: `Vite, development server: ${entry}`,
    needs: VITE,
    commands: [[...VITE_DEV, entry]],
  })),
  ...Object.entries(BUNDLERS).flatMap(([name, bundler]) =>
    (bundler.entries ?? ["main"]).flatMap((entry) => builtHosts(name, bundler, entry)),
  ),
];

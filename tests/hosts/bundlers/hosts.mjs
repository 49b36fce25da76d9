// Bundlers, with their defaults: what they make of the package runs in Chromium.

import { join } from "node:path";

/** @import { Host } from "../types.ts" */

const IN_CHROMIUM = ["node", join(import.meta.dirname, "../in-chromium.mjs")];

const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`;

/**
 * @typedef {object} Bundler
 * @property {string} package the one whose version is told
 * @property {Record<string, string>} needs
 * @property {(entry: string) => string[]} build into the folder dist
 * @property {boolean} [takesUrls] whether it understands `new URL("…", import.meta.url)`
 */

/** @type {Record<string, Bundler>} */
const BUNDLERS = {
  Vite: {
    package: "vite",
    needs: { vite: "8.3.8" },
    build: (entry) => [bin("vite"), "build", "--config", `${entry}.vite.config.mjs`],
    takesUrls: true,
  },
  webpack: {
    package: "webpack",
    needs: { webpack: "5.113.0", "webpack-cli": "7.3.1" },
    build: (entry) => [bin("webpack"), "--mode=production", `--entry=./${entry}.mjs`, "-o", "dist"],
    takesUrls: true,
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
    takesUrls: true,
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
    takesUrls: true,
  },
};

/** @type {Host[]} */
export default Object.entries(BUNDLERS).flatMap(([name, bundler]) => {
  const host = (/** @type {string} */ entry, /** @type {string} */ charset) => ({
    name: `${name}: ${entry}, ${charset === "none" ? "no charset" : charset}`,
    needs: bundler.needs,
    commands: [
      ["rm", "-rf", "dist"],
      bundler.build(entry),
      [...IN_CHROMIUM, name, bundler.package, charset],
    ],
  });
  const hosts = [host("main", "utf-8"), host("main", "none")];
  return bundler.takesUrls ? [...hosts, host("streaming", "utf-8")] : hosts;
});

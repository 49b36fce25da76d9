// What was measured, and where, in general words.

import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { chromiumOptions } from "../scripts/hosts.mjs";
import { manifest } from "./contenders.mjs";

const TOOLS = ["esbuild", "vite"];

async function chromiumVersion() {
  const { executablePath = "chromium" } = chromiumOptions();
  const { stdout } = await promisify(execFile)(executablePath, ["--version"]);
  return /[\d.]+/.exec(stdout)?.[0] ?? "unknown";
}

/**
 * @param {import("./types.ts").Bench} bench
 * @returns {Promise<import("./types.ts").Circumstances>}
 */
export async function circumstances({ folder, contenders }) {
  const names = [...contenders.flatMap(({ packages }) => packages), ...TOOLS];
  const versions = await Promise.all(
    names.map(async (name) => [name, (await manifest(folder, name)).version]),
  );
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${availableParallelism()} cores, Node ${process.versions.node}`,
    versions: { ...Object.fromEntries(versions), Chromium: await chromiumVersion() },
  };
}

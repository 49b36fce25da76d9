// botocore and the AWS CLI, installed from PyPI into a folder of their own.

import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { root, run } from "../../scripts/tools.mjs";

// The AWS CLI of this version requires the botocore of the other.
const REQUIREMENTS = ["awscli==1.46.3", "botocore==1.43.62"];

const folder = join(root, "target/long/aws");

/**
 * Installs them unless they are there, and gives the path of their Python. Needs Python 3 with its
 * module venv. The AWS CLI is its module `awscli`.
 */
export async function awsPrograms() {
  if (!existsSync(folder)) await install();
  return { python: join(folder, "bin/python") };
}

async function install() {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await run("python3", ["-m", "venv", unfinished]);
  await run(join(unfinished, "bin/python"), ["-m", "pip", "install", "--quiet", ...REQUIREMENTS]);
  await rename(unfinished, folder);
}

/**
 * Runs a check that needs them. Where they can't be had, it has not passed: the exit code is 1, and
 * the reason is printed.
 *
 * @param {string} name
 * @param {(programs: { python: string }) => Promise<void>} act
 */
export async function withAwsPrograms(name, act) {
  const programs = await awsPrograms().catch((error) => {
    console.error(`NOT RUN: ${name}. botocore and the AWS CLI can't be had: ${error.message}`);
    return undefined;
  });
  if (programs === undefined) process.exitCode = 1;
  else await act(programs);
}

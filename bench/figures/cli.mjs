// The command line beside the AWS CLI: whole processes, over loopback.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { manifest } from "../contenders.mjs";
import { timeProgram } from "../processes.mjs";
import { figure, takeTurns } from "../rounds.mjs";

const ID = "4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01";
const AWS = "AWS CLI";
export const OUR_CLI = "codecatalyst-pat (command line)";
const run = promisify(execFile);

/** The AWS CLI, if there is one: itself, not the shim that pyenv puts in front of it. */
async function awsProgram() {
  const found = await run("pyenv", ["which", "aws"]).catch(() => ({ stdout: "aws" }));
  const program = found.stdout.trim();
  try {
    const { stdout } = await run(program, ["--version"]);
    return { program, version: stdout.split(" ", 1)[0] ?? "" };
  } catch {
    return undefined;
  }
}

/** @typedef {{ program: string, list: string[], remove: string[] }} Commands */

/**
 * @param {import("../types.ts").Bench} bench
 * @returns {Promise<Map<string, Commands>>}
 */
async function commandLines({ folder, origin }) {
  const { bin } = await manifest(folder, "codecatalyst-pat");
  const main = join(folder, "node_modules/codecatalyst-pat", bin["codecatalyst-pat"]);
  /** @type {Map<string, Commands>} */
  const programs = new Map();
  programs.set(OUR_CLI, {
    program: process.execPath,
    list: [main, "list", "--endpoint", origin],
    remove: [main, "delete", "--yes", "--endpoint", origin, ID],
  });
  const aws = await awsProgram();
  if (!aws) return programs;
  const common = ["--region", "us-west-2", "--endpoint-url", origin, "codecatalyst"];
  programs.set(`${AWS} (${aws.version})`, {
    program: aws.program,
    list: [...common, "list-access-tokens"],
    remove: [...common, "delete-access-token", "--id", ID],
  });
  return programs;
}

/** @param {import("../types.ts").Bench} bench */
export async function cli(bench) {
  const programs = await commandLines(bench);
  const env = { AWS_BEARER_TOKEN_CODECATALYST: "x".repeat(28) };
  /** @param {"list" | "remove"} command */
  const time = (command) =>
    takeTurns([...programs.keys()], bench.rounds(9, 3), (title) => {
      const { program, [command]: args } = /** @type {Commands} */ (programs.get(title));
      return timeProgram(program, args, { env });
    });
  const note = programs.size === 1 ? " (the AWS CLI is not on this machine)" : "";
  const head = { group: `Command line, whole process${note}`, unit: "ms" };
  const against = note ? undefined : AWS;
  const figures = [];
  for (const [id, title, command] of /** @type {const} */ ([
    ["cli-list", "`list`", "list"],
    ["cli-delete", "`delete` of one id", "remove"],
  ])) {
    const samples = await time(command);
    const base = () => samples.get([...programs.keys()][1] ?? "");
    figures.push(figure({ ...head, id, title, against }, samples, base));
  }
  return figures;
}

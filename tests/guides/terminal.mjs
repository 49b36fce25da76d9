// A terminal of a reader: runs commands, and compares what they print with what a guide promises.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { isAsPromised } from "./steps.mjs";

const TIMEOUT_MS = 300_000;

/** Runs commands in bash and stops at the first that fails. Both streams are one, as on a screen. */
export class Terminal {
  printed = "";

  /** @type {number | string | undefined} */
  code;

  /**
   * @param {string} commands
   * @param {string} cwd
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(commands, cwd, env) {
    // A group of its own, which can be killed as a whole.
    this.child = spawn("bash", ["-e", "-c", `exec 2>&1\n${commands}`], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    this.child.stdout.setEncoding("utf8").on("data", (text) => {
      this.printed += text;
    });
    this.ended = once(this.child, "close").then(([code, signal]) => {
      this.code = code ?? signal;
    });
  }

  /**
   * Waits for the end, which must be a good one.
   * @param {string} [promised]
   */
  async end(promised) {
    const timer = setTimeout(() => this.kill(), TIMEOUT_MS);
    await this.ended;
    clearTimeout(timer);
    if (this.code !== 0) this.#fail(`It ended with ${this.code}.`);
    if (promised !== undefined && !isAsPromised(this.printed, promised))
      this.#fail(`The guide promises:\n${promised}`);
    return this.printed;
  }

  /**
   * Waits until a program that goes on running has printed what the guide promises.
   * @param {string} [promised]
   */
  async waitFor(promised) {
    if (promised === undefined) throw new Error("The guide doesn't say what this prints.");
    const deadline = Date.now() + TIMEOUT_MS;
    while (!isAsPromised(this.printed, promised, { isOver: false })) {
      if (this.code !== undefined) this.#fail(`It ended with ${this.code}.`);
      if (Date.now() > deadline)
        this.#fail(`It didn't print what the guide promises:\n${promised}`);
      await pause(50);
    }
  }

  /**
   * @param {string} why
   * @returns {never}
   */
  #fail(why) {
    throw new Error(`${why}\nIt printed:\n${this.printed}`);
  }

  /** Kills what still runs. */
  kill() {
    if (this.code === undefined && this.child.pid) process.kill(-this.child.pid, "SIGKILL");
  }
}

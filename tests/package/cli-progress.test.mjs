// The command line while it works: how far it is and why it waits, at any width of the terminal.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { displayWidth } from "../../pkg-template/cli/display-width.js";
import { formatProgress, withProgress } from "../../pkg-template/cli/progress.js";
import { wrapMessage } from "../../pkg-template/cli/wrap.js";
import { later, onTerminal } from "./cli-program.mjs";
import { cli, env, folder, serveTokens, service, setUpSuite } from "./cli-suite.mjs";
import { screenOf } from "./screen.mjs";

setUpSuite("cli-progress");

// script of util-linux, which every Linux has, makes a terminal.
const terminal = { skip: process.platform !== "linux" && "there is no script of util-linux" };

const throttled = (method, seconds) => ({
  method,
  status: 429,
  headers: { "retry-after": String(seconds) },
});

/** Runs it on a terminal, answers yes to a question, and gives what was printed. */
async function shown(t, args, columns) {
  const command = [...args, "--endpoint", service.url];
  const running = onTerminal(t, folder, command, { env: env(), columns });
  if (!args.includes("--yes")) running.printed("[y/N]").then(() => running.type("y\n"));
  return (await running.ended).stdout;
}

// ------------------------------------------------------------------------------- waits

test(
  "while the service throttles, a line counts down; at the end it is gone",
  terminal,
  async (t) => {
    service.faults.push(throttled("DELETE", 3));
    const stdout = await shown(t, ["delete", "id-0", "--yes"]);
    assert.match(stdout, /] 0 of 1 {3}Ctrl-C stops\r\nThe service is throttling: 3 s left/);
    assert.match(stdout, /3 s left.*2 s left.*1 s left/s);
    assert.deepEqual(screenOf(stdout), ["deleted  id-0", "1 deleted."]);
  },
);

test("so does the list's", terminal, async (t) => {
  service.faults.push(throttled("POST", 2));
  const stdout = await shown(t, ["delete", "--name", "laptop", "--yes"]);
  assert.match(stdout, /Fetching your tokens: 0\r\nThe service is throttling: 2 s left/);
  assert.deepEqual(screenOf(stdout), ["deleted  id-0  laptop", "1 deleted."]);
});

test("after a lost reply it says which attempt is under way", terminal, async (t) => {
  service.faults.push({ method: "DELETE", cut: "before" }, { method: "DELETE", delayMs: 2_000 });
  const stdout = await shown(t, ["delete", "id-0", "--yes"]);
  assert.match(stdout, /\r\nRetrying after a lost reply \(attempt 2 of 8\)/);
});

test("without a terminal a long wait is one line", async () => {
  service.faults.push(throttled("DELETE", 6));
  const { code, stderr } = await cli(["delete", "id-0", "--yes"]);
  assert.deepEqual([code, stderr], [0, "The service is throttling: 6 s left.\n1 deleted.\n"]);
});

/** What is logged without a terminal: at the start, of a wait of so many seconds each. */
async function logged(waits, quiet = false) {
  mock.timers.enable({ apis: ["Date", "setTimeout", "setInterval"] });
  const lines = [];
  const screen = { quiet, log: (line) => lines.push(line), setStatus() {} };
  const started = waits.map(([startMs, seconds]) => ({
    startMs,
    untilMs: startMs + seconds * 1000,
  }));
  const wait = () => {
    const now = Date.now();
    const current = started.findLast(({ startMs, untilMs }) => startMs <= now && now < untilMs);
    return current && { reason: "throttling", attempt: 2, maxAttempts: 8, sinceMs: 0, ...current };
  };
  const progress = { describe: () => "", wait };
  const work = () => new Promise((resolve) => setTimeout(resolve, 60_000));
  const over = withProgress(/** @type {any} */ (screen), progress, work);
  for (let step = 0; step < 600; step += 1) mock.timers.tick(100);
  await over;
  mock.timers.reset();
  return lines;
}

test("short waits aren't told there, nor one that another has grown from, nor with --quiet", async () => {
  const told = "The service is throttling: 12 s left.";
  assert.deepEqual(await logged([[1_000, 4]]), []);
  assert.deepEqual(await logged([[1_000, 12]]), [told]);
  assert.deepEqual(
    await logged([
      [1_000, 12],
      [3_000, 11],
    ]),
    [told],
  );
  assert.deepEqual(
    await logged([
      [1_000, 12],
      [20_000, 12],
    ]),
    [told, told],
  );
  assert.deepEqual(await logged([[1_000, 12]], true), []);
});

// ------------------------------------------------------------------------------ widths

test("a bar that doesn't fit gets shorter, then goes, and the hint after it", () => {
  const progress = { done: 50, total: 100, note: ", 2 not deleted", hint: "Ctrl-C stops" };
  /** @type {[width: number, expected: string][]} */
  const cases = [
    [120, "[============            ] 50 of 100, 2 not deleted   Ctrl-C stops"],
    [48, "[===   ] 50 of 100, 2 not deleted   Ctrl-C stops"],
    [47, "50 of 100, 2 not deleted   Ctrl-C stops"],
    [38, "50 of 100, 2 not deleted"],
    [20, "50 of 100, 2 not del"],
  ];
  for (const [width, expected] of cases) assert.equal(formatProgress(progress, width), expected);
  const open = { done: 3, total: undefined, note: "", hint: "stopping" };
  assert.equal(formatProgress(open, 80), "3 done   stopping");
});

test("a message breaks neither in a date nor in a command, a quotation or a count", () => {
  const lines = (text, columns = 40) => wrapMessage(text, columns);
  assert.deepEqual(
    lines(
      'The login of the profile "my own" expired at 2026-12-20 16:31 UTC+1. Type: aws sso login',
    ),
    [
      'The login of the profile "my own"',
      "  expired at 2026-12-20 16:31 UTC+1.",
      "  Type: aws sso login",
    ],
  );
  assert.deepEqual(lines('By the clock of this one "two long words" are'), [
    "By the clock of this one",
    '  "two long words" are',
  ]);
  assert.deepEqual(lines("Interrupted: 2 deleted, 1 failed, 0 unknown."), [
    "Interrupted: 2 deleted, 1 failed,",
    "  0 unknown.",
  ]);
  assert.deepEqual(lines("Renew the variable, or unset it and type: aws sso login --profile x"), [
    "Renew the variable, or unset it and",
    "  type: aws sso login --profile x",
  ]);
  for (const whole of ["failed   id  two  blanks", "x".repeat(60), ""])
    assert.deepEqual(lines(whole), [whole]);
  assert.deepEqual(lines("a long message ".repeat(9), Number.POSITIVE_INFINITY).length, 1);
});

test("at no width is one of them broken", () => {
  const parts = ['"my own"', "2026-12-20 16:31 UTC+1.", "12 tokens", "Type: aws sso login"];
  for (let columns = 1; columns < 90; columns += 1) {
    const lines = wrapMessage(`In ${parts.join(" and in ")}`, columns);
    for (const part of parts)
      assert.ok(
        lines.some((line) => line.includes(part)),
        `${columns}`,
      );
  }
});

test("colours don't count for the width", () => {
  const text = "\x1b[31mfailed\x1b[0m  in ten";
  assert.deepEqual(wrapMessage(text, 14), [text]);
});

const WHOLE_DATE = /\d{4}-\d\d-\d\d \d\d:\d\d UTC\S*/;

test(
  "at 40 columns all that a deletion shows fits, and no id or date is broken",
  terminal,
  async (t) => {
    const tokens = Array.from({ length: 3 }, (_, index) => ({
      id: `4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c0${index}`,
      name: `日本 the nightly build of the main branch, number ${index}`,
      expiresTime: new Date(later()),
    }));
    await serveTokens(t, tokens);
    service.faults.push(throttled("DELETE", 2), {
      method: "DELETE",
      status: 409,
      message: "Busy.",
    });
    const stdout = await shown(t, ["delete", "--all", "--concurrency", "1"], 40);
    const lines = screenOf(stdout);
    assert.deepEqual(
      lines.filter((line) => displayWidth(line) > 40),
      [],
    );
    assert.equal(lines.filter((line) => WHOLE_DATE.test(line)).length, 3);
    for (const { id } of tokens) assert.equal(lines.filter((line) => line.includes(id)).length, 2);
    assert.ok(lines.join("\n").includes("Delete these 3 tokens? That can't be\n  undone. [y/N] y"));
    assert.equal(lines.at(-1), "2 deleted, 1 failed.");
  },
);

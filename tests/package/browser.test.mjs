// How the command line opens an address in the user's browser.

import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { browserCommands, openInBrowser } from "../../pkg-template/cli/browser.js";

const A = "http://127.0.0.1:1/?token=x";
const linux = (env) => browserCommands(A, { platform: "linux", env });

test("each system opens the address in its own way, without a shell", () => {
  const by = (platform) => browserCommands(A, { platform, env: {} });
  assert.deepEqual(by("darwin"), [["open", A]]);
  assert.deepEqual(by("win32"), [["rundll32", "url.dll,FileProtocolHandler", A]]);
  assert.deepEqual(linux({ DISPLAY: ":0" }), [["xdg-open", A]]);
  assert.deepEqual(linux({ WAYLAND_DISPLAY: "wayland-0" }), [["xdg-open", A]]);
  assert.deepEqual(linux({ WSL_DISTRO_NAME: "Debian" }), [["wslview", A]]);
});

test("where there is no screen, no browser for terminals is started", () => {
  assert.deepEqual(linux({}), []);
});

test("BROWSER comes first: one or more programs, with arguments, and %s for the address", () => {
  const BROWSER = "firefox --private-window:chromium --app=%s";
  assert.deepEqual(linux({ DISPLAY: ":0", BROWSER }), [
    ["firefox", "--private-window", A],
    ["chromium", `--app=${A}`],
  ]);
});

// ------------------------------------------------------------------------- a real program

/** A program that records its arguments and its environment, and its ending. */
async function recorder(t, ending = "") {
  const folder = await mkdtemp(join(tmpdir(), "browser-"));
  t.after(() => rm(folder, { recursive: true }));
  const program = join(folder, "browser");
  const record = join(folder, "record");
  const code = `require("node:fs").writeFileSync(${JSON.stringify(`${record}.new`)},
    JSON.stringify({ args: process.argv.slice(2), env: process.env }));
    require("node:fs").renameSync(${JSON.stringify(`${record}.new`)}, ${JSON.stringify(record)});`;
  await writeFile(program, `#!${process.execPath}\n${code}\n${ending}\n`);
  await chmod(program, 0o755);
  return { program, read: async () => JSON.parse(await readFile(record, "utf8")) };
}

const unix = { skip: process.platform === "win32" && "a file is no program there" };
const open = (BROWSER, address = A) =>
  openInBrowser(address, {
    platform: "linux",
    env: { PATH: process.env.PATH, AWS_BEARER_TOKEN_CODECATALYST: "secret", BROWSER },
  });

test("the browser gets the address as it is, and not the bearer token", unix, async (t) => {
  const { program, read } = await recorder(t);
  const address = `${A}&$(touch /tmp/x);'"`;
  assert.equal(await open(program, address), true);
  const { args, env } = await read();
  assert.deepEqual([args, env.AWS_BEARER_TOKEN_CODECATALYST], [[address], undefined]);
});

test("if one can't be started or fails, the next is tried", unix, async (t) => {
  const failing = await recorder(t, "process.exit(3)");
  const working = await recorder(t);
  assert.equal(await open(`/nowhere/browser:${failing.program}:${working.program}`), true);
  assert.deepEqual((await working.read()).args, [A]);
  assert.equal(await open(`/nowhere/browser:${failing.program}`), false);
});

test("a browser that keeps running has been opened", unix, async (t) => {
  const { program, read } = await recorder(t, "setTimeout(() => {}, 3_000)");
  assert.equal(await open(program), true);
  const { env } = await read();
  assert.notEqual(env.PATH, undefined);
});

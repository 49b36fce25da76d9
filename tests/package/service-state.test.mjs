// The stand-in for the service: its state in a file, and how it starts and stops.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CreateAccessTokenCommand, ListAccessTokensCommand } from "@aws-sdk/client-codecatalyst";
import { sample, startService } from "../../pkg-template/testing/index.js";
import {
  deleteCommand,
  hasToken,
  ID,
  idsIn,
  officialClient,
  sendDelete,
  start,
} from "./service.mjs";

async function temporaryFile(t) {
  const folder = await mkdtemp(join(tmpdir(), "service-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "state.json");
}

// ----------------------------------------------------------------- state in a file

test("deletions and creations survive a restart", async (t) => {
  const file = await temporaryFile(t);
  const before = await start(t, { file });
  const client = officialClient(t, before);
  await client.send(deleteCommand());
  const { accessTokenId } = await client.send(new CreateAccessTokenCommand({ name: "Kept" }));
  await before.close();
  const after = await start(t, { file });
  assert.deepEqual(after.state().users, before.state().users);
  assert.deepEqual([hasToken(after), hasToken(after, accessTokenId)], [false, true]);
});

test("a change is in the file before the reply is sent", async (t) => {
  const file = await temporaryFile(t);
  const service = await start(t, { file });
  service.faults.push({ cut: "after" });
  await assert.rejects(sendDelete(service));
  assert.equal((await readFile(file, "utf8")).includes(ID), false);
});

test("only the state file is left behind, without bearer tokens", async (t) => {
  const file = await temporaryFile(t);
  await sendDelete(await start(t, { file }));
  assert.deepEqual(await readdir(join(file, "..")), ["state.json"]);
  assert.equal((await readFile(file, "utf8")).includes(sample.bearer), false);
});

test("a list can be continued after a restart", async (t) => {
  const file = await temporaryFile(t);
  const before = await start(t, { file });
  const { nextToken } = await officialClient(t, before).send(
    new ListAccessTokensCommand({ maxResults: 8 }),
  );
  await before.close();
  const client = officialClient(t, await start(t, { file }));
  const page = await client.send(new ListAccessTokensCommand({ nextToken }));
  assert.deepEqual(
    idsIn(page),
    sample.tokens.slice(8).map((token) => token.id),
  );
});

test("a deletion that cannot be written to the file fails and changes nothing", async (t) => {
  const file = await temporaryFile(t);
  const service = await start(t, { file });
  await rm(join(file, ".."), { recursive: true });
  const { status, headers } = await sendDelete(service);
  assert.deepEqual([status, headers["x-amzn-errortype"]], [500, "InternalServerException"]);
  assert.equal(hasToken(service), true);
});

const DAMAGED = {
  "cut off": '{"users":',
  "without a number": '{"users":{}}',
  "without users": '{"serial":1,"users":[]}',
  "with invalid tokens": '{"serial":1,"users":{"ana":[{"id":1}]}}',
};

for (const [what, text] of Object.entries(DAMAGED)) {
  test(`an error names a state file ${what}, and leaves it unchanged`, async (t) => {
    const file = await temporaryFile(t);
    await writeFile(file, text);
    await assert.rejects(startService({ file }), (/** @type {Error} */ error) =>
      error.message.startsWith(file),
    );
    assert.equal(await readFile(file, "utf8"), text);
  });
}

// ------------------------------------------------------------------ start and stop

function program(t, ...given) {
  const path = fileURLToPath(new URL("../../pkg-template/testing/main.js", import.meta.url));
  const child = spawn(process.execPath, [path, ...given], { stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill());
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

test("as a program it reports a failed start in one line", async (t) => {
  const file = await temporaryFile(t);
  await writeFile(file, "{");
  const child = program(t, "--file", file);
  const [printed, [code]] = await Promise.all([child.stderr.toArray(), once(child, "exit")]);
  assert.equal(code, 1);
  assert.match(printed.join(""), /^.*state\.json does not hold this service's state: .*\n$/);
});

test("as a program it prints its URL and serves there", async (t) => {
  const [line] = await program(t, "--port", "0").stdout.take(1).toArray();
  assert.match(line, /^http:\/\/127\.0\.0\.1:\d+\n$/);
  assert.equal((await sendDelete({ url: line.trim() })).status, 200);
});

test("it can be closed more than once", async (t) => {
  const service = await start(t);
  await service.close();
  await service.close();
});

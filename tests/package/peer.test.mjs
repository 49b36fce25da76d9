// Whether the user of another process is told apart from one's own.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { isOfOtherUser, ownerOf } from "../../pkg-template/dashboard/peer.js";
import { root } from "../../scripts/tools.mjs";

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0 20 4
  10: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0 20 4
  sl  local_address                         remote_address                        st tx_queue
   0: 0000000000000000FFFF00000100007F:C351 0000000000000000FFFF00000100007F:1F90 01 00000000:00000000 00:00000000 00000000  1002        0 4 1 0 20 4
`;

test("the owner of the other end of a connection is found by both ports", () => {
  assert.equal(ownerOf(TABLE, 50_000, 8080), 1001);
  assert.equal(ownerOf(TABLE, 50_001, 8080), 1002);
  assert.equal(ownerOf(TABLE, 50_002, 8080), undefined);
  assert.equal(ownerOf(TABLE, 50_000, 8081), undefined);
  assert.equal(ownerOf("", 50_000, 8080), undefined);
});

// -------------------------------------------------------------------------- real users

const asRoot = {
  skip:
    !(process.platform === "linux" && process.getuid?.() === 0) &&
    "only root of Linux can run programs as other users",
};

const [OWN, OTHER] = [65_533, 65_532];

const SERVER = `
import { startServer } from ${JSON.stringify(join(root, "pkg-template/dashboard/server.js"))};
const folder = ${JSON.stringify(join(root, "www"))};
const server = await startServer({ service: "http://127.0.0.1:9", pageDir: folder, packageDir: folder });
console.log(server.createAddress());
`;

const CLIENT = `
const { status } = await fetch(process.argv[1], { redirect: "manual" });
console.log(status);
`;

/** What a script prints first, run as a user. */
async function firstLine(t, uid, code, ...args) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, ...args], {
    uid,
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill());
  const [line] = await once(child.stdout, "data");
  return String(line).trim();
}

test("another user can neither use the address nor use it up", asRoot, async (t) => {
  const address = await firstLine(t, OWN, SERVER);
  assert.equal(await firstLine(t, OTHER, CLIENT, address), "403");
  assert.equal(await firstLine(t, OWN, CLIENT, address), "303");
});

test("root, and any user for a dashboard of root, is let in", asRoot, async (t) => {
  assert.equal(await firstLine(t, 0, CLIENT, await firstLine(t, OWN, SERVER)), "303");
  assert.equal(await firstLine(t, OTHER, CLIENT, await firstLine(t, 0, SERVER)), "303");
  assert.equal(await isOfOtherUser(/** @type {any} */ ({}), 0), false);
});

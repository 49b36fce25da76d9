// Whether a connection comes from another user of this machine, where the system tells: on Linux.

import { readFile } from "node:fs/promises";

/** @import { Socket } from "node:net" */

// What the kernel lists of each connection, by
// https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt: addresses in hexadecimal.
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];
const ROW = /^ *\d+: [\dA-F]*:([\dA-F]{4}) [\dA-F]*:([\dA-F]{4}) [\dA-F]{2} \S+ \S+ \S+ +(\d+) /gm;

/**
 * Whether the other end of a connection belongs to another user than this process: not to root, who
 * can do anything here. Root itself isn't protected: in containers it stands for the user. `false`
 * where the system doesn't tell.
 *
 * @param {Socket} socket
 * @param {number | undefined} [ownUid]
 */
export async function isOfOtherUser({ remotePort, localPort }, ownUid = process.getuid?.()) {
  if (!ownUid || process.platform !== "linux") return false;
  const tables = await Promise.all(TABLES.map((file) => readFile(file, "utf8").catch(() => "")));
  const uid = ownerOf(tables.join(""), remotePort, localPort);
  return uid !== undefined && uid !== ownUid && uid !== 0;
}

/**
 * The user whose end of a connection has this port, with the other end at `peerPort`.
 *
 * @param {string} table
 * @param {number | undefined} port
 * @param {number | undefined} peerPort
 */
export function ownerOf(table, port, peerPort) {
  for (const [, local, remote, uid] of table.matchAll(ROW)) {
    const isIt = Number.parseInt(local, 16) === port && Number.parseInt(remote, 16) === peerPort;
    if (isIt) return Number(uid);
  }
  return undefined;
}

// The options of `startService`.

import { check, readMembers, readUser } from "./arguments.js";
import { sampleUsers } from "./sample.js";

/** @import { ReadUser } from "./types.d.ts" */

const MAX_PORT = 65_535;

/** @param {unknown} options */
export function readStartOptions(options) {
  const members = readMembers(options ?? {}, "options", ["port", "users", "file"]);
  const { port = 0, users = sampleUsers(), file } = members;
  const isPort = typeof port === "number" && Number.isInteger(port) && port >= 0;
  check(isPort && port <= MAX_PORT, "options.port", `an integer from 0 to ${MAX_PORT}`);
  check(file === undefined || typeof file === "string", "options.file", "a string");
  return { port, file, users: readUsers(users) };
}

/**
 * @param {unknown} users
 * @returns {ReadUser[]}
 */
function readUsers(users) {
  check(Array.isArray(users), "options.users", "an array");
  const read = users.map((user, index) => readUser(user, `options.users[${index}]`));
  for (const member of /** @type {const} */ (["name", "bearer"])) {
    const distinct = new Set(read.map((user) => user[member]));
    check(distinct.size === read.length, "options.users", `users with different ${member}s`);
  }
  return read;
}

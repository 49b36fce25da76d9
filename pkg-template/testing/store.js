// The tokens of all users, in memory and, if wanted, in a file.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isDateTime, isRecord } from "./validate.js";

/** @import { ReadToken, ReadUser, StoredToken, StoreState } from "./types.d.ts" */

/** Holds every user's tokens. With a file, a change is written before it's reported. */
export class Store {
  /** @type {string | undefined} */
  #file;
  /** @type {StoreState} */
  #state;
  /**
   * Whether a page of a list ends at a position. Then a deletion between two pages skips a token:
   * it isn't known whether the real service does so.
   */
  pagesByPosition = false;

  /**
   * @param {string | undefined} file
   * @param {ReadUser[]} users
   */
  constructor(file, users) {
    this.#file = file;
    const seeded = seed(users);
    this.#state = file && existsSync(file) ? merge(seeded, load(file)) : seeded;
    this.#save(this.#state);
  }

  /** @returns {StoreState["users"]} a copy */
  get users() {
    return JSON.parse(JSON.stringify(this.#state.users));
  }

  get userNames() {
    return Object.keys(this.#state.users);
  }

  /** @param {string} user */
  has(user) {
    return Object.hasOwn(this.#state.users, user);
  }

  /** @param {string} user */
  tokensOf(user) {
    return this.#state.users[user] ?? [];
  }

  /**
   * Removes a token, and returns whether the user had it.
   * @param {string} user
   * @param {string} id
   */
  remove(user, id) {
    const rest = this.tokensOf(user).filter((token) => token.id !== id);
    if (rest.length === this.tokensOf(user).length) return false;
    this.#replace(user, rest, this.#state.serial);
    return true;
  }

  /**
   * Adds a token, and returns it.
   * @param {string} user
   * @param {ReadToken} token
   */
  add(user, token) {
    const added = { ...token, serial: this.#state.serial + 1 };
    this.#replace(user, [...this.tokensOf(user), added], added.serial);
    return added;
  }

  /**
   * @param {string} user
   * @param {ReadToken[]} tokens
   */
  addUser(user, tokens) {
    const { serial } = this.#state;
    const numbered = tokens.map((token, index) => ({ ...token, serial: serial + index + 1 }));
    this.#replace(user, numbered, serial + tokens.length);
  }

  /**
   * Puts the given users and tokens in the place of all that there are.
   * @param {ReadUser[]} users
   */
  reset(users) {
    this.pagesByPosition = false;
    this.#set(seed(users));
  }

  /**
   * @param {string} user
   * @param {StoredToken[]} tokens
   * @param {number} serial
   */
  #replace(user, tokens, serial) {
    this.#set({ serial, users: { ...this.#state.users, [user]: tokens } });
  }

  /** @param {StoreState} state */
  #set(state) {
    // The file comes first: if it can't be written, the request fails and nothing has changed.
    this.#save(state);
    this.#state = state;
  }

  /** @param {StoreState} state */
  #save(state) {
    if (this.#file) save(this.#file, state);
  }
}

/**
 * Numbers the tokens in the order of their creation. Unless a page of a list is to end at a
 * position, it ends at a serial, so a deletion between two pages skips nothing.
 * @param {ReadUser[]} users
 * @returns {StoreState}
 */
function seed(users) {
  let serial = 0;
  const number = (/** @type {ReadToken} */ token) => {
    serial += 1;
    return { ...token, serial };
  };
  const byName = users.map(({ name, tokens }) => [name, tokens.map(number)]);
  return { users: Object.fromEntries(byName), serial };
}

/**
 * The file wins; a user who isn't in it yet starts as seeded.
 * @param {StoreState} seeded
 * @param {StoreState} loaded
 */
function merge(seeded, loaded) {
  const serial = Math.max(seeded.serial, loaded.serial);
  return { serial, users: { ...seeded.users, ...loaded.users } };
}

/** @param {string} file */
function load(file) {
  try {
    return checkState(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const advice = "Fix it, or move it away to start with a new one.";
    throw new Error(`${file} does not hold this service's state: ${why}. ${advice}`, { cause });
  }
}

/**
 * @param {unknown} state
 * @returns {StoreState}
 */
function checkState(state) {
  if (!isRecord(state) || !Number.isSafeInteger(state.serial)) {
    throw new TypeError("`serial` is not a number");
  }
  if (!isRecord(state.users)) throw new TypeError("`users` is not an object");
  for (const [user, tokens] of Object.entries(state.users)) {
    if (!Array.isArray(tokens) || !tokens.every(isStoredToken)) {
      throw new TypeError(`the tokens of ${user} are not a list of tokens`);
    }
  }
  return /** @type {StoreState} */ ({ serial: state.serial, users: state.users });
}

/** @param {unknown} token */
function isStoredToken(token) {
  if (!isRecord(token)) return false;
  const { id, name, expiresTime, serial } = token;
  const hasDate = expiresTime === undefined || isDateTime(expiresTime);
  return (
    typeof id === "string" && typeof name === "string" && Number.isSafeInteger(serial) && hasDate
  );
}

/**
 * A rename replaces the file as a whole or not at all, so a crash never leaves half of one.
 * @param {string} file
 * @param {StoreState} state
 */
function save(file, state) {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(state, undefined, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  renameSync(temporary, file);
}

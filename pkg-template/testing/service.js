// A running stand-in: what tests seed, order and look at. index.d.ts documents it.

import { close, listen } from "../loopback-server.js";
import { answerApi } from "./api.js";
import { readBearer, readToken, readUser } from "./arguments.js";
import { answerControl, CONTROL_PREFIX } from "./control.js";
import { Faults } from "./faults.js";
import { Store } from "./store.js";

/** @import { Server } from "node:http" */
/** @import { AccessToken, RecordedRequest, SeedToken, User } from "./index.d.ts" */
/** @import { ReadUser } from "./types.d.ts" */

export class Service {
  port = 0;
  url = "";
  cors = true;
  faults = new Faults();
  /** @type {RecordedRequest[]} */
  requests = [];
  /** @type {Map<string, string>} */
  userByBearer = new Map();
  /** @type {ReadUser[]} */
  #seeds;
  /** @type {Server | undefined} */
  #server;

  /**
   * @param {ReadUser[]} users
   * @param {string | undefined} file
   */
  constructor(users, file) {
    this.#seeds = users;
    this.store = new Store(file, users);
    this.#acceptSeeds();
  }

  /** @param {number} port */
  async listen(port) {
    const started = await listen(port, (request, response) => {
      const answer = request.url?.startsWith(CONTROL_PREFIX) ? answerControl : answerApi;
      // Only a broken connection can fail here, and then there's no one to answer.
      answer(this, request, response).catch(() => response.destroy());
    });
    this.#server = started.server;
    this.port = started.port;
    this.url = started.url;
  }

  get pagesByPosition() {
    return this.store.pagesByPosition;
  }

  set pagesByPosition(isByPosition) {
    this.store.pagesByPosition = isByPosition;
  }

  /** @param {User} user */
  addUser(user) {
    const { name, bearer, tokens } = readUser(user, "user");
    if (this.store.has(name))
      throw new TypeError(`There is already a user ${JSON.stringify(name)}`);
    this.#refuseTaken(bearer);
    this.store.addUser(name, tokens);
    this.userByBearer.set(bearer, name);
  }

  /**
   * @param {string} user
   * @param {SeedToken} token
   * @returns {AccessToken}
   */
  addToken(user, token) {
    return withDate(this.store.add(this.#known(user), readToken(token, "token")));
  }

  /**
   * @param {string} user
   * @param {string} id
   */
  removeToken(user, id) {
    return this.store.remove(this.#known(user), id);
  }

  /**
   * @param {string} user
   * @returns {AccessToken[]}
   */
  tokensOf(user) {
    return this.store.tokensOf(this.#known(user)).map(withDate);
  }

  /**
   * @param {string} user
   * @param {string} bearer
   */
  addBearer(user, bearer) {
    const added = readBearer(bearer, "bearer");
    this.#refuseTaken(added);
    this.userByBearer.set(added, this.#known(user));
  }

  /** @param {string} bearer */
  expireBearer(bearer) {
    return this.userByBearer.delete(bearer);
  }

  state() {
    return {
      users: this.store.users,
      faults: this.faults.length,
      cors: this.cors,
      requests: this.requests,
    };
  }

  clearRequests() {
    this.requests.length = 0;
  }

  reset() {
    this.cors = true;
    this.faults.clear();
    this.clearRequests();
    this.store.reset(this.#seeds);
    this.#acceptSeeds();
  }

  // Bound to the service, because tests hand it to their clean-up: `t.after(service.close)`.
  close = async () => {
    if (this.#server) await close(this.#server);
  };

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  #acceptSeeds() {
    this.userByBearer.clear();
    for (const { bearer, name } of this.#seeds) this.userByBearer.set(bearer, name);
  }

  /** @param {string} bearer */
  #refuseTaken(bearer) {
    if (this.userByBearer.has(bearer)) throw new TypeError("The bearer token is already in use");
  }

  /** @param {string} user */
  #known(user) {
    if (this.store.has(user)) return user;
    const known = this.store.userNames.map((name) => `"${name}"`).join(", ");
    throw new TypeError(`There is no user ${JSON.stringify(user)}; there are: ${known || "none"}`);
  }
}

/**
 * @param {{ id: string, name: string, expiresTime?: string | undefined }} token
 * @returns {AccessToken}
 */
function withDate({ id, name, expiresTime }) {
  return expiresTime === undefined
    ? { id, name }
    : { id, name, expiresTime: new Date(expiresTime) };
}

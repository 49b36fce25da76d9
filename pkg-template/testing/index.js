// codecatalyst-pat/testing: a local stand-in for Amazon CodeCatalyst's access tokens. It keeps the
// real service's rules, and faults can be ordered. For Node.

import { close, listen } from "../loopback-server.js";
import { answerApi } from "./api.js";
import { answerControl, CONTROL_PREFIX } from "./control.js";
import { Faults } from "./faults.js";
import { sampleUsers } from "./sample.js";
import { Store } from "./store.js";

export { sample } from "./sample.js";

/** @import { Service, User } from "./types.d.ts" */

/**
 * Starts the service on 127.0.0.1. With `file`, the tokens are kept there. On what it returns,
 * `faults`, `requests`, `cors` and `state()` do what the control routes do.
 * @param {{ port?: number, file?: string, users?: User[] }} [options]
 * @returns {Promise<Service>}
 */
export async function startService({ port = 0, file, users = sampleUsers() } = {}) {
  const state = createState(file, users);
  /** @type {Service} */
  let service;
  const started = await listen(port, (request, response) => {
    const answer = request.url?.startsWith(CONTROL_PREFIX) ? answerControl : answerApi;
    // Only a broken connection can fail here, and then there's no one to answer.
    answer(service, request, response).catch(() => response.destroy());
  });
  service = Object.assign(state, {
    port: started.port,
    url: started.url,
    close: () => close(started.server),
  });
  return service;
}

/**
 * @param {string | undefined} file
 * @param {User[]} users
 */
function createState(file, users) {
  const service = {
    store: new Store(file, users),
    userByBearer: new Map(users.map((user) => [user.bearer, user.name])),
    faults: new Faults(),
    /** @type {Service["requests"]} */
    requests: [],
    cors: true,
    state: () => ({
      users: service.store.users,
      faults: service.faults.length,
      cors: service.cors,
      requests: service.requests,
    }),
  };
  return service;
}

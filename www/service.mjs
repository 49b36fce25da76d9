// A local stand-in for Amazon CodeCatalyst's access tokens: it keeps the real service's rules, and
// faults can be ordered. It has no dependencies: this file and service/ can be copied anywhere.
//
//   node www/service.mjs [--port N] [--file state.json]

import { realpathSync } from "node:fs";
import { parseArgs } from "node:util";
import { answerApi } from "./service/api.mjs";
import { answerControl, CONTROL_PREFIX } from "./service/control.mjs";
import { Faults } from "./service/faults.mjs";
import { close, listen } from "./service/http.mjs";
import { sampleUsers } from "./service/sample.mjs";
import { Store } from "./service/store.mjs";

export { sample } from "./service/sample.mjs";

/** @import { Service, User } from "./service/types.d.ts" */

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

async function main() {
  const { values } = parseArgs({ options: { port: { type: "string" }, file: { type: "string" } } });
  const { url } = await startService({ port: Number(values.port ?? 0), file: values.file });
  console.log(url);
}

function isProgram() {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename;
}

if (isProgram()) {
  await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

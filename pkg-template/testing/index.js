// codecatalyst-pat/testing: a local stand-in for Amazon CodeCatalyst's access tokens. It keeps the
// real service's rules, and faults can be ordered. For Node.

import { readStartOptions } from "./options.js";
import { Service } from "./service.js";

export {
  cutReply,
  expiredBearer,
  lostReply,
  lostRequest,
  proxyPage,
  serverError,
  slowReply,
  throttled,
} from "./make-fault.js";
export { sample } from "./sample.js";

/** @import { StartServiceOptions } from "./index.d.ts" */

/**
 * Starts the stand-in on 127.0.0.1: documented in index.d.ts.
 *
 * @param {StartServiceOptions | null} [options]
 * @returns {Promise<import("./index.d.ts").Service>}
 */
export async function startService(options) {
  const { port, file, users } = readStartOptions(options);
  const service = new Service(users, file);
  await service.listen(port);
  return service;
}

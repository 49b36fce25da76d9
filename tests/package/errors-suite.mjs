// What the tests of errors share: the installed package, and a service that fails as it is told to.

import { before, beforeEach } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { fresh, project, rejection } from "./installed.mjs";

export const ID = sample.tokens[0].id;
export const MARK = "marked-token:0123456789";
export const NOT_FOUND = {
  status: 404,
  name: "ResourceNotFoundException",
  message: "No such token.",
};

/** @param {string | null} id */
export const requestId = (id) => ({ headers: { "x-amzn-requestid": id } });

/**
 * @param {string} name of the folder that the package is installed in
 * @returns {any} filled before the tests
 */
export function errorsSuite(name) {
  /** @type {any} */
  const suite = {};
  before(async () => {
    suite.folder = await project(name);
    suite.pat = await fresh(suite.folder);
  });
  beforeEach(async (/** @type {any} */ t) => {
    const users = [{ name: "ana", bearer: MARK, tokens: sample.tokens }];
    suite.service = await startService({ users });
    t.after(() => suite.service.close());
  });
  suite.call = (options, token = MARK) =>
    rejection(suite.pat.deleteAccessToken(token, ID, { endpoint: suite.service.url, ...options }));
  return suite;
}

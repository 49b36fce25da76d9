// node-fetch 2 in the place of `fetch`: the body of its response is a stream of Node's.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import nodeFetch from "node-fetch";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { all, fresh, project, rejection } from "./installed.mjs";

const { bearer, tokens } = sample;

let folder;
let pat;
let service;

before(async () => {
  folder = await project("node-fetch");
});

beforeEach(async (/** @type {any} */ t) => {
  pat = await fresh(folder);
  service = await startService();
  t.after(() => service.close());
  t.mock.method(globalThis, "fetch", nodeFetch);
});

const options = () => ({ endpoint: service.url });

test("tokens are listed and deleted", async () => {
  const [{ id }] = tokens;
  const listed = await all(pat.listAccessTokens(bearer, options()));
  assert.equal(listed.length, tokens.length);
  const { attempts, alreadyDeleted } = await pat.deleteAccessToken(bearer, id, options());
  assert.deepEqual([attempts, alreadyDeleted], [1, false]);
  assert.equal((await all(pat.listAccessTokens(bearer, options()))).length, tokens.length - 1);
});

test("an error of the service keeps its name and message", async () => {
  const error = await rejection(pat.deleteAccessToken(bearer, "none", options()));
  assert.equal(error.name, "ResourceNotFoundException");
  assert.equal(error.message, "The access token was not found.");
});

test("a page of a proxy is no answer of the service", async () => {
  service.faults.push({ method: "DELETE", status: 200, body: "<html>" });
  const error = await rejection(pat.deleteAccessToken(bearer, tokens[0].id, options()));
  assert.deepEqual([error.name, error.outcomeUnknown], ["UnexpectedResponseError", true]);
});

test("a reply that breaks off leaves the outcome unknown and is retried", async () => {
  const fault = { method: "DELETE", status: 200, effect: true, cut: "body" };
  // node-fetch 2 doesn't notice that a body of a known length broke off.
  const limited = { ...options(), timeoutMs: 300 };
  service.faults.push(fault);
  const { alreadyDeleted } = await pat.deleteAccessToken(bearer, tokens[0].id, limited);
  assert.equal(alreadyDeleted, true);
  service.faults.push(fault);
  const error = await rejection(
    pat.deleteAccessToken(bearer, tokens[1].id, { ...limited, maxAttempts: 1 }),
  );
  assert.deepEqual([error.name, error.outcomeUnknown], ["TimeoutError", true]);
});

// What codecatalyst-pat/testing refuses: a slip in a test would otherwise make it test nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  lostReply,
  serverError,
  slowReply,
  startService,
  throttled,
} from "../../pkg-template/testing/index.js";
import { rejection } from "./installed.mjs";
import { start } from "./service.mjs";

const ANA = { name: "ana", bearer: "marked-bearer", tokens: [{ id: "1", name: "Laptop" }] };

const VISIBLE = "must be a string of visible ASCII characters, at least one";

/** @type {[title: string, options: any, message: string][]} */
const WRONG_OPTIONS = [
  ["options that are no object", 7, "options must be an object"],
  ["a slip in an option", { prot: 1 }, 'options has no member "prot"; do you mean port?'],
  ["a port out of range", { port: 65_536 }, "options.port must be an integer from 0 to 65535"],
  ["a port as text", { port: "80" }, "options.port must be an integer from 0 to 65535"],
  ["a file that is no text", { file: 7 }, "options.file must be a string"],
  ["users that are no array", { users: ANA }, "options.users must be an array"],
  [
    "two users of one name",
    { users: [ANA, { ...ANA, bearer: "b" }] },
    "options.users must be users with different names",
  ],
  [
    "two users of one bearer",
    { users: [ANA, { ...ANA, name: "ben" }] },
    "options.users must be users with different bearers",
  ],
  [
    "a user without a name",
    { users: [{ bearer: "b" }] },
    "options.users[0].name must be a string, not empty",
  ],
  [
    "a bearer with a space",
    { users: [{ name: "a", bearer: "marked bearer" }] },
    `options.users[0].bearer ${VISIBLE}`,
  ],
  [
    "tokens that are no array",
    { users: [{ ...ANA, tokens: {} }] },
    "options.users[0].tokens must be an array",
  ],
  [
    "a token without a name",
    { users: [{ ...ANA, tokens: [{ id: "1" }] }] },
    "options.users[0].tokens[0].name must be 1 to 100 characters",
  ],
  [
    "an id that is too long",
    { users: [{ ...ANA, tokens: [{ id: "1".repeat(37), name: "n" }] }] },
    "options.users[0].tokens[0].id must be 1 to 36 characters",
  ],
  [
    "a date that is none",
    { users: [{ ...ANA, tokens: [{ name: "n", expiresTime: "soon" }] }] },
    "options.users[0].tokens[0].expiresTime must be a Date or a date and time of RFC 3339",
  ],
];

for (const [title, options, message] of WRONG_OPTIONS) {
  test(`${title} is refused by name, and the service doesn't start`, async () => {
    const error = await rejection(startService(options));
    assert.deepEqual([error.name, error.message], ["TypeError", message]);
  });
}

/** @type {[title: string, call: (service: any) => void, message: string][]} */
const WRONG_CALLS = [
  [
    "a token for nobody",
    (service) => service.addToken("eve", { name: "n" }),
    'There is no user "eve"; there are: "ana"',
  ],
  ["a user who is there", (service) => service.addUser(ANA), 'There is already a user "ana"'],
  [
    "a bearer that is taken",
    (service) => service.addBearer("ana", ANA.bearer),
    "The bearer token is already in use",
  ],
  [
    "a slip in a token",
    (service) => service.addToken("ana", { nam: "n" }),
    'token has no member "nam"; do you mean name?',
  ],
  [
    "a fault that does nothing",
    (service) => service.faults.push({ id: "1" }),
    "faults[0] must be a fault with a status, a delayMs or a cut",
  ],
  [
    "a slip in a fault",
    (service) => service.faults.push(lostReply(), { staus: 500 }),
    'faults[1] has no member "staus"; do you mean status?',
  ],
  [
    "a reply without a status",
    (service) => service.faults.push({ cut: "body", message: "m" }),
    "faults[0] must be a fault with a status, as it describes a reply",
  ],
  [
    "a reply that is never sent",
    (service) => service.faults.push({ status: 500, cut: "after" }),
    "faults[0] must be a fault that either replies or cuts the connection, not both",
  ],
  [
    "a status that is none",
    (service) => service.faults.push({ status: 199 }),
    "faults[0].status must be an integer from 200 to 599",
  ],
  [
    "a method in small letters",
    (service) => service.faults.push({ cut: "after", method: "delete" }),
    "faults[0].method must be an HTTP method in capitals",
  ],
  [
    "a fault for no request",
    () => lostReply({ times: 0 }),
    "options.times must be an integer, 1 or more",
  ],
  [
    "a slip in a fault's options",
    () => throttled(/** @type {any} */ ({ retryAfter: 1 })),
    'options has no member "retryAfter"; do you mean retryAfterSeconds?',
  ],
  [
    "part of a second",
    () => throttled({ retryAfterSeconds: 0.5 }),
    "options.retryAfterSeconds must be an integer, 0 or more",
  ],
  [
    "a server error of the caller",
    () => serverError({ status: 404 }),
    "options.status must be an integer from 500 to 599",
  ],
  [
    "a delay that is none",
    () => slowReply(-1),
    "options.delayMs must be a number of milliseconds, 0 or more",
  ],
];

for (const [title, call, message] of WRONG_CALLS) {
  test(`${title} is refused by name, and nothing changes`, async (t) => {
    const service = await start(t, { users: [ANA] });
    const before = service.state();
    assert.throws(() => call(service), { name: "TypeError", message });
    assert.deepEqual(service.state(), before);
  });
}

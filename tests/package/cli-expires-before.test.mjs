// What --expires-before takes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseExpiresBefore } from "../../pkg-template/cli/expires-before.js";
import { formatDate } from "../../pkg-template/format-date.js";

// Without daylight saving.
process.env.TZ = "Asia/Kolkata";

const NOW = Date.parse("2026-11-28T12:00:00Z");

const TIMES = {
  "0h": "2026-11-28T12:00:00.000Z",
  "12h": "2026-11-29T00:00:00.000Z",
  "7d": "2026-12-05T12:00:00.000Z",
  "2w": "2026-12-12T12:00:00.000Z",
  "2026-12-20": "2026-12-19T18:30:00.000Z",
  "2026-12-20T16:31": "2026-12-20T11:01:00.000Z",
  "2026-12-20 16:31:05": "2026-12-20T11:01:05.000Z",
  "2026-12-20T16:31Z": "2026-12-20T16:31:00.000Z",
  "2026-12-20T16:31:05.123Z": "2026-12-20T16:31:05.123Z",
  "2026-12-20T16:31+01:00": "2026-12-20T15:31:00.000Z",
  "2026-12-20T16:31-0330": "2026-12-20T20:01:00.000Z",
  "2028-02-29": "2028-02-28T18:30:00.000Z",
};

for (const [text, expected] of Object.entries(TIMES)) {
  test(`${text} is ${expected}`, () => {
    assert.equal(parseExpiresBefore(text, NOW)?.toISOString(), expected);
  });
}

test("a date as list shows it is understood, in every zone", () => {
  const date = new Date("2026-12-20T15:31:00Z");
  for (const zone of ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"]) {
    process.env.TZ = zone;
    const shown = formatDate(date);
    process.env.TZ = "Asia/Kolkata";
    assert.deepEqual(parseExpiresBefore(shown), date, shown);
  }
});

const UNCLEAR = [
  "soon",
  "7",
  "-7d",
  "1.5d",
  "7m",
  "7 d",
  "99999999999999999999w",
  "20.12.2026",
  "12/20/2026",
  "2026-12",
  "2026-02-30",
  "2027-02-29",
  "2026-13-01",
  "2026-12-20T25:00",
  "2026-12-20T16",
  "2026-12-20T16:31 CET",
  "2026-12-20T16:31+15:00",
  "2026-12-20 ",
];

for (const text of UNCLEAR) {
  test(`"${text}" is no time`, () => {
    assert.equal(parseExpiresBefore(text, NOW), undefined);
  });
}

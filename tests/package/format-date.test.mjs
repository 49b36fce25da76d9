// The one form of date and time for people.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { formatDate } from "../../pkg-template/format-date.js";

const { TZ } = process.env;

afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

/** @type {[zone: string, iso: string, expected: string][]} */
const TIMES = [
  ["UTC", "2026-12-20T15:31:59.999Z", "2026-12-20 15:31 UTC"],
  ["Europe/Berlin", "2026-12-20T15:31:00Z", "2026-12-20 16:31 UTC+1"],
  ["Europe/Berlin", "2026-06-20T15:31:00Z", "2026-06-20 17:31 UTC+2"],
  ["America/New_York", "2027-01-01T04:59:00Z", "2026-12-31 23:59 UTC-5"],
  ["Asia/Kolkata", "2026-12-31T18:30:00Z", "2027-01-01 00:00 UTC+5:30"],
  ["Asia/Kathmandu", "2026-12-20T15:31:00Z", "2026-12-20 21:16 UTC+5:45"],
  ["America/St_Johns", "2026-12-20T15:31:00Z", "2026-12-20 12:01 UTC-3:30"],
  ["Pacific/Kiritimati", "2026-12-20T10:00:00Z", "2026-12-21 00:00 UTC+14"],
  // Half an hour of daylight saving.
  ["Australia/Lord_Howe", "2026-12-20T15:31:00Z", "2026-12-21 02:31 UTC+11"],
  ["Australia/Lord_Howe", "2026-06-20T15:31:00Z", "2026-06-21 02:01 UTC+10:30"],
];

for (const [zone, iso, expected] of TIMES) {
  test(`${iso} in ${zone} is ${expected}`, () => {
    process.env.TZ = zone;
    assert.equal(formatDate(new Date(iso)), expected);
  });
}

test("the hour that comes twice when daylight saving ends is told apart by its zone", () => {
  process.env.TZ = "Europe/Berlin";
  const twice = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"];
  assert.deepEqual(
    twice.map((iso) => formatDate(new Date(iso))),
    ["2026-10-25 02:30 UTC+2", "2026-10-25 02:30 UTC+1"],
  );
});

test("an invalid date throws, as toISOString does", () => {
  assert.throws(() => formatDate(new Date(Number.NaN)), RangeError);
});

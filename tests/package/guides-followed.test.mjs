// The guides that can be followed in seconds. `npm run test:guides` follows all of them, and installs
// what they need from npm's registry.

import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, quickGuides } from "../../scripts/test-guides.mjs";

const { guides, places } = await quickGuides();

test("there are guides to follow", () => assert.ok(guides.length > 3));

for (const guide of guides) {
  test(`${guide.file} works from top to bottom`, async () => {
    await follow(guide, places, { offline: true });
  });
}

// The dashboard where something other than the service answers: nothing is called deleted or gone.

import assert from "node:assert/strict";
import {
  button,
  dashboard,
  deleteSelected,
  orderFaults,
  owned,
  repeated,
  rowSays,
  rows,
  said,
  signIn,
  tick,
} from "./dashboard.mjs";
import { FOREIGN_REPLIES, leavesOpen } from "./foreign-replies.mjs";

const { pageTest } = dashboard("dashboard-foreign");

for (const [what, reply] of Object.entries(FOREIGN_REPLIES)) {
  pageTest(
    `where ${what} answers each deletion, no token is deleted or gone already`,
    async ({ page, service }) => {
      await signIn(page);
      orderFaults(service, ...repeated(2, reply));
      await tick(page, "tmp", "Old laptop");
      await deleteSelected(page);
      const state = leavesOpen(reply) ? "unknown" : "failed";
      assert.equal(await said(page, "Done: "), `Done: 2 ${state}.`);
      const label = leavesOpen(reply) ? "Unknown: not the service" : "Failed: not the service";
      await rowSays(page, "tmp", label);
      await rows(page).filter({ hasText: "tmp" }).locator("summary").click();
      await rowSays(page, "tmp", "omething other than the service answered");
      assert.equal(owned(service).length, 12);
    },
  );

  pageTest(
    `after a reply that was lost, ${what} leaves the deletion unknown`,
    async ({ page, service }) => {
      await signIn(page);
      orderFaults(service, { cut: "before" }, reply);
      await tick(page, "tmp");
      await deleteSelected(page);
      assert.equal(await said(page, "Done: "), "Done: 1 unknown.");
      await button(page, "Check 1 unknown").click();
      await rowSays(page, "tmp", "Still there");
      assert.equal(owned(service).length, 12);
    },
  );
}

pageTest("ten such answers in a row stop the run", async ({ page, service }) => {
  await signIn(page);
  await page.getByLabel("Select all shown").check();
  orderFaults(service, ...repeated(12, FOREIGN_REPLIES["an empty 404"]));
  await deleteSelected(page);
  assert.match(await said(page, "Stopped: "), /Something other than the service answered 10/);
  assert.equal(await button(page, "Sign in again").isVisible(), false);
  assert.equal(owned(service).length, 12);
});

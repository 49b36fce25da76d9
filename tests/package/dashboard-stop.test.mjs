// The dashboard's Cancel, and what stops a run by itself: nothing is left in doubt that needn't be.

import assert from "node:assert/strict";
import {
  button,
  cancelAll,
  dashboard,
  deleteSelected,
  deletions,
  NEVER,
  orderFaults,
  owned,
  repeated,
  rows,
  said,
  seenBy,
  signIn,
} from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-stop");

const AT_ONCE = { delayMs: 0 };
const LATER = { delayMs: 1_500 };

const MANY = 40;
const manyTokens = () =>
  Array.from({ length: MANY }, (_, index) => ({ id: `id-${index}`, name: `token ${index}` }));

/** Begins to delete all tokens. */
async function deleteAll(page) {
  await signIn(page);
  await page.getByLabel("Select all shown").check();
  await deleteSelected(page);
}

// ----------------------------------------------------------------------------- Cancel

pageTest(
  "Cancel lets deletions under way end and begins no other, so nothing becomes unknown",
  async ({ page, service }) => {
    orderFaults(service, AT_ONCE, ...repeated(4, LATER));
    await deleteAll(page);
    await said(page, "Deleting: 1 of 12");
    await seenBy(service, "DELETE", 5);
    await button(page, "Cancel").click();
    await said(page, "Stopping: 4 deletions under way may still finish (10 s at most).");
    await said(page, "Cancelled: 5 deleted, 7 not tried");
    assert.deepEqual([deletions(service).length, owned(service).length], [5, 7]);
    await page.getByText("7 selected", { exact: true }).waitFor();
  },
);

pageTest(
  "cancelled a second time, deletions under way are unknown, and the rest is not tried and stays selected",
  async ({ page, service }) => {
    await signIn(page);
    await page.getByLabel("Select all shown").check();
    // Held back, but carried out.
    orderFaults(service, { delayMs: 0 }, ...repeated(4, NEVER));
    await deleteSelected(page);
    await said(page, "Deleting: 1 of 12");
    await seenBy(service, "DELETE", 5);
    await cancelAll(page);
    await said(page, "Cancelled: 1 deleted, 4 unknown, 7 not tried");
    assert.equal(deletions(service).length, 5);
    await page.getByText("11 selected", { exact: true }).waitFor();
    await button(page, "Check 4 unknown").click();
    await page.getByText("7 selected", { exact: true }).waitFor();
    assert.equal(await rows(page).filter({ hasText: "Already gone" }).count(), 4);
    await deleteSelected(page);
    await said(page, "Done: 7 deleted");
    assert.deepEqual(owned(service), []);
  },
);

pageTest("what is under way is waited for no longer than 10 seconds", async ({ page, service }) => {
  // So slow that an attempt that ends after the page's limit is no use.
  orderFaults(service, { delayMs: 0 }, ...repeated(8, NEVER));
  await deleteAll(page);
  await said(page, "Deleting: 1 of 12");
  await seenBy(service, "DELETE", 5);
  const began = performance.now();
  await button(page, "Cancel").click();
  await said(page, "Cancelled: 1 deleted, 4 unknown, 7 not tried");
  assert.ok(performance.now() - began < 15_000);
});

pageTest("Cancel ends the wait for a service that throttles at once", async ({ page, service }) => {
  const headers = { "retry-after": "15" };
  orderFaults(service, ...repeated(4, { status: 429, name: "ThrottlingException", headers }));
  await deleteAll(page);
  await seenBy(service, "DELETE", 4);
  await page.waitForTimeout(500); // until the replies are there
  await button(page, "Cancel").click();
  await said(page, "Cancelled: 4 failed, 8 not tried");
  await rows(page).getByText("Failed: cancelled").first().waitFor();
  assert.deepEqual([deletions(service).length, owned(service).length], [4, 12]);
});

// --------------------------------------------------------------- ten refusals in a row

/** @type {[status: number, name: string][]} */
const REFUSALS = [
  [403, "AccessDeniedException"],
  [401, "UnauthorizedException"],
];

for (const [status, name] of REFUSALS) {
  pageTest(
    `ten refusals in a row with ${status} stop the run, and the page says to sign in again`,
    async ({ page, service }) => {
      orderFaults(service, ...repeated(100, { status, name, message: "Expired." }));
      await deleteAll(page);
      const told = await said(page, "Stopped: ");
      const sent = deletions(service).length;
      assert.match(
        told,
        /The service refused your sign-in 10 times in a row\..* Run “aws sso login”, /,
      );
      assert.ok(told.startsWith(`Stopped: ${sent} failed, ${MANY - sent} not tried.`), told);
      assert.ok(sent >= 10 && sent <= 13, String(sent));
      service.faults.clear();
      await button(page, "Sign in again").click();
      await signIn(page);
      await button(page, `Retry ${sent} failed`).click();
      await said(page, `Done: ${sent} deleted`);
    },
    { tokens: manyTokens() },
  );
}

pageTest(
  "refusals that are not in a row, or not for the same reason, stop nothing",
  async ({ page, service }) => {
    const denied = { status: 403, name: "AccessDeniedException" };
    const unauthorized = { status: 401, name: "UnauthorizedException" };
    // Few of each at a time: four are under way, so they may end in another order.
    orderFaults(
      service,
      ...repeated(10, [denied, unauthorized]).flat(),
      ...repeated(3, [denied, denied, denied, AT_ONCE]).flat(),
    );
    await deleteAll(page);
    await said(page, `Done: ${MANY - 29} deleted, 29 failed`);
  },
  { tokens: manyTokens() },
);

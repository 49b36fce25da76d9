// The dashboard while tokens are being deleted: progress, the keyboard, and that nothing moves.

import assert from "node:assert/strict";
import { sample } from "../../pkg-template/testing/index.js";
import {
  button,
  cancelAll,
  dashboard,
  deleteSelected,
  focused,
  NEVER,
  NO_ANSWER,
  OVER_QUOTA,
  orderFaults,
  repeated,
  rowSays,
  rows,
  said,
  seenBy,
  signIn,
  tick,
} from "./dashboard.mjs";
import { FOREIGN_REPLIES } from "./foreign-replies.mjs";

const { pageTest } = dashboard("dashboard-run");

// ------------------------------------------------------------- progress

pageTest(
  "during a run each row shows its state, and the bar the progress",
  async ({ page, service }) => {
    await signIn(page);
    await page.getByLabel("Select all shown").check();
    orderFaults(service, OVER_QUOTA, { delayMs: 0 }, ...repeated(4, NEVER));
    await deleteSelected(page);
    await said(page, "Deleting: 2 of 12 tokens done, 1 failed");
    await seenBy(service, "DELETE", 6);
    const results = (label) => rows(page).getByText(label, { exact: true }).count();
    assert.deepEqual([await results("Deleting…"), await results("Waiting")], [4, 6]);
    assert.deepEqual(
      await page.getByRole("progressbar").evaluate(({ value, max }) => [value, max]),
      [2, 12],
    );
    assert.match(await page.title(), /^2\/12/);
    assert.equal(await page.locator("#announcer").innerText(), "2 of 12 tokens done, 1 failed");
    assert.equal(await button(page, "Reload").getAttribute("aria-disabled"), "true");
  },
);

pageTest(
  "an unknown row stays unknown if the next run is cancelled before its turn",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(service, ...NO_ANSWER);
    await tick(page, "Mirror to backup server"); // the last in order
    await deleteSelected(page);
    await rowSays(page, "Mirror to backup server", "Unknown: no answer");
    await page.getByLabel("Select all shown").check();
    orderFaults(service, ...repeated(4, NEVER));
    await deleteSelected(page);
    await seenBy(service, "DELETE", 7);
    await cancelAll(page);
    await said(page, "Cancelled: 5 unknown, 7 not tried");
  },
);

pageTest("leaving the page during a run asks for confirmation", async ({ page, service }) => {
  await signIn(page);
  orderFaults(service, NEVER);
  await tick(page, "tmp");
  await deleteSelected(page);
  await seenBy(service, "DELETE");
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  assert.equal((await asked).type(), "beforeunload");
  await (await asked).dismiss();
  await cancelAll(page);
  await said(page, "Cancelled: 1 unknown");
});

pageTest(
  "a run says why it waits, and how long; that is read out once",
  async ({ page, service }) => {
    const headers = { "retry-after": "4" };
    await signIn(page);
    await tick(page, "tmp");
    const throttled = { status: 429, name: "ThrottlingException", headers };
    orderFaults(service, throttled, { cut: "before" }, NEVER);
    await deleteSelected(page);
    const progress = "Deleting: 0 of 1 token done. ";
    for (const left of [4, 3, 2])
      await said(page, `${progress}The service is throttling: ${left} s left`);
    const announced = await page.locator("#announcer").innerText();
    assert.equal(announced, "The service is throttling: 4 s left");
    await said(page, `${progress}Retrying after a lost reply (attempt 3 of 3)`);
    await cancelAll(page);
  },
);

// ------------------------------------------------------------------------- the keyboard

pageTest(
  "everything can be done by keyboard, and the focus is never lost",
  async ({ page, service }) => {
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    orderFaults(service, NEVER);
    await page.keyboard.insertText(sample.bearer);
    await press("Enter");
    await page.getByRole("heading", { name: "12 tokens" }).waitFor();
    // Exact times, filter, which tokens to show, Select expired, all, three headings, the first row's
    // three controls, the second row.
    await press(...repeated(12, "Tab"), "Space");
    await page.getByText("1 selected", { exact: true }).waitFor();
    await page.locator("#delete").focus();
    await press("Enter");
    assert.equal(await focused(page), "confirmation-keep");
    await press("Tab", "Enter");
    await seenBy(service, "DELETE");
    assert.equal(await focused(page), "status");
    await press("Tab");
    assert.equal(await focused(page), "cancel");
    await press("Enter");
    await button(page, "Cancel now").waitFor();
    assert.equal(await focused(page), "cancel");
    await press("Enter");
    await said(page, "Cancelled: 1 unknown");
    assert.equal(await focused(page), "status");
    await press("Tab");
    assert.equal(await focused(page), "check");
    await press("Enter");
    await rowSays(page, "Old laptop", "Already gone");
    assert.equal(await focused(page), "tokens-title");
  },
);

// ------------------------------------------------------------------------- nothing jumps

for (const width of [360, 1280]) {
  pageTest(
    `at ${width} pixels no result moves a row`,
    async ({ page, service }) => {
      await signIn(page);
      const places = () =>
        rows(page).evaluateAll((all) =>
          all.map((each) => each.getBoundingClientRect().top + scrollY),
        );
      orderFaults(service, ...repeated(12, NEVER));
      await page.getByLabel("Select all shown").check();
      await deleteSelected(page);
      await said(page, "Deleting: 0 of 12");
      const before = await places();
      await seenBy(service, "DELETE", 4);
      service.faults.clear();
      await cancelAll(page);
      await said(page, "Cancelled: 4 unknown, 8 not tried");
      assert.deepEqual(await places(), before);
      orderFaults(
        service,
        OVER_QUOTA,
        { status: 403, name: "AccessDeniedException" },
        FOREIGN_REPLIES["an empty 404"],
        FOREIGN_REPLIES["a sign-in page"],
        ...NO_ANSWER,
      );
      await deleteSelected(page);
      await said(page, "Done: ");
      assert.deepEqual(await places(), before);
    },
    { viewport: { width, height: 740 } },
  );
}

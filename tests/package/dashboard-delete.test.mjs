// The dashboard's deletions: the question before, progress, a result for each row, cancelling, and what comes after.

import assert from "node:assert/strict";
import { sample } from "../../www/service.mjs";
import {
  button,
  dashboard,
  deleteSelected,
  deletions,
  NEVER,
  names,
  orderFaults,
  owned,
  repeated,
  row,
  rowSays,
  rows,
  said,
  seenBy,
  signIn,
  tick,
} from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-delete");

const idOf = (name) => sample.tokens.find((token) => token.name === name).id;
const NO_ANSWER = repeated(3, { cut: "before" }); // as many as the attempts of one call
const THROTTLED = {
  status: 429,
  name: "ThrottlingException",
  message: "Slow down.",
  headers: { "retry-after": "90" },
};
const OVER_QUOTA = {
  status: 402,
  name: "ServiceQuotaExceededException",
  message: "No more of these.",
};
const focused = (page) => page.evaluate(() => document.activeElement.id);

// ------------------------------------------------------------------------ the question

pageTest(
  "before anything is sent a question names what will be deleted",
  async ({ page, service }) => {
    await signIn(page);
    await tick(page, "Old laptop", "Deploy job (production)", "tmp");
    await page.getByRole("searchbox").fill("tmp");
    await button(page, "Delete 3 selected…").click();
    const dialog = page.getByRole("dialog", { name: "Delete 3 access tokens?" });
    assert.match(
      await dialog.innerText(),
      /Still valid: 1 of 3\. Anything that signs in with one of these will be locked out/,
    );
    // In the order of the table, those too that the filter hides.
    assert.deepEqual(await dialog.locator("li b").allInnerTexts(), [
      "tmp",
      "Old laptop",
      "Deploy job (production)",
    ]);
    assert.ok((await dialog.innerText()).includes(idOf("Old laptop")));
    assert.deepEqual(deletions(service), []);
  },
);

pageTest(
  "an answer of no and the Escape key delete nothing, and everything is as it was",
  async ({ page, service }) => {
    await signIn(page);
    await tick(page, "Old laptop");
    for (const refuse of [
      () => button(page, "Keep").click(),
      () => page.keyboard.press("Escape"),
    ]) {
      await button(page, "Delete 1 selected…").click();
      await refuse();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      assert.equal(await focused(page), "delete");
    }
    assert.equal(await button(page, "Delete 1 selected…").isVisible(), true);
    assert.deepEqual(deletions(service), []);
  },
);

// -------------------------------------------------------------------------- the results

pageTest(
  "what is deleted says so, stays where it was, and the service has lost it",
  async ({ page, service }) => {
    await signIn(page);
    const before = await names(page);
    await button(page, "Select expired").click();
    await deleteSelected(page);
    await said(page, "Done: 4 deleted");
    await rowSays(page, "Old laptop", "Deleted");
    assert.deepEqual(await names(page), before);
    assert.equal(await page.getByRole("checkbox", { name: "Old laptop" }).isDisabled(), true);
    assert.deepEqual(
      ["tmp", "Old laptop"].filter((name) => owned(service).includes(name)),
      [],
    );
    await page.getByRole("heading", { name: "8 tokens" }).waitFor();
    await button(page, "Reload").click();
    await row(page, "Old laptop").waitFor({ state: "detached" });
    assert.equal(await rows(page).count(), 8);
  },
);

pageTest("what somebody else has deleted is already gone", async ({ page, service }) => {
  await signIn(page);
  service.store.remove("ana", idOf("tmp"));
  await tick(page, "tmp");
  await deleteSelected(page);
  await rowSays(page, "tmp", "Already gone");
  await said(page, "Done: 1 already gone");
});

pageTest("a deletion whose answer was lost is found done", async ({ page, service }) => {
  await signIn(page);
  orderFaults(service, { cut: "after" });
  await tick(page, "tmp");
  await deleteSelected(page);
  await rowSays(page, "tmp", "Already gone");
  assert.equal(deletions(service).length, 2);
});

pageTest(
  "what failed says why, what to do, and the facts to who asks",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(service, THROTTLED);
    await tick(page, "tmp");
    await deleteSelected(page);
    await rowSays(page, "tmp", "Failed: too many requests");
    await rowSays(page, "tmp", "Wait 90 seconds, then retry.");
    await row(page, "tmp").locator("summary").click();
    assert.match(
      await row(page, "tmp").innerText(),
      /Slow down\.[\s\S]*ThrottlingException[\s\S]*429[\s\S]*[0-9a-f-]{36}/,
    );
  },
);

pageTest(
  "what failed stays selected, is shown on its own, and can be retried",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(service, OVER_QUOTA);
    await tick(page, "tmp", "Old laptop");
    await deleteSelected(page);
    await said(page, "Done: 1 deleted, 1 failed");
    await page.getByText("1 selected", { exact: true }).waitFor();
    await page.getByRole("radio", { name: "Unfinished 1" }).check();
    const [failed] = await names(page);
    await button(page, "Retry 1 failed").click();
    await rowSays(page, failed, "Deleted");
    // It was asked for while it was unfinished, and does not vanish from under the eyes.
    assert.deepEqual(await names(page), [failed]);
  },
);

pageTest("a message from the network never becomes markup", async ({ page, service }) => {
  await signIn(page);
  orderFaults(service, {
    status: 400,
    name: "ValidationException",
    message: "<img src=x onerror=alert(1)>",
  });
  await tick(page, "tmp");
  await deleteSelected(page);
  await row(page, "tmp").locator("summary").click();
  assert.match(await row(page, "tmp").innerText(), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await page.locator("img").count(), 0);
});

pageTest(
  "without any answer a row is unknown, and a check finds it still there",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(service, ...NO_ANSWER);
    await tick(page, "tmp");
    await deleteSelected(page);
    await rowSays(page, "tmp", "Unknown: no answer");
    await button(page, "Check 1 unknown").click();
    await rowSays(page, "tmp", "Still there");
    await deleteSelected(page);
    await rowSays(page, "tmp", "Deleted");
  },
);

pageTest(
  "a check finds what was deleted without an answer, and keeps all other rows",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(service, ...repeated(3, { status: 500, effect: true }));
    await tick(page, "tmp");
    await deleteSelected(page);
    await rowSays(page, "tmp", "Unknown: no answer");
    service.faults.push({ status: 403, name: "AccessDeniedException", message: "Not now." });
    await button(page, "Check 1 unknown").click();
    await said(page, "did not accept the bearer token");
    await rowSays(page, "tmp", "Unknown: no answer");
    await button(page, "Try again").click();
    await rowSays(page, "tmp", "Already gone");
    assert.equal(await rows(page).count(), 12);
  },
);

pageTest(
  "when the bearer token expires in a run, a fresh one lets it be finished",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(
      service,
      ...repeated(2, { status: 401, name: "UnauthorizedException", message: "Expired." }),
    );
    await tick(page, "tmp", "Old laptop");
    await deleteSelected(page);
    await said(page, "Done: 2 failed");
    await button(page, "Sign in again").click();
    await signIn(page);
    await rowSays(page, "tmp", "Failed: not allowed");
    await button(page, "Retry 2 failed").click();
    await said(page, "Done: 2 deleted");
  },
);

// ------------------------------------------------------------- progress and cancelling

pageTest(
  "while it runs each row says how it is, and the bar how far",
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
  "cancelled, what was under way is unknown, the rest was not tried and stays selected",
  async ({ page, service }) => {
    await signIn(page);
    await page.getByLabel("Select all shown").check();
    // Held back, but carried out.
    orderFaults(service, { delayMs: 0 }, ...repeated(4, NEVER));
    await deleteSelected(page);
    await said(page, "Deleting: 1 of 12");
    await seenBy(service, "DELETE", 5);
    await button(page, "Cancel").click();
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

pageTest(
  "what was unknown stays unknown if the next run is cancelled before its turn",
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
    await button(page, "Cancel").click();
    await said(page, "Cancelled: 5 unknown, 7 not tried");
  },
);

pageTest(
  "whoever leaves while tokens are being deleted is asked first",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(service, NEVER);
    await tick(page, "tmp");
    await deleteSelected(page);
    await seenBy(service, "DELETE");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    assert.equal((await asked).type(), "beforeunload");
    await (await asked).dismiss();
    await button(page, "Cancel").click();
    await said(page, "Cancelled: 1 unknown");
  },
);

// ------------------------------------------------------------------------- the keyboard

pageTest("all is done by keyboard too, and the focus is never lost", async ({ page, service }) => {
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  orderFaults(service, NEVER);
  await press("Tab");
  await page.keyboard.insertText(sample.bearer);
  await press("Enter");
  await page.getByRole("heading", { name: "12 tokens" }).waitFor();
  // Filter, which tokens to show, Select expired, all, three headings, the first row, the second.
  await press(...repeated(9, "Tab"), "Space");
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
  await said(page, "Cancelled: 1 unknown");
  assert.equal(await focused(page), "status");
  await press("Tab");
  assert.equal(await focused(page), "check");
  await press("Enter");
  await rowSays(page, "Old laptop", "Already gone");
  assert.equal(await focused(page), "status");
});

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
      await button(page, "Cancel").click();
      await said(page, "Cancelled: 4 unknown, 8 not tried");
      assert.deepEqual(await places(), before);
      orderFaults(
        service,
        OVER_QUOTA,
        { status: 403, name: "AccessDeniedException" },
        ...NO_ANSWER,
      );
      await deleteSelected(page);
      await said(page, "Done: ");
      assert.deepEqual(await places(), before);
    },
    { viewport: { width, height: 740 } },
  );
}

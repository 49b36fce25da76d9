// The dashboard's deletions: the confirmation, the result of each row, and what can be done next.

import assert from "node:assert/strict";
import { sample } from "../../pkg-template/testing/index.js";
import {
  button,
  confirm,
  dashboard,
  deleteSelected,
  deletions,
  focused,
  NO_ANSWER,
  names,
  OVER_QUOTA,
  orderFaults,
  owned,
  repeated,
  row,
  rowSays,
  rows,
  said,
  signIn,
  tick,
} from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-delete");

const idOf = (name) => sample.tokens.find((token) => token.name === name)?.id ?? assert.fail(name);
const THROTTLED = {
  status: 429,
  name: "ThrottlingException",
  message: "Slow down.",
  headers: { "retry-after": "90" },
};

// ------------------------------------------------------------------------ the question

pageTest(
  "before anything is sent, a dialog lists the tokens to delete",
  async ({ page, service }) => {
    await signIn(page);
    await tick(page, "Old laptop", "Deploy job (production)", "tmp");
    await page.getByRole("searchbox").fill("tmp");
    await button(page, "Delete 3 selected…").click();
    const dialog = page.getByRole("dialog", { name: "Delete 3 access tokens?" });
    assert.match(
      await dialog.innerText(),
      /1 of 3 is still valid: anything that signs in with it will be locked out/,
    );
    // In the order of the table, those too that the filter hides.
    assert.deepEqual(await dialog.locator("li bdi").allInnerTexts(), [
      "tmp",
      "Old laptop",
      "Deploy job (production)",
    ]);
    assert.ok((await dialog.innerText()).includes(idOf("Old laptop")));
    assert.deepEqual(deletions(service), []);
  },
);

pageTest("Keep and the Escape key delete nothing and change nothing", async ({ page, service }) => {
  await signIn(page);
  await tick(page, "Old laptop");
  for (const refuse of [() => button(page, "Keep").click(), () => page.keyboard.press("Escape")]) {
    await button(page, "Delete 1 selected…").click();
    await refuse();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    assert.equal(await focused(page), "delete");
  }
  assert.equal(await button(page, "Delete 1 selected…").isVisible(), true);
  assert.deepEqual(deletions(service), []);
});

pageTest(
  "each row has a button that asks about its token only, whatever is selected",
  async ({ page, service }) => {
    await signIn(page);
    await tick(page, "Old laptop", "tmp");
    await button(page, "Delete IntelliJ").click();
    const dialog = page.getByRole("dialog", { name: "Delete “IntelliJ”?" });
    assert.match(await dialog.innerText(), /still valid: anything that signs in with it/);
    assert.deepEqual(await dialog.locator("li bdi").allInnerTexts(), ["IntelliJ"]);
    await button(page, "Keep").click();
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), "Delete IntelliJ");
    await button(page, "Delete IntelliJ").click();
    await confirm(page);
    await said(page, "Done: 1 deleted");
    await rowSays(page, "IntelliJ", "Deleted");
    assert.equal(await button(page, "Delete IntelliJ").count(), 0);
    assert.equal(await focused(page), "status");
    await page.getByText("2 selected", { exact: true }).waitFor();
    assert.equal(owned(service).length, 11);
  },
);

pageTest(
  "a name in the question shows what can't be seen in it",
  async ({ page }) => {
    await signIn(page);
    await button(page, "Delete tmp\\u{200b}").click();
    await page.getByRole("dialog", { name: "Delete “tmp\\u{200b}”?" }).waitFor();
  },
  { tokens: [{ id: "1", name: "tmp\u200b" }] },
);

// -------------------------------------------------------------------------- the results

pageTest(
  "a deleted token is marked, keeps its place, and is gone from the service",
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

pageTest("a token that was deleted elsewhere is already gone", async ({ page, service }) => {
  await signIn(page);
  service.removeToken("ana", idOf("tmp"));
  await tick(page, "tmp");
  await deleteSelected(page);
  await rowSays(page, "tmp", "Already gone");
  await said(page, "Done: 1 already gone");
});

pageTest("a deletion whose reply was lost is found to be done", async ({ page, service }) => {
  await signIn(page);
  orderFaults(service, { cut: "after" });
  await tick(page, "tmp");
  await deleteSelected(page);
  await rowSays(page, "tmp", "Already gone");
  assert.equal(deletions(service).length, 2);
});

pageTest(
  "a failed row says why and what to do, with details on request",
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
  "failed rows stay selected, can be filtered, and can be retried",
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
  "without a reply a row is unknown, and a check finds it still there",
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
  "a check finds what was deleted without a reply, and keeps all other rows",
  async ({ page, service }) => {
    await signIn(page);
    orderFaults(service, ...repeated(3, { status: 500, effect: true }));
    await tick(page, "tmp");
    await deleteSelected(page);
    await rowSays(page, "tmp", "Unknown: no answer");
    service.faults.push({ status: 403, name: "AccessDeniedException", message: "Not now." });
    await button(page, "Check 1 unknown").click();
    await said(page, "The service refused your sign-in");
    await rowSays(page, "tmp", "Unknown: no answer");
    await button(page, "Try again").click();
    await rowSays(page, "tmp", "Already gone");
    assert.equal(await rows(page).count(), 12);
  },
);

pageTest(
  "a late frame of a run takes nothing back that a check has found",
  async ({ page, service }) => {
    const late = await page.evaluateHandle(() => {
      /** @type {FrameRequestCallback[]} */
      const frames = [];
      window.requestAnimationFrame = (draw) => frames.push(draw);
      return frames;
    });
    await signIn(page);
    orderFaults(service, ...repeated(3, { status: 500, effect: true }));
    await tick(page, "tmp");
    await deleteSelected(page);
    await rowSays(page, "tmp", "Unknown: no answer");
    await button(page, "Check 1 unknown").click();
    await rowSays(page, "tmp", "Already gone");
    await late.evaluate((frames) => {
      for (const draw of frames.splice(0)) draw(performance.now());
    });
    assert.match(await row(page, "tmp").innerText(), /Already gone/);
  },
);

pageTest(
  "when the bearer token expires during a run, the run can be finished with a fresh one",
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

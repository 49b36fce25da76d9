// What the user of the extension sees and does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../../pkg-template/testing/index.js";
import {
  noticeText,
  openSignedIn,
  pageContent,
  received,
  remove,
  row,
  signIn,
  startToRemove,
  stopWorker,
  stored,
} from "./extension-browser.mjs";
import { browser, extensionTest, methods, service, setUpExtension } from "./extension-suite.mjs";

setUpExtension("extension");

const REFUSED_AT_FIRST = "The service did not accept the bearer token";
const [LAPTOP, EDITOR, OLD_LAPTOP] = sample.tokens;

// ------------------------------------------------------------------------------------ lists

extensionTest("it lists the tokens of all pages, from its worker", async (own) => {
  const page = await openSignedIn(own);
  assert.equal(await page.locator("#summary").textContent(), "12 tokens");
  const names = await page.getByRole("listitem").locator(".token-name").allTextContents();
  assert.equal(names.join(), sample.tokens.map(({ name }) => name).join());
  assert.match(
    await row(page, OLD_LAPTOP).innerText(),
    /Expired\s+\d+ months ago\s+\d{4}-\d\d-\d\d \d\d:\d\d UTC/,
  );
  // No preflight: none was needed and none was allowed.
  assert.deepEqual(methods(), ["POST", "POST"]);
  const origins = new Set(service.requests.map(({ headers }) => headers.origin));
  assert.deepEqual([...origins], [`chrome-extension://${browser.info.id}`]);
});

extensionTest("a reload shows what has changed elsewhere", async (own) => {
  const page = await openSignedIn(own);
  service.removeToken(own.user, LAPTOP.id);
  await page.getByRole("button", { name: "Reload" }).click();
  await row(page, LAPTOP).waitFor({ state: "detached" });
  assert.equal(await page.locator("#summary").textContent(), "11 tokens");
});

extensionTest(
  "a bearer token that the service does not accept is not kept",
  async ({ popup, bearer }) => {
    const page = await popup();
    await signIn(page, "not-a-token-of-anyone");
    const said = await noticeText(page.getByRole("main"), REFUSED_AT_FIRST);
    assert.match(said, /hasn’t expired/);
    assert.match(
      said,
      /AccessDeniedException.*bearer token is missing or not valid.*403.*Attempts1/,
    );
    assert.deepEqual(Object.keys(await stored(page, "session")), ["state"]);
    assert.deepEqual(methods(), ["POST"]);
    await signIn(page, bearer);
    await row(page, LAPTOP).waitFor();
    assert.equal(await page.locator(".notice:visible").count(), 0);
  },
);

extensionTest(
  "a list that failed for another reason can be retried with the same token",
  async ({ popup, bearer }) => {
    const page = await popup();
    service.faults.push({ status: 429, headers: { "retry-after": "90" } });
    await signIn(page, bearer);
    assert.match(
      await noticeText(page.getByRole("main"), "Too many requests"),
      /Wait 90 seconds.*ThrottlingException/s,
    );
    await page.getByRole("button", { name: "Reload" }).click();
    await row(page, LAPTOP).waitFor();
  },
);

// --------------------------------------------------------------------------------- deletions

extensionTest("a token is deleted after a confirmation that shows its name", async (own) => {
  const page = await openSignedIn(own);
  await row(page, LAPTOP).getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete “${LAPTOP.name}”?` });
  await dialog.getByText(LAPTOP.id).waitFor();
  await dialog.getByRole("button", { name: "Keep" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(methods(), ["POST", "POST"]);
  await remove(page, LAPTOP);
  await row(page, LAPTOP).getByText("Deleted").waitFor();
  assert.deepEqual(
    own.owned(),
    sample.tokens.slice(1).map(({ id }) => id),
  );
  assert.deepEqual(methods(), ["POST", "POST", "DELETE"]);
});

extensionTest(
  "a failure is shown with its details, and the token can be deleted later",
  async (own) => {
    const page = await openSignedIn(own);
    const headers = { "retry-after": "90" };
    service.faults.push({
      status: 409,
      name: "ConflictException",
      message: "<b>Slow</b> down.",
      headers,
    });
    await remove(page, LAPTOP);
    const said = await noticeText(row(page, LAPTOP), "A conflict");
    assert.match(said, /Wait 90 seconds/);
    // A message comes from the network and must not become markup.
    assert.match(said, /ConflictException.*<b>Slow<\/b> down\..*409.*[0-9a-f-]{36}.*Attempts1/);
    assert.equal(own.owned().includes(LAPTOP.id), true);
    await remove(page, LAPTOP);
    await row(page, LAPTOP).getByText("Deleted").waitFor();
  },
);

extensionTest("a deletion whose reply was lost is found to be done", async (own) => {
  const page = await openSignedIn(own);
  service.faults.push({ cut: "after" });
  await remove(page, LAPTOP);
  assert.match(
    await noticeText(row(page, LAPTOP), "Already gone"),
    /nothing left to do.*Attempts2/s,
  );
  assert.equal(own.owned().includes(LAPTOP.id), false);
});

extensionTest("without a reply the outcome is unknown", async (own) => {
  const page = await openSignedIn(own);
  service.faults.push({ cut: "before" }, { cut: "before" }, { cut: "before" });
  await remove(page, LAPTOP);
  assert.match(
    await noticeText(row(page, LAPTOP), "Outcome unknown"),
    /again is safe.*NetworkError.*Attempts3/s,
  );
});

// ------------------------------------------------------------------- closed, stopped, forgotten

extensionTest(
  "a deletion continues when the popup closes, and its outcome is shown when it opens again",
  async (own) => {
    const page = await openSignedIn(own);
    // Time to close the popup before the attempt that succeeds.
    service.faults.push({ status: 503, delayMs: 1_000 });
    await remove(page, LAPTOP);
    await received(service, "DELETE");
    await page.close();
    await row(await own.popup(), LAPTOP)
      .getByText("Deleted", { exact: true })
      .waitFor();
    assert.equal(own.owned().includes(LAPTOP.id), false);
    assert.deepEqual(methods(), ["POST", "POST", "DELETE", "DELETE"]);
  },
);

extensionTest(
  "a deletion under way when the browser stops the worker has an unknown outcome",
  async (own) => {
    const page = await openSignedIn(own);
    await startToRemove(page, service, LAPTOP);
    await stopWorker(page);
    await page.close();
    const again = await own.popup();
    assert.match(await noticeText(row(again, LAPTOP), "Outcome unknown"), /WorkerStopped/);
    await again.getByRole("button", { name: "Reload" }).click();
    await row(again, LAPTOP).waitFor({ state: "detached" });
  },
);

extensionTest(
  "the bearer token is in session storage and nowhere else, until it is forgotten",
  async ({ popup, bearer }) => {
    // Spaces around what was pasted do not count.
    const page = await openSignedIn({ popup, bearer: ` ${bearer} ` });
    const { token, ...rest } = await stored(page, "session");
    assert.equal(token, bearer);
    const elsewhere = [
      rest,
      await stored(page, "local"),
      await stored(page, "sync"),
      await pageContent(page),
      service.requests,
    ];
    assert.equal(JSON.stringify(elsewhere).includes(bearer.slice(0, 20)), false);
    await page.getByRole("button", { name: "Forget token" }).click();
    await page.getByLabel("Bearer token").waitFor();
    assert.deepEqual(await stored(page, "session"), {
      state: { signedIn: false, listing: false, interrupted: [], tokens: [] },
    });
    assert.equal(await page.getByRole("listitem").count(), 0);
  },
);

extensionTest("forgetting the token cancels deletions under way, and names them", async (own) => {
  const page = await openSignedIn(own);
  await startToRemove(page, service, LAPTOP);
  const cancelled = browser.context.waitForEvent(
    "requestfailed",
    (request) => request.method() === "DELETE",
  );
  await page.getByRole("button", { name: "Forget token" }).click();
  await cancelled;
  const said = await noticeText(page.getByRole("main"), "Outcome unknown");
  assert.match(said, new RegExp(`may be deleted or not: “${LAPTOP.name}”`));
  await signIn(page, own.bearer);
  await row(page, EDITOR).waitFor();
  assert.equal(await page.locator(".notice:visible").count(), 0);
  assert.deepEqual(methods(), ["POST", "POST", "DELETE", "POST", "POST"]);
});

extensionTest("the worker accepts messages only from the popup", async ({ popup, bearer }) => {
  const page = await popup();
  const stranger = await browser.context.newPage();
  await stranger.goto(`chrome-extension://${browser.info.id}/icons/icon.svg`);
  const reply = await stranger.evaluate(
    (token) => chrome.runtime.sendMessage({ command: "signIn", token }),
    bearer,
  );
  assert.deepEqual(
    [reply, Object.keys(await stored(page, "session")), service.requests],
    [undefined, ["state"], []],
  );
});

// ------------------------------------------------------------------------------- the keyboard

extensionTest(
  "everything can be done by keyboard, and the focus is never lost",
  async ({ popup, bearer }) => {
    const page = await popup();
    const focus = page.locator(":focus");
    const focused = async () => (await focus.getAttribute("aria-label")) ?? focus.textContent();
    await page.getByLabel("Bearer token").and(focus).waitFor();
    await page.keyboard.insertText(bearer);
    await page.keyboard.press("Enter");
    await row(page, LAPTOP).waitFor();
    assert.equal(await focused(), "12 tokens");
    const inRow = ({ name }) => [name, `Copy ID of ${name}`, `Delete ${name}`];
    for (const expected of [
      "Reload",
      "Forget token",
      "Delete 4 expired…",
      ...inRow(LAPTOP),
      ...inRow(EDITOR),
    ]) {
      await page.keyboard.press("Tab");
      assert.equal(await focused(), expected);
    }
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "Keep");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await row(page, EDITOR).getByText("Deleted").waitFor();
    assert.equal(await focused(), "Deleted");
    assert.equal(await page.getByRole("status").textContent(), `${EDITOR.name}: Deleted`);
  },
);

test("none of these tests left an uncaught error or console output, in the popup or in the worker", async () => {
  assert.deepEqual((await browser.inspect()).runtimeErrors, []);
});

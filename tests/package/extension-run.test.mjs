// Runs of deletions in the extension: cancelled, refused, and left by a worker that died. Also what
// can be pasted there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../../pkg-template/testing/index.js";
import {
  noticeText,
  openSignedIn,
  pageContent,
  row,
  signIn,
  startToRemove,
  stopWorker,
  stored,
} from "./extension-browser.mjs";
import { browser, extensionTest, methods, service, setUpExtension } from "./extension-suite.mjs";
import { FOREIGN_REPLIES, leavesOpen } from "./foreign-replies.mjs";
import { until } from "./installed.mjs";

setUpExtension("extension-run");

const EXPIRED = sample.tokens.filter(({ expiresTime }) => Number(expiresTime ?? NaN) < Date.now());
const [LAPTOP] = sample.tokens;
const fault = (more) => ({ method: "DELETE", ...more });
const repeated = (count, more) => Array.from({ length: count }, () => fault(more));
const deletions = () => methods().filter((method) => method === "DELETE").length;
const button = (page, name) => page.getByRole("button", { name });
const notice = (page, title) => noticeText(page.locator("#notices"), title);

/** Deletes all that have expired, and confirms. */
async function removeExpired(page, count = EXPIRED.length) {
  await button(page, `Delete ${count} expired…`).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
}

const manyExpired = (count) =>
  Array.from({ length: count }, (_, index) => ({
    id: `id-${index}`,
    name: `token ${index}`,
    expiresTime: "2020-01-01T00:00:00Z",
  }));

/** Opens the popup and deletes nine tokens: one is done, and four are under way for so long. */
async function openWithFourUnderWay(own, delayMs = 600_000) {
  const page = await openSignedIn(own);
  service.faults.push(fault({ delayMs: 0 }), ...repeated(4, { delayMs }));
  await removeExpired(page, 9);
  await until(() => deletions() === 5);
  await page.getByText("1 of 9 done").waitFor();
  return page;
}

// ------------------------------------------------------------------------------ a run

extensionTest(
  "all expired tokens are deleted in one run, after a question that names each",
  async (own) => {
    const page = await openSignedIn(own);
    await button(page, `Delete ${EXPIRED.length} expired…`).click();
    const dialog = page.getByRole("dialog", { name: `Delete ${EXPIRED.length} access tokens?` });
    const names = await dialog.locator("li .token-name").allTextContents();
    assert.deepEqual(names.sort(), EXPIRED.map(({ name }) => name).sort());
    assert.equal(deletions(), 0);
    await dialog.getByRole("button", { name: "Delete" }).click();
    for (const token of EXPIRED) await row(page, token).getByText("Deleted").waitFor();
    assert.equal(own.owned().length, sample.tokens.length - EXPIRED.length);
    assert.equal(await page.locator("#run").isVisible(), false);
  },
);

extensionTest(
  "Cancel lets deletions under way end and begins no other, so nothing becomes unknown",
  async (own) => {
    const page = await openWithFourUnderWay(own, 1_500);
    await button(page, "Cancel").click();
    const stopping = "Stopping: 4 deletions under way may still finish (10 s at most).";
    await page.locator("#progress").getByText(stopping).waitFor();
    assert.match(await notice(page, "Cancelled"), /5 deleted, 0 failed, 0 unknown, 4 not tried\./);
    assert.deepEqual([deletions(), own.owned().length], [5, 4]);
    await button(page, "Delete 4 expired…").waitFor();
  },
  manyExpired(9),
);

extensionTest(
  "cancelled a second time, deletions under way are unknown, and can be checked",
  async (own) => {
    const page = await openWithFourUnderWay(own);
    await button(page, "Cancel").click();
    await button(page, "Cancel now").click();
    assert.match(await notice(page, "Cancelled"), /1 deleted, 0 failed, 4 unknown, 4 not tried\./);
    await button(page, "Check 4 unknown").click();
    await page.locator("#summary").getByText("4 tokens").waitFor();
    assert.equal(own.owned().length, 4);
  },
  manyExpired(9),
);

for (const [status, name] of /** @type {const} */ ([
  [403, "AccessDeniedException"],
  [401, "UnauthorizedException"],
])) {
  extensionTest(
    `ten refusals in a row with ${status} stop the run, and the popup says to sign in again`,
    async (own) => {
      const page = await openSignedIn(own);
      service.faults.push(...repeated(40, { status, name, message: "Expired." }));
      await removeExpired(page, 30);
      const said = await notice(page, "Stopped");
      const sent = deletions();
      assert.ok(sent >= 10 && sent <= 13, String(sent));
      assert.ok(
        said.includes(`0 deleted, ${sent} failed, 0 unknown, ${30 - sent} not tried.`),
        said,
      );
      assert.match(said, /refused your sign-in 10 times in a row\./);
    },
    manyExpired(30),
  );
}

for (const [what, reply] of Object.entries(FOREIGN_REPLIES)) {
  extensionTest(
    `where ${what} answers each deletion, no token is deleted or gone already`,
    async (own) => {
      const page = await openSignedIn(own);
      service.faults.push(...repeated(3, reply));
      await removeExpired(page, 3);
      const title = leavesOpen(reply) ? "Outcome unknown" : "Not the service's answer";
      for (const token of manyExpired(3))
        assert.match(await noticeText(row(page, token), title), /other than the service answered/);
      assert.equal(await page.getByText(/^(Deleted|Already gone)$/).count(), 0);
      assert.equal(own.owned().length, 3);
    },
    manyExpired(3),
  );
}

// ------------------------------------------------------------------ what is pasted

extensionTest("an invalid bearer token is not sent", async ({ popup }) => {
  const page = await popup();
  await signIn(page, "tök en");
  assert.match(
    await noticeText(page.getByRole("main"), "This is not a bearer token"),
    /looks like several words\. Nothing was sent\./,
  );
  assert.deepEqual(service.requests, []);
});

extensionTest(
  "a cache file can be pasted: only its token is kept, and its end is told",
  async ({ popup, bearer }) => {
    const page = await popup();
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    await signIn(page, JSON.stringify({ accessToken: bearer, expiresAt, refreshToken: "hush" }));
    await noticeText(page.locator("#notices"), "Your sign-in expires in 10 minutes.");
    assert.equal((await stored(page, "session")).token, bearer);
    assert.equal(JSON.stringify(await stored(page, "session")).includes("hush"), false);
  },
);

// ------------------------------------------------------- selected, expired, throttled

const select = (page, { name }) => page.getByRole("checkbox", { name, exact: true }).check();

/** Deletes the selected tokens, and confirms. */
async function removeSelected(page, count) {
  await button(page, `Delete ${count} selected…`).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
}

extensionTest(
  "selected tokens are deleted in one run, and stay selected when the popup closes",
  async (own) => {
    const page = await openSignedIn(own);
    for (const token of EXPIRED.slice(0, 2)) await select(page, token);
    await button(page, "Delete 2 selected…").waitFor();
    await page.close();
    const again = await own.popup();
    await removeSelected(again, 2);
    for (const token of EXPIRED.slice(0, 2)) await row(again, token).getByText("Deleted").waitFor();
    assert.equal(own.owned().length, sample.tokens.length - 2);
    assert.equal(await button(again, /selected/).isVisible(), false);
  },
);

extensionTest(
  "an expired sign-in is told once, and a fresh one keeps the rows and what is selected",
  async (own) => {
    const page = await openSignedIn(own);
    for (const token of EXPIRED.slice(0, 3)) await select(page, token);
    const refused = { status: 401, name: "UnauthorizedException", message: "Expired." };
    service.faults.push(...repeated(3, refused));
    await removeSelected(page, 3);
    assert.match(await notice(page, "The service refused your sign-in"), /Run “aws sso login”/);
    assert.doesNotMatch(await page.locator("#tokens").innerText(), /sign in|login/i);
    await button(page, "Sign in again").click();
    await signIn(page, own.bearer);
    await button(page, "Delete 3 selected…").waitFor();
    await button(page, "Retry 3 failed").click();
    for (const token of EXPIRED.slice(0, 3)) await row(page, token).getByText("Deleted").waitFor();
  },
);

extensionTest("it says why it waits, and how long; that is read out once", async (own) => {
  const page = await openSignedIn(own);
  service.faults.push(fault({ status: 429, headers: { "retry-after": "5" } }));
  await select(page, LAPTOP);
  await removeSelected(page, 1);
  const progress = page.locator("#progress");
  for (const left of [4, 3])
    await progress.getByText(`0 of 1 done. The service is throttling: ${left} s left`).waitFor();
  assert.match(await page.locator("#announcer").innerText(), /throttling: [45] s left$/);
  await row(page, LAPTOP).getByText("Deleted").waitFor();
});

// ------------------------------------------------------------------------ a dead worker

extensionTest(
  "a worker that dies is noticed within 5 seconds: its deletions are unknown, and can be checked",
  async (own) => {
    const page = await openWithFourUnderWay(own);
    const began = performance.now();
    await stopWorker(page);
    await button(page, "Check 4 unknown").waitFor();
    assert.ok(performance.now() - began < 5_000, String(performance.now() - began));
    const first = row(page, manyExpired(2)[1]);
    assert.match(await noticeText(first, "Outcome unknown"), /WorkerStopped/);
    const outcomes = page.locator("#tokens").getByText("Outcome unknown", { exact: true });
    assert.equal(await outcomes.count(), 4);
    await button(page, "Check 4 unknown").click();
    await page.locator("#summary").getByText("4 tokens").waitFor();
    assert.deepEqual([deletions(), own.owned().length], [5, 4]);
  },
  manyExpired(9),
);

extensionTest("a worker that dies while it lists is noticed, too", async (own) => {
  const page = await openSignedIn(own);
  service.faults.push({ method: "POST", delayMs: 600_000 });
  await button(page, "Reload").click();
  await until(() => methods().length === 3);
  await stopWorker(page);
  assert.match(await notice(page, "Interrupted"), /Reload to try again.*WorkerStopped/s);
});

extensionTest("where no worker answers any more, the popup says so by itself", async (own) => {
  const page = await openSignedIn(own);
  await startToRemove(page, service, LAPTOP);
  await page.evaluate(() => {
    chrome.runtime.sendMessage = () => new Promise(() => {});
  });
  await row(page, LAPTOP).getByText("Outcome unknown", { exact: true }).waitFor({ timeout: 5_000 });
  await page.getByText("service worker does not answer").waitFor();
});

for (const [what, sendMessage] of /** @type {const} */ ([
  ["gets no answer", () => new Promise(() => {})],
  ["finds nobody listening", () => Promise.reject(new Error("Receiving end does not exist."))],
])) {
  extensionTest(
    `a sign-in that ${what} is told, and what was pasted stays for the next try`,
    async ({ popup, bearer }) => {
      const page = await popup();
      await page.getByLabel("Bearer token").waitFor();
      await page.evaluate(`globalThis.sendMessage = chrome.runtime.sendMessage;
        chrome.runtime.sendMessage = ${sendMessage}`);
      await signIn(page, bearer);
      await page.getByText("service worker does not answer").waitFor();
      await page.evaluate("chrome.runtime.sendMessage = sendMessage");
      await button(page, "Show my tokens").click();
      await row(page, LAPTOP).waitFor();
      assert.equal(await page.getByText("service worker does not answer").isVisible(), false);
      assert.equal((await pageContent(page)).flat().includes(bearer), false);
    },
  );
}

test("none of these tests left an uncaught error or console output, in the popup or in the worker", async () => {
  assert.deepEqual((await browser.inspect()).runtimeErrors, []);
});

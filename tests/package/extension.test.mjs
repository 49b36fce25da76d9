// The extension of examples/extension/ in Chromium, with the packed package, against the local service.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assemble } from "../../examples/extension/assemble.mjs";
import { sample, startService } from "../../www/service.mjs";
import {
  beginToRemove,
  held,
  kept,
  loaded,
  notice,
  redirect,
  remove,
  row,
  seen,
  signedIn,
  signIn,
  startAfresh,
  stopWorker,
  violations,
} from "./extension-browser.mjs";
import { packageIn, project } from "./installed.mjs";

const [LAPTOP, EDITOR, OLD_LAPTOP] = sample.tokens;

let service;
let browser;
const users = [];

before(async () => {
  const folder = await project("extension");
  const assembled = await assemble(packageIn(folder), join(folder, "extension"));
  service = await startService({ users });
  // No page may call it. The extension may, by its host permission.
  service.cors = false;
  await redirect(assembled, service.url);
  browser = await loaded(assembled);
});

after(() => Promise.all([browser?.context.close(), service?.close()]));

/** A test with a user of its own, in the browser that all share. */
function extensionTest(title, body) {
  const name = `user ${users.length + 1}`;
  const bearer = `${sample.bearer}${users.length + 1}`;
  users.push({ name, bearer, tokens: sample.tokens });
  test(title, async () => {
    service.faults.clear();
    // Never used up, since nothing sends a preflight. While it is ordered, each connection serves one request, so that the browser
    // can't quietly resend what another test had cut.
    service.faults.push({ method: "OPTIONS", cut: "before" });
    await startAfresh(browser);
    service.requests.length = 0;
    await body({
      popup: browser.popup,
      user: name,
      bearer,
      owned: () => service.state().users[name].map(({ id }) => id),
    });
  });
}

const methods = () => service.requests.map(({ method }) => method);

// ------------------------------------------------------------------------------------ lists

extensionTest("it lists the tokens of all pages, and its worker is who asks", async (own) => {
  const page = await signedIn(own);
  assert.equal(await page.locator("#summary").textContent(), "12 tokens");
  const names = await page.getByRole("listitem").locator("strong").allTextContents();
  assert.deepEqual(
    names,
    sample.tokens.map(({ name }) => name),
  );
  assert.match(await row(page, OLD_LAPTOP).innerText(), /Expired [A-Z][a-z]{2} \d+, \d{4}/);
  // No preflight: none was needed and none was allowed.
  const origin = `chrome-extension://${browser.info.id}`;
  assert.deepEqual(
    service.requests.map(({ method, headers }) => [method, headers.origin]),
    [
      ["POST", origin],
      ["POST", origin],
    ],
  );
});

extensionTest("a reload shows what has changed elsewhere", async (own) => {
  const page = await signedIn(own);
  service.store.remove(own.user, LAPTOP.id);
  await page.getByRole("button", { name: "Reload" }).click();
  await row(page, LAPTOP).waitFor({ state: "detached" });
  assert.equal(await page.locator("#summary").textContent(), "11 tokens");
});

extensionTest(
  "a bearer token that the service does not accept is not kept",
  async ({ popup, bearer }) => {
    const page = await popup();
    await signIn(page, "not-a-token-of-anyone");
    const said = await notice(page.getByRole("main"), "Not accepted");
    assert.match(said, /has not expired/);
    assert.match(
      said,
      /AccessDeniedException.*bearer token is missing or not valid.*403.*Attempts1/,
    );
    assert.deepEqual(Object.keys(await kept(page, "session")), ["state"]);
    assert.deepEqual(methods(), ["POST"]);
    await signIn(page, bearer);
    await row(page, LAPTOP).waitFor();
    assert.equal(await page.locator(".notice").count(), 0);
  },
);

extensionTest("what can't be a bearer token is not sent", async ({ popup }) => {
  const page = await popup();
  await signIn(page, "tök en");
  assert.match(await notice(page.getByRole("main"), "Not a bearer token"), /InvalidArgumentError/);
  assert.deepEqual(service.requests, []);
});

extensionTest(
  "a list that failed otherwise can be asked for again, with the same token",
  async ({ popup, bearer }) => {
    const page = await popup();
    service.faults.push({ status: 429, headers: { "retry-after": "90" } });
    await signIn(page, bearer);
    assert.match(
      await notice(page.getByRole("main"), "Too many requests"),
      /Wait 90 seconds.*ThrottlingException/s,
    );
    await page.getByRole("button", { name: "Reload" }).click();
    await row(page, LAPTOP).waitFor();
  },
);

// --------------------------------------------------------------------------------- deletions

extensionTest("a token is deleted once that is confirmed by its name", async (own) => {
  const page = await signedIn(own);
  await row(page, LAPTOP).getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete “${LAPTOP.name}”?` });
  await dialog.getByText(LAPTOP.id).waitFor();
  await dialog.getByRole("button", { name: "Keep it" }).click();
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
  "a refusal is told with its facts, and the token can be deleted later",
  async (own) => {
    const page = await signedIn(own);
    const headers = { "retry-after": "90" };
    service.faults.push({
      status: 429,
      name: "ThrottlingException",
      message: "<b>Slow</b> down.",
      headers,
    });
    await remove(page, LAPTOP);
    const said = await notice(row(page, LAPTOP), "Too many requests");
    assert.match(said, /Wait 90 seconds/);
    // A message comes from the network and must not become markup.
    assert.match(said, /ThrottlingException.*<b>Slow<\/b> down\..*429.*[0-9a-f-]{36}.*Attempts1/);
    assert.equal(own.owned().includes(LAPTOP.id), true);
    await remove(page, LAPTOP);
    await row(page, LAPTOP).getByText("Deleted").waitFor();
  },
);

extensionTest("a deletion whose answer was lost is found done", async (own) => {
  const page = await signedIn(own);
  service.faults.push({ cut: "after" });
  await remove(page, LAPTOP);
  assert.match(await notice(row(page, LAPTOP), "Already gone"), /nothing left to do.*Attempts2/s);
  assert.equal(own.owned().includes(LAPTOP.id), false);
});

extensionTest("without any answer the outcome is unknown", async (own) => {
  const page = await signedIn(own);
  service.faults.push({ cut: "before" }, { cut: "before" }, { cut: "before" });
  await remove(page, LAPTOP);
  assert.match(
    await notice(row(page, LAPTOP), "Outcome unknown"),
    /again is safe.*NetworkError.*Attempts3/s,
  );
});

// ------------------------------------------------------------------- closed, stopped, forgotten

extensionTest(
  "a deletion goes on when the popup closes, and its outcome is there when it opens again",
  async (own) => {
    const page = await signedIn(own);
    // Time to close the popup before the attempt that succeeds.
    service.faults.push({ status: 503, delayMs: 1_000 });
    await remove(page, LAPTOP);
    await seen(service, "DELETE");
    await page.close();
    await row(await own.popup(), LAPTOP)
      .getByText("Deleted", { exact: true })
      .waitFor();
    assert.equal(own.owned().includes(LAPTOP.id), false);
    assert.deepEqual(methods(), ["POST", "POST", "DELETE", "DELETE"]);
  },
);

extensionTest(
  "what was under way when the browser stopped the worker has an unknown outcome",
  async (own) => {
    const page = await signedIn(own);
    await beginToRemove(page, service, LAPTOP);
    await stopWorker(page);
    await page.close();
    const again = await own.popup();
    assert.match(await notice(row(again, LAPTOP), "Outcome unknown"), /WorkerStopped/);
    await again.getByRole("button", { name: "Reload" }).click();
    await row(again, LAPTOP).waitFor({ state: "detached" });
  },
);

extensionTest(
  "the bearer token is in session storage and nowhere else, until it is forgotten",
  async ({ popup, bearer }) => {
    // Spaces around what was pasted do not count.
    const page = await signedIn({ popup, bearer: ` ${bearer} ` });
    const { token, ...rest } = await kept(page, "session");
    assert.equal(token, bearer);
    const elsewhere = [
      rest,
      await kept(page, "local"),
      await kept(page, "sync"),
      await held(page),
      service.requests,
    ];
    assert.equal(JSON.stringify(elsewhere).includes(bearer.slice(0, 20)), false);
    await page.getByRole("button", { name: "Forget token" }).click();
    await page.getByLabel("Bearer token").waitFor();
    assert.deepEqual(await kept(page, "session"), {
      state: { signedIn: false, listing: false, interrupted: [], tokens: [] },
    });
    assert.equal(await page.getByRole("listitem").count(), 0);
  },
);

extensionTest("forgetting the token cancels what is under way, and says for what", async (own) => {
  const page = await signedIn(own);
  await beginToRemove(page, service, LAPTOP);
  const cancelled = browser.context.waitForEvent(
    "requestfailed",
    (request) => request.method() === "DELETE",
  );
  await page.getByRole("button", { name: "Forget token" }).click();
  await cancelled;
  const said = await notice(page.getByRole("main"), "Outcome unknown");
  assert.match(said, new RegExp(`may be deleted or not: “${LAPTOP.name}”`));
  await signIn(page, own.bearer);
  await row(page, EDITOR).waitFor();
  assert.equal(await page.locator(".notice").count(), 0);
  assert.deepEqual(methods(), ["POST", "POST", "DELETE", "POST", "POST"]);
});

extensionTest("the worker listens to nobody but the popup", async ({ popup, bearer }) => {
  const page = await popup();
  const stranger = await browser.context.newPage();
  await stranger.goto(`chrome-extension://${browser.info.id}/icons/icon.svg`);
  const reply = await stranger.evaluate(
    (token) => chrome.runtime.sendMessage({ command: "signIn", token }),
    bearer,
  );
  assert.deepEqual(
    [reply, Object.keys(await kept(page, "session")), service.requests],
    [undefined, ["state"], []],
  );
});

// ----------------------------------------------------------------------------------- the look

extensionTest(
  "all is done by keyboard too, and the focus is never lost",
  async ({ popup, bearer }) => {
    const page = await popup();
    const focus = page.locator(":focus");
    const focused = async () => (await focus.getAttribute("aria-label")) ?? focus.textContent();
    await page.getByLabel("Bearer token").and(focus).waitFor();
    await page.keyboard.insertText(bearer);
    await page.keyboard.press("Enter");
    await row(page, LAPTOP).waitFor();
    assert.equal(await focused(), "12 tokens");
    for (const expected of [
      "Reload",
      "Forget token",
      `Delete ${LAPTOP.name}`,
      `Delete ${EDITOR.name}`,
    ]) {
      await page.keyboard.press("Tab");
      assert.equal(await focused(), expected);
    }
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "Keep it");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await row(page, EDITOR).getByText("Deleted").waitFor();
    assert.equal(await focused(), "Deleted");
    assert.equal(await page.getByRole("status").textContent(), `${EDITOR.name}: Deleted`);
  },
);

for (const colorScheme of ["light", "dark"]) {
  extensionTest(
    `axe finds nothing to say of any view (${colorScheme}), and none is too wide`,
    async ({ popup, bearer }) => {
      const page = await popup();
      await page.emulateMedia({ colorScheme });
      await signIn(page, "wrong");
      await notice(page.getByRole("main"), "Not accepted");
      assert.deepEqual(await violations(page), []);
      await signIn(page, bearer);
      await row(page, LAPTOP).waitFor();
      service.faults.push({ status: 400, name: "ValidationException", message: "x".repeat(900) });
      await remove(page, LAPTOP);
      await notice(row(page, LAPTOP), "Refused by the service");
      await row(page, LAPTOP).getByText("Details").click();
      await beginToRemove(page, service, EDITOR);
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 384);
      await row(page, OLD_LAPTOP).getByRole("button").click();
      assert.deepEqual(await violations(page), []);
    },
  );
}

test("in all that, nothing was left uncaught or written to the console, in the popup or in the worker", async () => {
  assert.deepEqual((await browser.about()).runtimeErrors, []);
});

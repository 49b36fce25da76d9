// The dashboard's rows: what they show of a token, names that deceive, what is deleted, the bar below;
// and that drawing touches only what has changed.

import assert from "node:assert/strict";
import { formatDate } from "../../pkg-template/format-date.js";
import { sample } from "../../pkg-template/testing/index.js";
import {
  button,
  confirm,
  dashboard,
  deleteSelected,
  focused,
  NO_ANSWER,
  names,
  OVER_QUOTA,
  orderFaults,
  row,
  rowSays,
  rows,
  said,
  signIn,
  tick,
} from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-rows");

pageTest("each row shows the beginning of the id, and contains all of it", async ({ page }) => {
  await signIn(page);
  for (const { id, name } of sample.tokens) {
    const code = row(page, name).locator(".id code");
    assert.equal(await code.innerText(), id);
    assert.equal(await code.getAttribute("title"), id);
    const [width, needed] = await code.evaluate((each) => [each.clientWidth, each.scrollWidth]);
    assert.ok(width < needed / 3, `${width} of ${needed}`);
  }
});

pageTest(
  "each row shows a relative time; the exact one is there on hover and for screen readers",
  async ({ page }) => {
    await signIn(page);
    for (const { name, expiresTime } of sample.tokens) {
      if (!expiresTime) continue;
      const time = row(page, name).getByRole("time");
      const exact = formatDate(expiresTime);
      assert.equal(await time.getAttribute("datetime"), expiresTime.toISOString());
      assert.equal(await time.getAttribute("title"), exact);
      assert.match(await time.innerText(), /^(in|tomorrow|yesterday|\d+ \w+ ago)/);
      assert.ok((await time.innerText()).endsWith(exact));
      assert.equal((await time.locator(".exact").boundingBox()).width, 1);
    }
  },
);

pageTest("a button shows the exact times instead, without a mouse", async ({ page }) => {
  await signIn(page);
  const toggle = button(page, "Exact times");
  const widths = async () =>
    Promise.all(
      [".relative", ".exact"].map(
        async (part) => (await row(page, "tmp").locator(part).boundingBox()).width,
      ),
    );
  await toggle.press("Enter");
  assert.equal(await toggle.getAttribute("aria-pressed"), "true");
  const [relative, exact] = await widths();
  assert.ok(relative === 1 && exact > 50, `${relative}, ${exact}`);
  await toggle.press("Enter");
  assert.equal(await toggle.getAttribute("aria-pressed"), "false");
  assert.ok((await widths())[0] > 50);
});

pageTest("each row has a badge for its expiry", async ({ page }) => {
  await signIn(page);
  const words = async (name) =>
    Promise.all([".badge", ".relative"].map((part) => row(page, name).locator(part).innerText()));
  assert.deepEqual(await words("Old laptop"), ["Expired", "7 months ago"]);
  assert.deepEqual(await words('Build & test "nightly"'), ["Expiring", "tomorrow"]);
  assert.deepEqual(await words("Deploy job (staging)"), ["Expiring", "in 3 days"]);
  assert.deepEqual(await words("Büro-Rechner"), ["Active", "in 3 months"]);
  assert.deepEqual(await words("Mirror to backup server"), ["Active", "no expiry"]);
});

// ---------------------------------------------------------------------------- names

pageTest(
  "a name from the network never becomes markup",
  async ({ page }) => {
    await signIn(page);
    assert.deepEqual(await names(page), ["<img src=x onerror=alert(1)>"]);
    assert.equal(await page.locator("img").count(), 0);
  },
  { tokens: [{ id: "1", name: "<img src=x onerror=alert(1)>" }] },
);

pageTest(
  "a name that means to deceive is shown by its codes, and doesn't turn what is around it",
  async ({ page }) => {
    await signIn(page);
    const name = row(page, "invoice\\u{202e}fdp.exe").locator(".name bdi");
    assert.equal(await name.innerText(), "invoice\\u{202e}fdp.exe");
    assert.equal(await name.locator(".escape").innerText(), "\\u{202e}");
    // As typed, the same is no escape.
    assert.equal(await rows(page).locator(".escape").count(), 1);
    assert.ok((await names(page)).includes("\\u{202e}"));
    await page.getByRole("checkbox", { name: "invoice\\u{202e}fdp.exe", exact: true }).check();
    await page.getByRole("searchbox").fill("202e");
    assert.equal(await rows(page).count(), 2);
  },
  {
    tokens: [
      { id: "1", name: "invoice\u202efdp.exe" },
      { id: "2", name: "\\u{202e}" },
      { id: "3", name: "other" },
    ],
  },
);

const ALIKE = [
  { id: "0c9e4c52-3d7b", name: "laptop" },
  { id: "b07c8f7e-61d2", name: "laptop" },
  { id: "4d5a1f0c-8a35", name: "\u00a0" },
  { id: "e2f6d1b8-9b0f", name: "\u200b" },
];

pageTest(
  "tokens of one name, or of none that can be seen, are told apart where they are read out",
  async ({ page }) => {
    await signIn(page);
    assert.deepEqual(await names(page), ["(blank name)", "(blank name)", "laptop", "laptop"]);
    for (const { id, name } of ALIKE) {
      const short = `${name === "laptop" ? name : "(blank name)"}, ${id.slice(0, 8)}`;
      const exactly = (role, label) => page.getByRole(role, { name: label, exact: true }).count();
      assert.equal(await exactly("checkbox", short), 1);
      assert.equal(await exactly("button", `Copy ID of ${short}`), 1);
      assert.equal(await exactly("button", `Delete ${short}`), 1);
    }
  },
  { tokens: ALIKE },
);

// -------------------------------------------------------------------------- copying

pageTest(
  "an id can be copied, and the page says so",
  async ({ page }) => {
    await signIn(page);
    await button(page, "Copy ID of tmp").click();
    await row(page, "tmp").getByText("Copied", { exact: true }).waitFor();
    assert.equal(await page.locator("#announcer").innerText(), "Copied");
    const { id } = sample.tokens.find(({ name }) => name === "tmp") ?? assert.fail();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), id);
    await row(page, "tmp").getByText("Copied", { exact: true }).waitFor({ state: "detached" });
  },
  { permissions: ["clipboard-read", "clipboard-write"] },
);

pageTest("where the clipboard is forbidden, the whole id is selected", async ({ page }) => {
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
  });
  await signIn(page);
  await button(page, "Copy ID of tmp").click();
  await row(page, "tmp").getByText("Selected, not copied").waitFor();
  const { id } = sample.tokens.find(({ name }) => name === "tmp") ?? assert.fail();
  assert.equal(await page.evaluate(() => String(getSelection())), id);
});

// ------------------------------------------------------------------ what is deleted

pageTest("there are results only after something was tried", async ({ page }) => {
  await signIn(page);
  const heading = page.getByRole("columnheader", { name: "Result" });
  assert.equal(await heading.isVisible(), false);
  await tick(page, "tmp");
  await deleteSelected(page);
  await rowSays(page, "tmp", "Deleted");
  assert.equal(await heading.isVisible(), true);
  await button(page, "Reload").click();
  await heading.waitFor({ state: "hidden" });
});

pageTest("deleted rows can be hidden, and shown again", async ({ page }) => {
  await signIn(page);
  assert.equal(await page.locator("#hide-removed").isVisible(), false);
  const before = await names(page);
  await tick(page, "tmp", "Old laptop");
  await deleteSelected(page);
  await button(page, "Hide 2 deleted").click();
  assert.deepEqual(await names(page), before.slice(2));
  // What is deleted later stays in its place until it is hidden, too.
  await button(page, "Delete IntelliJ").click();
  await confirm(page);
  await rowSays(page, "IntelliJ", "Deleted");
  await button(page, "Hide 1 deleted").click();
  assert.equal(await rows(page).count(), 9);
  await button(page, "Show 3 deleted").click();
  assert.deepEqual(await names(page), before);
});

pageTest("only what is selected or said brings up the bar", async ({ page }) => {
  await signIn(page);
  const bar = page.locator("#bar");
  assert.equal(await bar.isVisible(), false);
  await tick(page, "tmp");
  assert.equal(await bar.isVisible(), true);
  await deleteSelected(page);
  await said(page, "Done: 1 deleted");
  await button(page, "Dismiss").click();
  assert.equal(await bar.isVisible(), false);
  assert.equal(await focused(page), "tokens-title");
});

pageTest("one action stands out, the one that is next", async ({ page, service }) => {
  await signIn(page);
  const primary = () => page.locator("#bar .primary:visible").allInnerTexts();
  await tick(page, "tmp", "Old laptop");
  assert.deepEqual(await primary(), ["Delete 2 selected…"]);
  orderFaults(service, ...NO_ANSWER, OVER_QUOTA);
  await deleteSelected(page);
  await said(page, "Done: ");
  const [next] = await primary();
  assert.match(next, /^(Check 1 unknown|Retry \d failed)$/);
  service.faults.clear();
  service.faults.push({ status: 401, name: "UnauthorizedException", message: "Expired." });
  await button(page, "Reload").click();
  await page.locator("#sign-in-again").waitFor();
  assert.deepEqual(await primary(), ["Sign in again"]);
});

// -------------------------------------------------------------------------- drawing

/**
 * Counts, from now on, how often each row is touched, by the name of its token.
 * @param {MutationObserverInit} kinds
 */
const watchRows = (page, kinds) =>
  page.evaluate((given) => {
    const touched = {};
    globalThis.touched = touched;
    const count = ({ target }) => {
      const element = target instanceof Element ? target : target.parentElement;
      const name = element.closest("tr")?.querySelector(".token-name").textContent ?? "the table";
      touched[name] = (touched[name] ?? 0) + 1;
    };
    const body = document.querySelector("#rows") ?? document.body;
    new MutationObserver((records) => records.forEach(count)).observe(body, given);
  }, kinds);

const touched = (page) => page.evaluate(() => globalThis.touched);

pageTest("a deletion touches the row of its token, and no other", async ({ page }) => {
  await signIn(page);
  await watchRows(page, { subtree: true, childList: true, attributes: true, characterData: true });
  await button(page, "Delete IntelliJ").click();
  await confirm(page);
  await said(page, "Done: 1 deleted");
  assert.deepEqual(Object.keys(await touched(page)), ["IntelliJ"]);
});

pageTest(
  "in a run of a hundred, no row is drawn more often than it has results",
  async ({ page }) => {
    await signIn(page);
    await page.getByLabel("Select all shown").check();
    await watchRows(page, { subtree: true, childList: true });
    await deleteSelected(page);
    await said(page, "Done: 100 deleted");
    const counts = Object.values(await touched(page));
    assert.equal(counts.length, 100);
    // Waiting, deleting, deleted.
    assert.ok(Math.max(...counts) <= 3, String(counts));
  },
  { tokens: Array.from({ length: 100 }, (_, index) => ({ id: `id-${index}`, name: `T${index}` })) },
);

pageTest("steps that follow each other at once are drawn once", async ({ page }) => {
  const drawings = await page.evaluate(async () => {
    const { coalesce } = await import(`${location.origin}/frames.mjs`);
    let count = 0;
    const drawn = new Promise((resolve) => {
      const drawSoon = coalesce(() => {
        count += 1;
        // A second drawing would come before this.
        setTimeout(() => requestAnimationFrame(() => resolve(count)), 500);
      });
      for (let steps = 0; steps < 1_000; steps += 1) drawSoon();
    });
    return drawn;
  });
  assert.equal(drawings, 1);
});

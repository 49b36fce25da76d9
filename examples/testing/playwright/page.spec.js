import { test as base, expect } from "@playwright/test";
import { lostReply, startService } from "codecatalyst-pat/testing";
import { user } from "../user.js";

const ORIGIN = "https://codecatalyst.global.api.aws";

const test = base.extend({
  // A stand-in for each test, and what the page sends to the real service gets there. A lost reply is
  // a network error for the page too.
  service: async ({ page }, use) => {
    const service = await startService({ users: [user] });
    await page.route(`${ORIGIN}/**`, async (route) => {
      const url = route.request().url().replace(ORIGIN, service.url);
      const response = await route.fetch({ url }).catch(() => undefined);
      await (response ? route.fulfill({ response }) : route.abort());
    });
    await use(service);
    await service.close();
  },
});

async function deleteExpired(page) {
  await page.goto("/");
  await page.getByLabel("Bearer token").fill(user.bearer);
  await page.getByRole("button", { name: "Delete expired tokens" }).click();
}

test("the page deletes the expired tokens", async ({ page, service }) => {
  await deleteExpired(page);
  await expect(page.getByRole("status")).toHaveText("Deleted: 2. Failed: none.");
  expect(service.tokensOf("ana").map(({ id }) => id)).toEqual(["laptop"]);
});

test("the page asks again after a lost reply, and reports a refusal", async ({ page, service }) => {
  service.faults.push(lostReply({ id: "old-job" }));
  service.faults.push({ status: 409, name: "ConflictException", id: "old-laptop" });
  await deleteExpired(page);
  const failed = "old-laptop: ConflictException";
  await expect(page.getByRole("status")).toHaveText(`Deleted: 1. Failed: ${failed}.`);
});

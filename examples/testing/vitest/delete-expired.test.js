import { lostReply, startService, throttled } from "codecatalyst-pat/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deleteExpired } from "../delete-expired.js";
import { user } from "../user.js";

let service;

beforeAll(async () => {
  service = await startService({ users: [user] });
});
beforeEach(() => service.reset());
afterAll(() => service.close());

const run = () => deleteExpired(user.bearer, { endpoint: service.url });
const idsLeft = () => service.tokensOf("ana").map(({ id }) => id);

test("deletes the expired tokens and no others", async () => {
  const { deleted, failed } = await run();
  expect(deleted.sort()).toEqual(["old-job", "old-laptop"]);
  expect(failed).toEqual([]);
  expect(idsLeft()).toEqual(["laptop"]);
});

test("asks again when a reply is lost", async () => {
  service.faults.push(lostReply({ id: "old-job" }));
  expect((await run()).failed).toEqual([]);
  expect(idsLeft()).toEqual(["laptop"]);
  expect(service.requests.filter(({ path }) => path.endsWith("/old-job"))).toHaveLength(2);
});

test("reports a token that the service refuses to delete", async () => {
  service.faults.push({ status: 409, name: "ConflictException", id: "old-job" });
  expect(await run()).toEqual({ deleted: ["old-laptop"], failed: ["old-job: ConflictException"] });
});

test("gives up when the service asks for a long wait", async () => {
  service.faults.push(throttled({ retryAfterSeconds: 60, method: "POST" }));
  await expect(run()).rejects.toMatchObject({ name: "ThrottlingException", retryAfterMs: 60_000 });
});

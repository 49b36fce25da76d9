// The tables of docs/guides/testing.md name what there is. Its examples run when it is followed:
// guides-followed.test.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ROUTES } from "../../pkg-template/testing/control.js";
import { namesIn, read } from "./markdown.mjs";

const guide = await read("docs/guides/testing.md");

test("the guide has each control route", () => {
  assert.deepEqual(namesIn(guide, "Route").sort(), Object.keys(ROUTES).sort());
});

test("the guide has each member of the service", async () => {
  const types = await read("pkg-template/testing/index.d.ts");
  const body = /^export interface Service \{\n([\s\S]*?)^\}/m.exec(types)?.[1] ?? "";
  const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map(([, name]) => name);
  const shown = namesIn(guide, "Member of the service").map((code) => code.split("(")[0]);
  assert.ok(members.length > 10);
  assert.deepEqual(shown.sort(), members.sort());
});

// What is said of sign-ins: those that were pasted, and those of the dashboard's server.

import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./page-imports.mjs", import.meta.url);
const { describeMisfit, describePasted, describeSignInExpiry } = await import(
  "../../www/components/sign-in-words.mjs"
);
const { describeRefusedSignIn } = await import("../../www/refused-sign-in.mjs");

const NOW = Date.parse("2026-11-28T12:00:00Z");
const inMinutes = (count) => new Date(NOW + count * 60_000);

test("what is no token is called by its kind, and the user is told that nothing was sent", () => {
  const { text } = describeMisfit({ seen: "a link" });
  assert.equal(text, "It looks like a link. Nothing was sent.");
});

test("with a token that was pasted comes when it expires, or what to do if that is over", () => {
  const said = (expiresAt) => describePasted({ token: "t", expiresAt }, NOW);
  assert.equal(said(inMinutes(120)), "Found the token. It expires in 2 hours.");
  assert.match(
    said(inMinutes(-120)),
    /by this machine’s clock it expired 2 hours ago\. Run “aws sso/,
  );
  assert.match(said(undefined), /^Found the token in what you pasted\. Nothing else/);
});

test("the end of a sign-in is told from 15 minutes before on", () => {
  const said = (minutes) => describeSignInExpiry(inMinutes(minutes), NOW);
  assert.equal(describeSignInExpiry(undefined, NOW), "");
  assert.equal(said(16), "");
  assert.equal(said(15), "Your sign-in expires in 15 minutes.");
  assert.match(
    said(-3),
    /^Your sign-in expired 3 minutes ago, by .* Run “aws sso login”, then sign in/,
  );
});

test("who can renew the sign-in, and how, depends on where it is", () => {
  const advice = (serverSignIn, rows) => describeRefusedSignIn({ serverSignIn, rows }).advice;
  assert.match(advice("", undefined), /Check that you copied all of it/);
  assert.match(advice("", []), /Run “aws sso login”, then sign in again with the fresh token/);
  assert.match(
    advice("profile code catalyst", []),
    /run “aws sso login --profile "code catalyst"”, then choose Reload\.$/,
  );
  assert.match(advice("profile ci", undefined), /login --profile ci”, then choose Try again\.$/);
  assert.match(advice("standard input", []), /Get a fresh token, and start the dashboard again/);
});

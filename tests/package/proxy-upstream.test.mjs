// Which services the dashboard's proxy forwards requests to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { whyUnusable } from "../../pkg-template/dashboard/upstream.js";

test("requests go to https: services, and by http: to this machine only", () => {
  for (const url of [
    "https://codecatalyst.global.api.aws",
    "https://a.example:8443/prefix",
    "http://127.0.0.1:1",
    "http://localhost:1",
    "http://[::1]:1",
  ]) {
    assert.equal(whyUnusable(url), undefined);
  }
  for (const url of [
    "http://a.example",
    "http://127.0.0.1.example",
    "ftp://a.example",
    "codecatalyst.global.api.aws",
    "",
    "https://u@a.example",
    "https://u:p@a.example",
    "https://a.example?",
    "https://a.example#",
  ]) {
    assert.match(whyUnusable(url) ?? "", /^must be a/, url);
  }
});

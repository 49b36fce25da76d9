// The loader: the module comes with the first call, once, and a failure to load it is not for ever.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { fresh, freshStreaming, packageIn, project, rejection } from "./installed.mjs";

let folder;
let pat; // a copy of the package that no call has been made with

before(async () => {
  folder = await project("loading");
});

beforeEach(async () => {
  pat = await fresh(folder);
});

/** Refused before sending: all that these calls do is to load the module. */
const call = () => rejection(pat.deleteAccessToken("token", ""));

/** Counts the loads, and lets the first ones fail with what is given. */
function spied(t, ...failures) {
  const { instantiate } = WebAssembly;
  const load = t.mock.fn((module, imports) =>
    failures.length > 0 ? Promise.reject(failures.shift()) : instantiate(module, imports),
  );
  // Node's fetch has a module of its own.
  const isOurs = (imports = {}) => "./codecatalyst_pat_bg.js" in imports;
  t.mock.method(WebAssembly, "instantiate", (module, imports) =>
    isOurs(imports) ? load(module, imports) : instantiate(module, imports),
  );
  return load.mock;
}

test("calls that arrive together load the module once, and later ones use it", async (t) => {
  const loads = spied(t);
  const errors = await Promise.all([call(), call(), call(), call(), call()]);
  errors.push(await call());
  assert.deepEqual(
    errors.map(({ name }) => name),
    Array.from({ length: 6 }, () => "InvalidArgumentError"),
  );
  assert.equal(loads.callCount(), 1);
});

test("a policy that forbids WebAssembly is named, with what to allow, and the cause is kept", async (t) => {
  const refused = new WebAssembly.CompileError("in the words of some engine");
  t.mock.method(WebAssembly, "instantiate", () => Promise.reject(refused));
  const error = await call();
  assert.ok(error instanceof pat.CodeCatalystError);
  assert.match(error.message, /policy.*'wasm-unsafe-eval'/i);
  assert.equal(error.cause, refused);
  const { cause, message, ...rest } = error.toJSON();
  assert.deepEqual(rest, {
    name: "InitializationError",
    attempts: 0,
    retryable: false,
    outcomeUnknown: false,
  });
});

test("an engine that can compile another module, but not this one, is too old for it", async (t) => {
  spied(t, new WebAssembly.CompileError("in the words of some engine"));
  const { message } = await call();
  assert.match(message, /too old/);
  assert.doesNotMatch(message, /policy/i);
});

test("a module that could not be fetched or decoded is no matter of a policy or an old engine", async (t) => {
  spied(t, new TypeError("Failed to fetch"));
  assert.match((await call()).message, /could not be fetched, decoded or started/);
});

test("a failed load is forgotten: calls that arrived together all fail, the next one works", async (t) => {
  const loads = spied(t, new RangeError("out of memory"));
  const together = await Promise.all([call(), call(), call()]);
  assert.deepEqual(
    together.map(({ name }) => name),
    Array.from({ length: 3 }, () => "InitializationError"),
  );
  assert.equal((await call()).name, "InvalidArgumentError");
  assert.equal(loads.callCount(), 2);
});

test("a load that fails again and again is tried again each time", async (t) => {
  const loads = spied(t, "first", undefined, null);
  const causes = [];
  for (let count = 0; count < 3; count += 1) causes.push((await call()).cause);
  assert.deepEqual(causes, ["first", undefined, null]);
  assert.equal((await call()).name, "InvalidArgumentError");
  assert.equal(loads.callCount(), 4);
});

test("a host without WebAssembly is told so", async (t) => {
  const { WebAssembly: kept } = globalThis;
  t.after(() => (globalThis.WebAssembly = kept));
  Reflect.deleteProperty(globalThis, "WebAssembly");
  const error = await call();
  globalThis.WebAssembly = kept;
  assert.equal(error.name, "InitializationError");
  assert.match(error.message, /no WebAssembly/);
  assert.equal("cause" in error, false);
  assert.equal((await call()).name, "InvalidArgumentError");
});

test("a failed load sends nothing", async (t) => {
  spied(t, new RangeError("out of memory"));
  const sent = t.mock.method(globalThis, "fetch", () => Promise.reject(new Error("sent"))).mock;
  const error = await rejection(pat.deleteAccessToken("token", "id"));
  assert.deepEqual([error.name, sent.callCount()], ["InitializationError", 0]);
});

const ownBuffer = Buffer;
const decodedByHost = (text) => new Uint8Array(ownBuffer.from(text, "base64"));

/** Replaces a property for one test. */
function replaced(t, object, name, value) {
  const kept = Object.getOwnPropertyDescriptor(object, name);
  t.after(() => {
    Reflect.deleteProperty(object, name);
    if (kept) Object.defineProperty(object, name, kept);
  });
  Object.defineProperty(object, name, { configurable: true, writable: true, value });
}

for (const how of ["by the host", "by Node's Buffer", "by a loop"]) {
  test(`the base64 is decoded ${how}`, async (t) => {
    const decode = t.mock.fn(decodedByHost);
    replaced(t, Uint8Array, "fromBase64", how === "by the host" ? decode : undefined);
    replaced(t, globalThis, "Buffer", how === "by Node's Buffer" ? { from: decode } : undefined);
    assert.equal((await call()).name, "InvalidArgumentError");
    assert.equal(decode.mock.callCount(), how === "by a loop" ? 0 : 1);
    const { decodeBase64 } = await import(pathToFileURL(join(packageIn(folder), "decode.js")).href);
    assert.deepEqual([...decodeBase64("AQL/")], [1, 2, 255]);
  });
}

// ------------------------------------------------------------------- codecatalyst-pat/streaming

/** The entry for pages, with a fetch of the test's. */
function streaming(t, fetchFile) {
  const fetched = t.mock.method(globalThis, "fetch", fetchFile).mock;
  const load = async () => (await freshStreaming(folder)).deleteAccessToken("token", "");
  return { fetched, load: () => rejection(load()) };
}

const wasmReply = async (url, type = "application/wasm") =>
  new Response(await readFile(url), { headers: { "content-type": type } });

test("by streaming, the module is its own file, compiled while it arrives", async (t) => {
  const streamed = t.mock.method(WebAssembly, "instantiateStreaming").mock;
  const { fetched, load } = streaming(t, (url) => wasmReply(url));
  assert.equal((await load()).name, "InvalidArgumentError");
  const [{ arguments: given }] = fetched.calls;
  assert.ok(String(given[0]).endsWith("/codecatalyst-pat/wasm/codecatalyst_pat.wasm"));
  assert.deepEqual([fetched.callCount(), streamed.callCount()], [1, 1]);
});

test("a file that can't be fetched is an InitializationError", async (t) => {
  const { load } = streaming(t, async () => new Response("Not found", { status: 404 }));
  const error = await load();
  assert.equal(error.name, "InitializationError");
  assert.match(error.cause.message, /404/);
});

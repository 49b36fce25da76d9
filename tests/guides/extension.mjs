// The extension of the guide in Chromium, unchanged: it calls the service by its real name, which leads
// to the stand-in. Beside it, what its table says can go wrong.

import assert from "node:assert/strict";
import { once } from "node:events";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { sample } from "../../pkg-template/testing/index.js";
import { loadExtensions } from "../package/extension-browser.mjs";

const FIXTURES = join(import.meta.dirname, "../package/fixtures/self-signed");

/** What is done to the extension, and what its popup says then. */
const MISTAKES = [
  { edit: withoutInManifest(" 'wasm-unsafe-eval'"), says: /^InitializationError: .*wasm-unsafe/ },
  { edit: withoutModule, says: /^InitializationError: / },
  { edit: withoutInManifest("https://codecatalyst.global.api.aws/*"), says: /^NetworkError: / },
];

/** @param {import("./reader.mjs").Reader} reader */
export async function check({ folder, service }) {
  const folders = [join(folder, "expired-tokens")];
  for (const [index, { edit }] of MISTAKES.entries())
    folders.push(await copyOf(folders[0], String(index), edit));
  service.cors = false;
  const server = await startTls(service.port);
  const { context, extensions } = await loadExtensions(folders, switches(server));
  try {
    const [extension, ...mistaken] = extensions;
    for (const [index, { openPopup }] of mistaken.entries())
      assert.match(await deleteExpired(openPopup), MISTAKES[index].says);
    assert.match(await deleteExpired(extension.openPopup, "old"), /^AccessDeniedException: /);
    service.faults.push({
      status: 409,
      name: "ConflictException",
      message: "No.",
      method: "DELETE",
    });
    assert.match(
      await deleteExpired(extension.openPopup),
      /^3 deleted\. .+: ConflictException: No\./,
    );
    assert.equal(await deleteExpired(extension.openPopup), "1 deleted.");
    assert.equal(service.tokensOf("ana").length, 8);
    const { state, installWarnings, manifestErrors, runtimeErrors } = await extension.inspect();
    assert.deepEqual(
      [state, installWarnings, manifestErrors, runtimeErrors],
      ["ENABLED", [], [], []],
    );
    return MISTAKES.length + 4;
  } finally {
    await context.close();
    server.close();
  }
}

/** What the popup says in the end. */
async function deleteExpired(openPopup, token = sample.bearer) {
  const page = await openPopup();
  await page.getByLabel("Bearer token").fill(token);
  await page.getByRole("button", { name: "Delete expired tokens" }).click();
  await page.getByRole("button").and(page.locator(":enabled")).waitFor();
  return page.getByRole("status").textContent();
}

// ------------------------------------------------------------------- the service

/** What leads the service's name to the stand-in. */
const switches = (server) => [
  `--host-resolver-rules=MAP codecatalyst.global.api.aws 127.0.0.1:${server.address().port}`,
  "--ignore-certificate-errors",
];

/** Takes TLS off, and passes on what comes. */
async function startTls(port) {
  const [key, cert] = await Promise.all(
    ["key.pem", "cert.pem"].map((name) => readFile(join(FIXTURES, name))),
  );
  const server = createServer({ key, cert }, (socket) => {
    const upstream = connect(port, "127.0.0.1");
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

// ------------------------------------------------------------------ the mistakes

async function copyOf(folder, suffix, edit) {
  const copy = `${folder}-${suffix}`;
  await cp(folder, copy, { recursive: true });
  await edit(copy);
  return copy;
}

function withoutInManifest(text) {
  return async (folder) => {
    const file = join(folder, "manifest.json");
    const manifest = await readFile(file, "utf8");
    assert.ok(manifest.includes(text));
    const without = manifest.replace(`"${text}"`, "").replace(text, "");
    await writeFile(file, without);
  };
}

function withoutModule(folder) {
  return rm(join(folder, "codecatalyst-pat/wasm/codecatalyst_pat.wasm"));
}

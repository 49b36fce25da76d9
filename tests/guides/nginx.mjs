// The configuration of docs/guides/nginx.md once it is live: it calls a service by its name and by
// HTTPS. The name has two addresses, so a request could be sent twice.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { found } from "../../scripts/system.mjs";
import { startNameServer } from "./name-server.mjs";
import { checkOwnOrigin } from "./own-origin-checks.mjs";

const ADDRESSES = ["127.0.0.1", "127.0.0.2"];
const NAME = "codecatalyst.global.api.aws"; // which the certificate is for
const CERTIFICATES = join(import.meta.dirname, "../package/fixtures/intercepted");
const AUTHORITY = join(CERTIFICATES, "authority.pem");
const PUBLIC_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";
const URL = "http://localhost:8081";

export const missing = () =>
  found("nginx") ? undefined : "there is no nginx; apt-get install nginx-light";

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  const names = await startNameServer(ADDRESSES);
  const tls = await startTls(reader.service.port);
  const setting = { reader, names: names.port, port: tls.port };
  try {
    const live = await start(setting, NAME, AUTHORITY);
    const logs = async () =>
      live.printed + (await readFile(join(reader.folder, "access.log"), "utf8"));
    const count = await checkOwnOrigin({ url: URL, service: reader.service, logs });
    live.kill();
    await live.ended;
    await refusesACertificate(setting, "other.example", AUTHORITY);
    await refusesACertificate(setting, NAME, PUBLIC_AUTHORITIES);
    return count + 2;
  } finally {
    tls.close();
    names.close();
  }
}

/**
 * @typedef {object} Setting
 * @property {import("./reader.mjs").Reader} reader
 * @property {number} names the port of the name server
 * @property {number} port of the service
 */

/**
 * Starts nginx as the guide's last step says.
 * @param {Setting} setting
 * @param {string} name of the service
 * @param {string} authority whose certificates it trusts
 */
async function start({ reader, names, port }, name, authority) {
  const read = (/** @type {string} */ file) => readFile(join(reader.folder, file), "utf8");
  const example = await read("codecatalyst.conf");
  const live = replaceAll(example, {
    "127.0.0.1:8080;": "127.0.0.1:8081;",
    "http://127.0.0.1:4010;": `https://${name}:${port};`,
    "127.0.0.53;": `127.0.0.1:${names};`,
    [PUBLIC_AUTHORITIES]: authority,
  });
  const wrapper = replaceAll(await read("nginx.conf"), { "codecatalyst.conf": "live.conf" });
  await writeFile(join(reader.folder, "live.conf"), live);
  await writeFile(join(reader.folder, "live-nginx.conf"), wrapper);
  const nginx = reader.open('exec nginx -p "$PWD" -c live-nginx.conf');
  await nginx.waitFor("…\n…: nginx/…");
  return nginx;
}

/**
 * @param {string} text
 * @param {Record<string, string>} replacements
 */
function replaceAll(text, replacements) {
  return Object.entries(replacements).reduce((replaced, [from, to]) => {
    assert.ok(replaced.includes(from), from);
    return replaced.replaceAll(from, to);
  }, text);
}

/**
 * @param {Setting} setting
 * @param {string} name
 * @param {string} authority
 */
async function refusesACertificate(setting, name, authority) {
  const { service } = setting.reader;
  service.reset();
  const nginx = await start(setting, name, authority);
  const reply = await fetch(`${URL}/codecatalyst/v1/accessTokens`, { method: "POST", body: "{}" });
  assert.equal(reply.status, 502);
  assert.deepEqual(service.requests, []);
  nginx.kill();
  await nginx.ended;
}

/**
 * Serves the service by HTTPS, at each address.
 * @param {number} servicePort
 */
async function startTls(servicePort) {
  const [cert, key] = ["cert.pem", "key.pem"].map((file) => readFileSync(join(CERTIFICATES, file)));
  let port = 0;
  const servers = [];
  for (const address of ADDRESSES) {
    const server = createServer({ cert, key }, (opened) => {
      // Without it the real service can't know which certificate to show.
      if (opened.servername !== NAME) return opened.destroy();
      const forwarded = connect(servicePort, "127.0.0.1");
      opened.pipe(forwarded).pipe(opened);
      opened.on("error", () => forwarded.destroy());
      forwarded.on("error", () => opened.destroy());
    });
    server.on("tlsClientError", () => {});
    await once(server.listen(port, address), "listening");
    port = /** @type {import("node:net").AddressInfo} */ (server.address()).port;
    servers.push(server);
  }
  return { port, close: () => servers.forEach((server) => void server.close()) };
}

// The example for Playwright, with the browser of this machine in place of the one that Playwright would
// download.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { close, listen } from "../../pkg-template/loopback-server.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";

const config = () => `import config from "./playwright.config.js";
const launchOptions = ${JSON.stringify(chromiumOptions())};
export default { ...config, use: { ...config.use, launchOptions } };
`;

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  await writeFile(join(reader.folder, "playwright/browser.config.js"), config());
  const { server, port } = await listen(0, () => {});
  await close(server);
  const command = "npx playwright test --config playwright/browser.config.js";
  const printed = await reader.open(`PORT=${port} ${command}`).end();
  assert.match(printed, /^ *2 passed/m);
  return 1;
}

// Starts what `next build` built, and has one of its places run the checks:
//
//   node visit.mjs BUNDLER PLACE CHROMIUM ENDPOINT BEARER
//
// CHROMIUM is the path of ../chromium.mjs.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { version } = createRequire(import.meta.url)("next/package.json");
const [bundler, place, chromium, endpoint, bearer] = process.argv.slice(2);
const host = `Next.js ${version} by ${bundler}, ${place}`;

const args = ["node_modules/next/dist/bin/next", "start", "--hostname=127.0.0.1", "--port=0"];
const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
try {
  const url = await addressOf(server.stdout);
  const query = new URLSearchParams({ host, endpoint, bearer });
  if (place === "client") await inPage(url);
  else console.log(await get(`${url}/api/${place}?${query}`));
} finally {
  server.kill();
}
process.exit();

async function addressOf(output) {
  for await (const line of createInterface({ input: output })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error("next start said no address");
}

async function get(url) {
  const reply = await fetch(url);
  return reply.text();
}

async function inPage(url) {
  const { reportInChromium } = await import(chromium);
  await reportInChromium(url, host, [endpoint, bearer]);
}

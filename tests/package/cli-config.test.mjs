// The configuration is read as the AWS CLI reads it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { packageIn, project } from "./installed.mjs";

let folder;

before(async () => {
  folder = await project("cli-config");
});

const CONFIGURATIONS = {
  "spaces, colons and the case of names": [
    "[profile a]\n  SSO_Session:  x y  \n",
    { a: { sso_session: "x y" } },
  ],
  "case of profiles matters": [
    "[profile A]\nk=1\n[profile a]\nk=2",
    { A: { k: "1" }, a: { k: "2" } },
  ],
  "ends of lines of Windows, and its mark of UTF-8": [
    "\ufeff[default]\r\nk = 1\r\n",
    { default: { k: "1" } },
  ],
  "comments are whole lines": [
    "# c\n[profile a] ; c\n; c\nk = 1 # no comment\n  # c\n",
    { a: { k: "1 # no comment" } },
  ],
  "default with and without the word profile": [
    "[default]\na=1\n[profile default]\nb=2",
    { default: { a: "1", b: "2" } },
  ],
  "quoted names": [
    "[profile \"a b\"]\nk=1\n[profile 'c']\nk=2",
    { "a b": { k: "1" }, c: { k: "2" } },
  ],
  "other sections, and one without the word profile": [
    "[sso-session s]\nk=1\n[a]\nk=2\n[profile a b]\nk=3\n",
    {},
  ],
  "nested settings belong to the one above": [
    "[profile a]\ns3 =\n  sso_session = no\nk = 1",
    { a: { s3: "", k: "1" } },
  ],
  "a file that is indented as a whole": [
    "  [profile a]\n  j = 1\n  k = 2",
    { a: { j: "1", k: "2" } },
  ],
  "a value may hold signs of equality": [
    "[profile a]\nu = https://x/?a=b:c",
    { a: { u: "https://x/?a=b:c" } },
  ],
  "what stands before the first section": ["k = 1\nnonsense\n[profile a]", { a: {} }],
};

for (const [what, [text, expected]] of Object.entries(CONFIGURATIONS)) {
  test(`in a configuration: ${what}`, async () => {
    const { parseProfiles } = await import(
      pathToFileURL(join(packageIn(folder), "cli/aws-config.js")).href
    );
    const found = [...parseProfiles(text)].map(([name, settings]) => [
      name,
      Object.fromEntries(settings),
    ]);
    assert.deepEqual(Object.fromEntries(found), expected);
  });
}

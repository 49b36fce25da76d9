// What is checked before a release, and what is published beside the archive.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { compiledCrates } from "../../scripts/crates.mjs";
import { disagreement } from "../../scripts/release-check.mjs";
import { createSbom, manifest } from "../../scripts/sbom.mjs";
import { root } from "../../scripts/tools.mjs";
import { node } from "./installed.mjs";

const CARGO = 'name = "codecatalyst-pat"\nversion = "1.2.3"\n';
const CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 1.2.3 – 2026-11-28\n\n- It works.\n";

test("a release has one version, in package, crate and changelog", () => {
  assert.equal(disagreement("1.2.3", CARGO, CHANGELOG), undefined);
  assert.match(disagreement("1.2.4", CARGO, CHANGELOG) ?? "", /^Cargo\.toml has version 1\.2\.3/);
  const undated = CHANGELOG.replace(" – 2026-11-28", "");
  for (const changelog of [undated, CHANGELOG.replace("1.2.3", "1.2.2"), "## Unreleased\n"])
    assert.match(
      disagreement("1.2.3", CARGO, changelog) ?? "",
      /^CHANGELOG\.md's newest entry must/,
    );
});

test("the bill of materials names every crate in the module, and the archive by its hash", async () => {
  const [crates, pkg] = [await compiledCrates(), await manifest()];
  const archive = Buffer.from("an archive");
  const bill = createSbom(crates, pkg, archive);
  const { component } = bill.metadata;
  assert.deepEqual([bill.bomFormat, bill.specVersion], ["CycloneDX", "1.6"]);
  assert.equal(component.purl, `pkg:npm/codecatalyst-pat@${pkg.version}`);
  const [{ alg, content }] = component.hashes;
  assert.deepEqual([alg, content], ["SHA-512", createHash("sha512").update(archive).digest("hex")]);
  const refs = bill.components.map((each) => each["bom-ref"]);
  assert.deepEqual(bill.dependencies, [{ ref: component["bom-ref"], dependsOn: refs }]);
  assert.equal(new Set(refs).size, crates.length);
  for (const { name, version } of crates) assert.ok(refs.includes(`pkg:cargo/${name}@${version}`));
  for (const { licenses } of bill.components)
    assert.match(licenses[0]?.expression ?? "", /^[\w.() -]+$/);
  assert.deepEqual(createSbom(crates, pkg, archive), bill);
});

test("whoever runs npm silently still learns what an npm below it says", async () => {
  const code = `import("./scripts/tools.mjs").then(async ({ run }) => {
    const failed = run("npm", ["install", "--offline", "--prefix", "target/none", "no-such-package"]);
    console.log((await failed.catch((error) => error)).printed);
  });`;
  const { stdout } = await node(root, ["--eval", code], { npm_config_loglevel: "silent" });
  assert.match(stdout, /ENOTCACHED/);
});

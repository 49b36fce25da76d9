// The bill of materials of an archive, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): the crates
// that are compiled into the module. The package has no npm dependencies.

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compiledCrates } from "./crates.mjs";
import { root } from "./tools.mjs";

/** @import { Crate } from "./crates.mjs" */

/**
 * Writes the bill of materials beside an archive, and gives its path. The same archive gives the same
 * bill: it has neither a date nor a random number.
 * @param {string} archive
 */
export async function writeSbom(archive) {
  const file = archive.replace(/\.tgz$/, ".cdx.json");
  const bill = createSbom(await compiledCrates(), await manifest(), await readFile(archive));
  await writeFile(file, `${JSON.stringify(bill, undefined, 2)}\n`);
  return file;
}

/**
 * @param {Crate[]} crates
 * @param {{ name: string, version: string, license: string }} pkg
 * @param {Buffer} archive
 */
export function createSbom(crates, pkg, archive) {
  const component = {
    ...componentOf("npm", pkg),
    hashes: [{ alg: "SHA-512", content: createHash("sha512").update(archive).digest("hex") }],
  };
  const components = crates
    .map((crate) => componentOf("cargo", crate))
    .sort((a, b) => a.purl.localeCompare(b.purl, "en"));
  const dependsOn = components.map((each) => each["bom-ref"]);
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component },
    components,
    dependencies: [{ ref: component["bom-ref"], dependsOn }],
  };
}

/**
 * @param {"npm" | "cargo"} registry
 * @param {{ name: string, version: string, license: string }} part
 */
function componentOf(registry, { name, version, license }) {
  // https://github.com/package-url/purl-spec
  const purl = `pkg:${registry}/${name}@${encodeURIComponent(version)}`;
  // Older crates separate licences by a slash, which isn't SPDX.
  const expression = license.replaceAll("/", " OR ");
  return { type: "library", "bom-ref": purl, name, version, licenses: [{ expression }], purl };
}

/** The package's manifest. */
export async function manifest() {
  return JSON.parse(await readFile(join(root, "pkg-template/package.json"), "utf8"));
}

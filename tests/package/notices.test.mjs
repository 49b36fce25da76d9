// The notices in the archive: all that is compiled or copied into it, with the text of its licence.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { root, run } from "../../scripts/tools.mjs";
import { packageIn, project } from "./installed.mjs";

let notices;
/** Each with the titles above a licence, and its text. */
let sections;

before(async () => {
  const folder = packageIn(await project("notices"));
  notices = await readFile(join(folder, "THIRD_PARTY_NOTICES.txt"), "utf8");
  sections = notices
    .split(/^={80}\n\n/m)
    .slice(1)
    .map((section) => /^(.+?)\n\n(.+)$/s.exec(section)?.slice(1) ?? assert.fail(section));
});

/** The names and versions of what is compiled into a library, as cargo draws its tree. */
async function linkedCrates(folder) {
  const kinds = ["--edges", "normal,no-proc-macro", "--target", "wasm32-unknown-unknown"];
  const form = ["--prefix", "none", "--no-dedupe", "--format", "{p}"];
  const { stdout } = await run("cargo", ["tree", "--locked", ...kinds, ...form], { cwd: folder });
  const published = stdout.split("\n").filter((line) => line !== "" && !line.includes("(/"));
  return [...new Set(published.map((line) => line.replace(" v", " ")))];
}

async function librarySources() {
  const { stdout } = await run("rustc", ["--print", "sysroot"]);
  return join(stdout.trim(), "lib/rustlib/src/rust/library/std");
}

test("every crate in the module is named, with the text of a licence", async () => {
  const crates = [...(await linkedCrates(root)), ...(await linkedCrates(await librarySources()))];
  assert.ok(crates.length > 15, crates.join());
  for (const crate of crates) {
    const own = sections.filter(([titles]) =>
      titles.split("\n").some((t) => t.startsWith(`${crate} (`)),
    );
    assert.ok(own.length > 0, crate);
    for (const [, text] of own) assert.match(text, /(?:PROVIDED|provided) ["“']AS.IS["”']/i, crate);
  }
});

test("the standard library and what generates code are named too", () => {
  const titles = sections.map(([names]) => names).join("\n");
  for (const name of [/^The standard library of Rust 1\.\d+/m, /^wasm-bindgen 0/m, /^esbuild 0/m])
    assert.match(titles, name);
});

test("who holds the copyright is named", () => {
  const holders = [
    "Carl Lerche",
    "Cloudflare, Inc.",
    "Shaun Beautement",
    "1Password",
    "Evan Wallace",
  ];
  for (const holder of [...holders, "The Rust Project Developers", "UNICODE LICENSE V3"])
    assert.ok(notices.includes(holder), holder);
});

test("no licence stands there twice", () => {
  const texts = sections.map(([, text]) => text);
  assert.equal(new Set(texts).size, texts.length);
});

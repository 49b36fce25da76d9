// Set-up: what it installs is locked, or it says so. Programs that only print stand in for cargo and apt.

import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { checkRustOfApt } from "../../scripts/rust.mjs";
import { root, stated, versions } from "../../scripts/tools.mjs";
import { clone } from "./clone.mjs";
import { node } from "./installed.mjs";

// -------------------------------------------------------------------------------- cargo

/** Installs what the crate's name says, but refuses `--locked` for one of them. */
const fakeCargo = (crate) => `#!/bin/sh
case "$*" in
  *${crate}*--locked) echo "error: a locked dependency is missing"; exit 1 ;;
esac
while [ "$1" != --root ]; do shift; done
mkdir -p "$2/bin"
for program in wasm-bindgen wasm-bindgen-test-runner wasm-pack cargo-deny geckodriver; do
  : > "$2/bin/$program"
done
`;

const fakeRustc = (library) => `#!/bin/sh
case "$1" in
  --print) echo "${library}" ;;
  *) echo "release: ${versions.rust}"; echo "LLVM version: 22.1.2" ;;
esac
`;

/**
 * Sets up a clone in which everything is there but the programs that cargo installs.
 * @param {any} t
 * @param {{ failing: string, prepare?: (folder: string) => Promise<void> }} settings
 */
async function setUp(t, { failing, prepare = async () => {} }) {
  const folder = await clone(t);
  await prepare(folder);
  const bin = join(folder, ".tools/bin");
  const sources = join(folder, "lib/rustlib/src/rust/library/std");
  await mkdir(bin, { recursive: true });
  await mkdir(sources, { recursive: true });
  await writeFile(join(sources, "Cargo.toml"), "");
  const programs = {
    cargo: fakeCargo(failing),
    rustc: fakeRustc(folder),
    npm: "#!/bin/sh\nmkdir -p node_modules\nrm -rf node_modules/*\n",
    ...Object.fromEntries(
      ["chromium", "chromedriver", "firefox"].map((name) => [name, "#!/bin/sh\n"]),
    ),
  };
  await writePrograms(bin, programs);
  return node(folder, ["scripts/setup.mjs", "--tests"]);
}

/**
 * @param {string} bin the folder
 * @param {Record<string, string>} programs their texts, by name
 */
async function writePrograms(bin, programs) {
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
}

for (const crate of ["wasm-bindgen", "wasm-pack"]) {
  test(`${crate}, whose work goes into the package, is never built with dependencies that aren't locked`, async (t) => {
    const { code, stderr } = await setUp(t, { failing: crate });
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`set-up: ${crate} [\\d.]+ failed`));
    assert.match(stderr, /a locked dependency is missing/);
  });
}

for (const crate of ["cargo-deny", "geckodriver"]) {
  test(`${crate}, which only tests, may be built with others, and set-up says so`, async (t) => {
    const { code, stdout, stderr } = await setUp(t, { failing: crate });
    assert.deepEqual([stderr, code], ["", 0]);
    assert.match(
      stdout,
      new RegExp(`^set-up: ${crate}: its locked dependencies can't be had`, "m"),
    );
  });
}

test("if all can be had as it is locked, set-up says nothing of others", async (t) => {
  const { code, stdout, stderr } = await setUp(t, { failing: "nothing-at-all" });
  assert.deepEqual([stderr, code], ["", 0]);
  assert.doesNotMatch(stdout, /locked/);
});

test("the programs of wasm-bindgen are of the library's version, and locked", async () => {
  const folder = "scripts/wasm-bindgen";
  const version = stated("Cargo.lock", /^name = "wasm-bindgen"\nversion = "([^"]+)"$/m);
  const cli = /^name = "wasm-bindgen-cli"\nversion = "([^"]+)"$/m;
  assert.equal(stated(`${folder}/Cargo.toml`, /^wasm-bindgen-cli = "=([^"]+)"$/m), version);
  assert.equal(stated(`${folder}/Cargo.lock`, cli), version);
  const lock = await readFile(join(root, folder, "Cargo.lock"), "utf8");
  assert.deepEqual(
    [...lock.matchAll(/^source = "(?!registry\+https:\/\/github\.com\/rust-lang\/)/gm)],
    [],
  );
});

// ---------------------------------------------------------------------------------- npm

test("the packages of another clone are left alone if node_modules is a link to them", async (t) => {
  let other = "";
  const prepare = async (folder) => {
    other = join(folder, "other");
    await mkdir(join(other, "a-package"), { recursive: true });
    await symlink(other, join(folder, "node_modules"));
  };
  const { code, stdout, stderr } = await setUp(t, { failing: "nothing-at-all", prepare });
  assert.equal(code, 1);
  assert.match(stdout + stderr, /^.*set-up: .*node_modules is a symbolic link, and npm ci/m);
  assert.doesNotMatch(stderr, /npm ping/);
  assert.deepEqual(await readdir(other), ["a-package"]);
});

// ---------------------------------------------------------------------------------- apt

// Root calls apt-get itself.
const APT_ONLY = {
  sudo: '#!/bin/sh\nshift\nexec "$@"\n',
  "apt-get": '#!/bin/sh\necho "apt-get $*"\n[ "$1" = update ]\n',
};

test("WebKitGTK is installed for the hosts, and where apt can't, set-up says so and goes on", async (t) => {
  const folder = await clone(t);
  const bin = join(folder, ".tools/bin");
  await mkdir(bin, { recursive: true });
  await writePrograms(bin, APT_ONLY);
  const code = 'console.log(await (await import("./scripts/setup.mjs")).setUpWebKit());';
  const { stdout, stderr } = await node(folder, ["--eval", `(async () => {${code}})()`], {
    PATH: bin,
  });
  assert.equal(stderr, "");
  assert.match(
    stdout,
    /^set-up: WebKitGTK: installs system packages by apt-get, .*: webkit2gtk-driver xvfb xauth$/m,
  );
  assert.match(stdout, /^set-up: WebKitGTK failed\. Without it, its hosts are left out/m);
  assert.match(stdout, /^apt-get install .* webkit2gtk-driver xvfb xauth\nfalse$/m);
});

const verbose = (release) => `rustc ${release}\nrelease: ${release}\nLLVM version: 22.1.2\n`;

/** What is said of a Rust that apt has. */
function check(t, release) {
  const { mock } = t.mock.method(console, "log", () => {});
  const llvm = checkRustOfApt(verbose(release));
  const said = mock.calls.map(({ arguments: [text] }) => text).join("\n");
  return { llvm, said };
}

test("apt's Rust is told, and gives the version of the linker", (t) => {
  const { llvm, said } = check(t, versions.rust);
  assert.equal(llvm, "22");
  assert.equal(said, `set-up: Rust: apt has rustc ${versions.rust} with LLVM 22.1.2`);
});

test("if apt's Rust is another one than that of releases, set-up says so", (t) => {
  const { said } = check(t, "1.100.0");
  assert.match(said, new RegExp(`releases are built with ${versions.rust.replaceAll(".", "\\.")}`));
});

for (const release of ["1.94.1", "1.85.0", "0.99.0"]) {
  test(`apt's Rust ${release} is refused: it is older than the project asks for`, (t) => {
    const minimum = stated("Cargo.toml", /^rust-version = "([^"]+)"$/m);
    assert.throws(() => check(t, release), {
      message: `apt has Rust ${release}; Cargo.toml asks for ${minimum} or newer.`,
    });
  });
}

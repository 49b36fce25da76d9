// As much of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary/modules.html) as the build needs.

const [CUSTOM, CODE, DATA] = [0, 10, 11];

/** Where the data begin: the last section, when names and notes are stripped. */
export const dataStart = (bytes) => section(bytes, DATA).start;

/** The same module, with its functions named so that their names sort as their sizes do. */
export function namedBySize(bytes) {
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === "function").length;
  const names = codeSizes(bytes).map((size, place) => [...number(place + imported), ...text(`${size}`.padStart(9, "0"))]);
  const functions = [...number(names.length), ...names.flat()];
  const content = [...text("name"), 1, ...number(functions.length), ...functions];
  return Buffer.concat([bytes, Buffer.from([CUSTOM, ...number(content.length), ...content])]);
}

function codeSizes(bytes) {
  let [count, place] = readNumber(bytes, section(bytes, CODE).content);
  return Array.from({ length: count }, () => {
    const [size, start] = readNumber(bytes, place);
    place = start + size;
    return size;
  });
}

function section(bytes, wanted) {
  for (let start = 8; start < bytes.length; ) {
    const [length, content] = readNumber(bytes, start + 1);
    if (bytes[start] === wanted) return { start, content };
    start = content + length;
  }
  throw new Error(`The module has no section ${wanted}.`);
}

/** A number in LEB128, and where what follows begins. */
function readNumber(bytes, place) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = bytes[place++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value, place];
  }
}

const number = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >> 7)]);
const text = (value) => [...number(value.length), ...Buffer.from(value)];

// As much of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary/modules.html) as the build needs.

const [CUSTOM, CODE, DATA] = [0, 10, 11];

/** Where the data begin: the last section, when names and notes are stripped. */
export const dataStart = (bytes) => section(bytes, DATA).start;

/** The same module, with its functions named so that they come in an order when their names are sorted: like by like. */
export function namedByLikeness(bytes) {
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(
    ({ kind }) => kind === "function",
  ).length;
  const names = chain(functionBodies(bytes)).map((place, rank) => [
    place,
    [...number(place + imported), ...text(`${rank}`.padStart(9, "0"))],
  ]);
  const inPlace = names.sort(([a], [b]) => a - b).flatMap(([, name]) => name);
  const functions = [...number(names.length), ...inPlace];
  const content = [...text("name"), 1, ...number(functions.length), ...functions];
  return Buffer.concat([bytes, Buffer.from([CUSTOM, ...number(content.length), ...content])]);
}

function functionBodies(bytes) {
  let [count, place] = readNumber(bytes, section(bytes, CODE).content);
  return Array.from({ length: count }, () => {
    const [size, start] = readNumber(bytes, place);
    place = start + size;
    return bytes.toString("latin1", start, place);
  });
}

/** The places of texts, each followed by the one of which it holds the most. */
function chain(bodies) {
  const parts = bodies.map(
    (body) => new Set(Array.from(body, (_, place) => body.slice(place, place + 3))),
  );
  const left = new Set(bodies.keys());
  // From a small one on: those are called most, and the first have the shortest numbers.
  const chained = [bodies.indexOf(bodies.toSorted((a, b) => a.length - b.length)[0])];
  for (;;) {
    const last = chained.at(-1);
    left.delete(last);
    if (left.size === 0) return chained;
    const likeness = (place) =>
      [...parts[place]].filter((part) => parts[last].has(part)).length / (parts[place].size + 40);
    chained.push(
      [...left]
        .map((place) => [likeness(place), place])
        .reduce((best, other) => (other[0] > best[0] ? other : best))[1],
    );
  }
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

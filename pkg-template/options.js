// Options are read in the call: while the module loads, the caller may change them.
// What throws here throws again when the module reads the copy, and is reported there.
export function snapshot(options) {
  const copy = Object.create(null);
  try {
    if (typeof options !== "object" || options === null || Array.isArray(options)) return options;
    for (const name of Object.getOwnPropertyNames(options)) read(options, name, copy);
  } catch {
    return options;
  }
  return copy;
}

function read(options, name, copy) {
  try {
    const value = options[name];
    copy[name] = name === "endpoint" && value instanceof URL ? value.href : value;
  } catch (cause) {
    Object.defineProperty(copy, name, {
      get: () => {
        throw cause;
      },
    });
  }
}

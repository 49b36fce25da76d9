// Otherwise Next.js looks for the root of the project above this folder.
export default {
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
};

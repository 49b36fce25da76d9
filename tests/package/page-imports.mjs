// Hooks for `module.register`: they resolve what the page imports by URL, so that those of its
// modules that need no browser run in Node.

const PACKAGE = /^(?:\.\.)?\/codecatalyst-pat\//;

export function resolve(specifier, context, nextResolve) {
  if (!PACKAGE.test(specifier)) return nextResolve(specifier, context);
  const file = specifier.replace(PACKAGE, "");
  return nextResolve(new URL(`../../pkg-template/${file}`, import.meta.url).href, context);
}

// The extension API, as the tests' code in Chromium's own pages uses it.

// biome-ignore lint/suspicious/noExplicitAny: the browser's private API has no published types
declare const chrome: any;

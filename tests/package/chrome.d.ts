// The extension API, as the tests' code in Chromium's own pages uses it.
declare const chrome: any;

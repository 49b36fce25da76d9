// The limits and defaults that --help and error messages state. The library enforces its own; a
// test keeps these equal to them.

export const MAX_CONCURRENCY = 64;
export const DEFAULT_CONCURRENCY = 4;
export const DEFAULT_TIMEOUT_S = 10;
export const DEFAULT_ENDPOINT = "https://codecatalyst.global.api.aws";

// More than the library's default: a person is waiting, and would have to retype what failed.
export const MAX_ATTEMPTS = 8;

// Written by hand, like index.d.ts of the package.

import type { SeedToken, Service, User } from "./types.d.ts";

export type { Fault, RecordedRequest, SeedToken, Service, User } from "./types.d.ts";

/** What {@link startService} takes. */
export interface StartServiceOptions {
  /** @default 0, any free port */
  port?: number;
  /** A file that keeps the tokens from one start to the next. */
  file?: string | undefined;
  /** @default two sample users, with the tokens of {@link sample} */
  users?: User[];
}

/** Starts a stand-in for the service on 127.0.0.1. */
export function startService(options?: StartServiceOptions): Promise<Service>;

/** A token of {@link sample}; some never expire. */
export interface SampleToken extends SeedToken {
  expiresTime: Date | undefined;
}

/** Two users' bearer tokens and access tokens. */
export const sample: {
  readonly bearer: string;
  readonly otherBearer: string;
  readonly tokens: SampleToken[];
  readonly otherTokens: SampleToken[];
};

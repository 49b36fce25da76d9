// The shapes that the files of the stand-in share. Those that callers see are in index.d.ts.

import type { CutFault, ReplyFault } from "./index.d.ts";

/** A token that was checked. */
export interface ReadToken {
  id: string;
  name: string;
  expiresTime?: string;
}

/** A user that was checked. */
export interface ReadUser {
  name: string;
  bearer: string;
  tokens: ReadToken[];
}

/** A token in the store. `serial` counts up in the order of creation. */
export interface StoredToken extends ReadToken {
  serial: number;
}

export interface StoreState {
  /** The last serial given out. */
  serial: number;
  /** Tokens by the name of their user. */
  users: Record<string, StoredToken[]>;
}

export type ReplyHeaders = Readonly<Record<string, string | null | undefined>>;

/** A reply before it's serialised. Headers that are null or undefined are left out. */
export interface Reply {
  status: number;
  headers?: ReplyHeaders;
  body: unknown;
}

/** A fault of any kind: what its kind lacks is absent. */
export interface OrderedFault extends Partial<Omit<ReplyFault, "cut">> {
  readonly cut?: CutFault["cut"] | null | undefined;
}

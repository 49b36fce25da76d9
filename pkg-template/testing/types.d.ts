// The shapes that the files of the stand-in share.

import type { IncomingHttpHeaders } from "node:http";
import type { Faults } from "./faults.js";
import type { Store } from "./store.js";

/** A user that the service starts with. */
export interface User {
  name: string;
  bearer: string;
  tokens?: SeedToken[];
}

export interface SeedToken {
  id: string;
  name: string;
  expiresTime?: Date | string | undefined;
}

/** A token in the store. `serial` counts up in the order of creation. */
export interface StoredToken {
  id: string;
  name: string;
  expiresTime?: string;
  serial: number;
}

export interface StoreState {
  /** The last serial given out. */
  serial: number;
  /** Tokens by the name of their user. */
  users: Record<string, StoredToken[]>;
}

export type ReplyHeaders = Record<string, string | null | undefined>;

/** A reply before it's serialised. Headers that are null or undefined are left out. */
export interface Reply {
  status: number;
  headers?: ReplyHeaders;
  body: unknown;
}

/** Something that goes wrong on purpose. faults.js says what each member does. */
export interface Fault {
  method?: string;
  status?: number;
  name?: string;
  message?: string;
  headers?: ReplyHeaders;
  body?: unknown;
  effect?: boolean;
  delayMs?: number;
  cut?: "before" | "after" | "body";
}

/** A request that the API received, without the value of its authorization header. */
export interface RecordedRequest {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  hasAuthorization: boolean;
  /** The user whose bearer token was sent. */
  user: string | undefined;
}

/** A running stand-in, as `startService` returns it. */
export interface Service {
  url: string;
  port: number;
  store: Store;
  faults: Faults;
  requests: RecordedRequest[];
  /** Whether pages of other origins may call the API. */
  cors: boolean;
  userByBearer: Map<string, string>;
  state(): {
    users: StoreState["users"];
    faults: number;
    cors: boolean;
    requests: RecordedRequest[];
  };
  close(): Promise<void>;
}

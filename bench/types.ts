// The types of the benchmark. Nothing here runs.

/** Gives the function that deletes the token of an id. */
export type Connect = (token: string, endpoint: string) => (id: string) => Promise<unknown>;

/** Deletes all, and gives the number of those that are deleted. */
export type DeleteAll = (
  token: string,
  endpoint: string,
  ids: string[],
  concurrency: number,
) => Promise<number>;

export type Contender = {
  /** The name of its file in bench/contenders. */
  name: string;
  title: string;
  /** Packages whose exact versions the report gives. */
  packages: string[];
};

export type Spread = { median: number; low: number; high: number };

export type Row = Spread & { title: string; ratio?: Spread };

export type FigureHead = {
  id: string;
  /** Figures of a group share a table, a column each. */
  group: string;
  title: string;
  unit: string;
  /** What ratios are taken against. */
  against?: string;
};

export type Figure = FigureHead & { rows: Row[] };

/** What every figure is measured with. */
export type Bench = {
  /** The project that the packed package is installed in. */
  folder: string;
  /** The origin of the loopback service. */
  origin: string;
  /** How many rounds: the first figure in a full run, the second in a quick one. */
  rounds: (full: number, quick: number) => number;
  contenders: Contender[];
};

export type Target = {
  title: string;
  figure: string;
  contender: string;
  take: "median" | "ratio";
  better: "lower" | "higher";
  today: string;
  must: number;
  aim: number;
};

export type Job = { job: string } & Record<string, unknown>;

export type Circumstances = { date: string; machine: string; versions: Record<string, string> };

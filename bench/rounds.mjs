// Rounds, medians and ratios.

/**
 * The contenders take turns, so that whatever else the machine does falls on all of them.
 * @param {string[]} names
 * @param {number} rounds
 * @param {(name: string, round: number) => Promise<number>} measure
 * @returns {Promise<Map<string, number[]>>} for each contender, what each round gave
 */
export async function takeTurns(names, rounds, measure) {
  /** @type {Map<string, number[]>} */
  const samples = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another one, so that nobody always follows the same neighbour.
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)])
      samples.get(name)?.push(await measure(name, round));
  }
  return samples;
}

/**
 * The median, with the quartiles as its spread.
 * @param {number[]} samples
 * @returns {import("./types.ts").Spread}
 */
export function spread(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
  };
}

/**
 * @param {number[]} sorted
 * @param {number} share
 */
function quantile(sorted, share) {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place % 1);
}

/**
 * A figure of what the rounds gave. Ratios are those of values of the same round.
 * @param {import("./types.ts").FigureHead} head
 * @param {Map<string, number[]>} samples
 * @param {(title: string) => number[] | undefined} [base] what a contender's values are divided by
 * @returns {import("./types.ts").Figure}
 */
export function figure(head, samples, base = () => undefined) {
  const rows = [...samples].map(([title, values]) => {
    const divisors = base(title);
    const ratio = divisors && spread(values.map((value, round) => value / (divisors[round] ?? 1)));
    return { title, ...spread(values), ratio };
  });
  return { ...head, rows };
}

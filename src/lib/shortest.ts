/** Runs of which the shortest counts: others were disturbed. */
const REPEATS = 3;

/** Returns the shortest time of some runs [ms]. */
export async function shortestMs(run: () => unknown): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < REPEATS; k++) {
    const started = performance.now();
    await run();
    shortest = Math.min(shortest, performance.now() - started);
  }
  return shortest;
}

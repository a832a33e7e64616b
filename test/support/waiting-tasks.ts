/** Tasks of compute threads for tests. */

/** Ends after a time [ms] and returns it. */
export const wait = async (ms: number): Promise<number> => {
  await new Promise((done) => setTimeout(done, ms));
  return ms;
};

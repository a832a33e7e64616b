/**
 * Returns the outcome of the promise, or of `late()` after `limitMs`; a later outcome is ignored.
 * @param late throws an error or returns a value
 */
export async function withTimeout<T>(limitMs: number, promise: Promise<T>, late: () => T | Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<T>((resolve, reject) => {
        timer = setTimeout(() => {
          const outcome = late();
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        }, limitMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => undefined); // a failure after the time limit has no handler
  }
}

/**
 * The promise's outcome, or `late()` after `limitMs`; what comes later is dropped.
 * @param late an error to throw, or a value to give
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

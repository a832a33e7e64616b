/** Asks until the answer is not undefined. @throws after `limitMs`, which only ends what would never come */
export async function eventually<T>(ask: () => Promise<T | undefined>, what: string, limitMs = 400_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Seeded random numbers whose whole state is a few integers, so that a stored search continues with the same bits. */

/**
 * xoshiro128** 1.1: 32-bit words, period 2^128 - 1.
 * @see Blackman and Vigna 2021, doi:10.1145/3460772
 */
export class Random {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;

  private constructor(state: readonly number[]) {
    [this.#s0, this.#s1, this.#s2, this.#s3] = state;
  }

  /**
   * Creates a generator from a seed.
   * @param seed whole number, 0 to 2^53 - 1  @throws RangeError for another
   */
  static fromSeed(seed: number): Random {
    if (!(Number.isSafeInteger(seed) && seed >= 0))
      throw new RangeError(`seed is ${seed}; expected a whole number from 0 to 2^53 - 1`);
    // splitmix32 spreads near seeds over the state (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
    let a = (seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1);
    const next = () => {
      a = (a + 0x9e3779b9) | 0;
      let t = a ^ (a >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      return (t ^ (t >>> 15)) >>> 0;
    };
    return new Random([next(), next(), next(), next() | 1]);
  }

  /**
   * Restores a generator.
   * @param state what `state()` returned  @throws RangeError for what it never returns
   */
  static fromState(state: readonly number[]): Random {
    const isWord = (word: number) => Number.isInteger(word) && word >= 0 && word <= 0xffffffff;
    if (state.length !== 4 || !state.every(isWord) || state.every((word) => word === 0))
      throw new RangeError(`random state is [${state}]; expected four 32-bit words, not all 0`);
    return new Random(state);
  }

  state(): number[] {
    return [this.#s0 >>> 0, this.#s1 >>> 0, this.#s2 >>> 0, this.#s3 >>> 0];
  }

  /** Returns 32 random bits. */
  word(): number {
    const s1 = this.#s1;
    const t5 = Math.imul(s1, 5);
    const result = Math.imul((t5 << 7) | (t5 >>> 25), 9);
    const t = s1 << 9;
    const s2 = this.#s2 ^ this.#s0;
    const s3 = this.#s3 ^ s1;
    this.#s1 = s1 ^ s2;
    this.#s0 = this.#s0 ^ s3;
    this.#s2 = s2 ^ t;
    this.#s3 = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  }

  /** Returns a number that is uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.word() >>> 5) * 67108864 + (this.word() >>> 6)) / 9007199254740992;
  }

  /** Returns a whole number in [0, n), n at most 2^32; without bias. */
  below(n: number): number {
    const limit = 4294967296 - (4294967296 % n);
    let word = this.word();
    while (word >= limit) word = this.word();
    return word % n;
  }

  /**
   * Returns a standard normal number by Marsaglia's polar method; the second number of each pair is not kept, so
   * state() is the whole state.
   */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle(list: { length: number; [index: number]: number }): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const last = list[i];
      list[i] = list[j];
      list[j] = last;
    }
  }
}

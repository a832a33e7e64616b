/** A suite of benchmarks. */
export interface Benchmark {
  readonly name: string;
  readonly unit: string;
  /** @returns the samples, in `unit` */
  run(): Promise<number[]>;
}

export interface Suite {
  readonly benchmarks: readonly Benchmark[];
  /** Ends what the suite started. */
  readonly close?: () => Promise<void>;
}

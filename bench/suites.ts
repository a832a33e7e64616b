/** Every suite of benchmarks; loaded one by one, so that one suite's data does not weigh on another's timing. */
export interface Benchmark {
  readonly name: string;
  readonly unit: string;
  /** @returns the samples, in `unit` */
  run(): Promise<number[]>;
}

export const SUITES: readonly (() => Promise<readonly Benchmark[]>)[] = [
  async () => (await import('./weather.ts')).benchmarks,
  async () => (await import('./solar.ts')).benchmarks,
  async () => (await import('./optimize.ts')).benchmarks,
  async () => (await import('./wind.ts')).benchmarks,
];

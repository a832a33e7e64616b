/** Every suite of benchmarks; loaded one by one, so that one suite's data does not weigh on another's timing. */
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

export const SUITES: readonly (() => Promise<Suite>)[] = [
  () => import('./weather.ts'),
  () => import('./solar.ts'),
  () => import('./optimize.ts'),
  () => import('./wind.ts'),
  () => import('./reports.ts'),
  () => import('./platform.ts'),
];

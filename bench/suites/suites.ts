/**
 * Every suite of benchmarks; loaded one by one, so that the data of one suite does not affect the timing of another.
 */
import type { Suite } from './suite.ts';

export const SUITES: readonly (() => Promise<Suite>)[] = [
  () => import('./weather.ts'),
  () => import('./solar.ts'),
  () => import('./optimize.ts'),
  () => import('./wind.ts'),
  () => import('./reports.ts'),
  () => import('./platform.ts'),
  () => import('./auth.ts'),
];

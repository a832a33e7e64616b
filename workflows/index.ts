/** All workflow definitions, as workers bundle them. A name here is the workflow's type: never rename one. */
export { reconcileJobs } from './reconcile-jobs.ts';
export { solarAnalyze } from './solar-analyze.ts';
export { solarOptimize } from './solar-optimize.ts';
export { windAnalyze } from './wind-analyze.ts';
export { windOptimize } from './wind-optimize.ts';

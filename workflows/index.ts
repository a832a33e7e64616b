/** All workflow definitions, as workers bundle them. A name here is the workflow's type: never rename one. */
export { deliverWebhook } from './deliver-webhook.ts';
export { enforceRetention } from './enforce-retention.ts';
export { reconcileJobs } from './reconcile-jobs.ts';
export { report } from './report.ts';
export { sendMailWorkflow } from './send-mail.ts';
export { solarAnalyze } from './solar-analyze.ts';
export { solarOptimize } from './solar-optimize.ts';
export { windAnalyze } from './wind-analyze.ts';
export { windOptimize } from './wind-optimize.ts';

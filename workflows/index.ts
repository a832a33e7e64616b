/** All workflow definitions, as workers bundle them. A name here is the workflow's type: never rename one. */
export { deliverWebhook } from './deliver-webhook.ts';
export { checkBudgets } from './check-budgets.ts';
export { deleteOrganizations } from './delete-organizations.ts';
export { enforceRetention } from './enforce-retention.ts';
export { reconcileJobs } from './reconcile-jobs.ts';
export { rollUpUsage } from './roll-up-usage.ts';
export { report, solarAnalyze, solarOptimize, windAnalyze, windOptimize } from './released-jobs.ts';
export { default } from './run-job.ts';
export { sendMailWorkflow } from './send-mail.ts';

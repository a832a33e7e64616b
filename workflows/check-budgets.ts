import { proxyActivities } from '@temporalio/workflow';
import type { DefaultActivities } from '../activities/default/index.ts';

const activities = proxyActivities<DefaultActivities>({ startToCloseTimeout: '10m', retry: { maximumAttempts: 3 } });

/** A Schedule starts this workflow each minute. */
export const checkBudgets = (): ReturnType<DefaultActivities['checkBudgets']> => activities.checkBudgets();

import { proxyActivities } from '@temporalio/workflow';
import type { DefaultActivities } from '../activities/default/index.ts';

const activities = proxyActivities<DefaultActivities>({ startToCloseTimeout: '10m', retry: { maximumAttempts: 3 } });

/** A Schedule starts this workflow each hour. */
export const rollUpUsage = (): ReturnType<DefaultActivities['rollUpUsage']> => activities.rollUpUsage();

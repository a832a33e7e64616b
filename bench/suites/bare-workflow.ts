/** The smallest durable work of Temporal: one workflow with one activity that does nothing. */
import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

export const bare = (): Promise<void> => nothing();

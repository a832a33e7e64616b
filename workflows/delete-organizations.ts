import { proxyActivities } from '@temporalio/workflow';
import type { DefaultActivities } from '../activities/default/index.ts';

const activities = proxyActivities<DefaultActivities>({ startToCloseTimeout: '30m', retry: { maximumAttempts: 3 } });

/** A Schedule starts this workflow each minute. */
export const deleteOrganizations = (): ReturnType<DefaultActivities['deleteOrganizations']> =>
  activities.deleteOrganizations();

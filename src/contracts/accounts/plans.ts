/** Plans, and their shares of the workers when jobs wait. */
const FAIRNESS_WEIGHTS: Readonly<Record<string, number>> = { free: 1, starter: 2, pro: 5, enterprise: 20 };
/** Returns the share of a queue that an organization of this plan gets, relative to a plan of weight 1. */
export const fairnessWeightOf = (plan: string): number => FAIRNESS_WEIGHTS[plan] ?? 1;

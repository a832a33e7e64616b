/** Service level objectives, for operators; to anybody else these paths do not exist. */
import { sloAlertsSchema, sloBudgetSchema, sloStatusSchema } from '../../contracts/operations/slo.schema.ts';
import { WINDOW_NAMES } from '../../services/slo/objectives.ts';
import { sloStates } from '../../services/slo/slo.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';

export async function sloStatus(database: Services['database']) {
  const states = await sloStates(database);
  const objectives = states.map(({ name, title, target, counts, budget_remaining }) => ({
    name,
    title,
    target,
    is_met: budget_remaining >= 0,
    windows: WINDOW_NAMES.map((window) => ({ window, ...counts[window] })),
  }));
  return { is_met: objectives.every(({ is_met }) => is_met), objectives, timestamp: new Date() };
}

export async function sloBudget(database: Services['database']) {
  const states = await sloStates(database);
  const objectives = states.map(({ name, title, target, budget_remaining, burn_rate }) => ({
    name,
    title,
    target,
    budget_remaining,
    burn_rates: WINDOW_NAMES.map((window) => ({ window, burn_rate: burn_rate[window] })),
  }));
  return { objectives, timestamp: new Date() };
}

export async function sloAlerts(database: Services['database']) {
  const states = await sloStates(database);
  return { alerts: states.flatMap(({ alerts }) => alerts), timestamp: new Date() };
}

export const sloRoutes = ({ database }: Pick<Services, 'database'>) => [
  endpoint({
    id: 'getSloStatus',
    method: 'get',
    path: '/slo/status',
    tag: 'Operations',
    summary: 'Service level objectives and what was counted; requires ADMIN_TOKEN',
    description: 'Counts are those of all API processes, at most 10 s old. Without the token the answer is 404.',
    scope: 'hidden',
    errors: ['request.not_found'],
    response: sloStatusSchema,
    handler: () => sloStatus(database),
  }),
  endpoint({
    id: 'getSloBudget',
    method: 'get',
    path: '/slo/budget',
    tag: 'Operations',
    summary: 'Error budgets of 30 days and burn rates by window; requires ADMIN_TOKEN',
    scope: 'hidden',
    errors: ['request.not_found'],
    response: sloBudgetSchema,
    handler: () => sloBudget(database),
  }),
  endpoint({
    id: 'getSloAlerts',
    method: 'get',
    path: '/slo/alerts',
    tag: 'Operations',
    summary: 'Alerts that fire now: burn rates, low and exhausted budgets; requires ADMIN_TOKEN',
    scope: 'hidden',
    errors: ['request.not_found'],
    response: sloAlertsSchema,
    handler: () => sloAlerts(database),
  }),
];

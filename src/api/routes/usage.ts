/** What an organization has used. */
import { z } from 'zod';
import { instantText, ownChoice, sourceOfDefault, withDefault } from '../../contracts/common/fields.schema.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { USAGE_GROUPS, USAGE_INTERVALS, USAGE_METRICS } from '../../contracts/metering/usage.ts';
import { usageSchema } from '../../contracts/metering/usage.schema.ts';
import { readUsage, type UsageFilter, type UsageRow } from '../../services/metering/usage.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import { budgetPageSchema, budgetSchema, newBudgetSchema } from '../../contracts/metering/budgets.schema.ts';
import { createBudget, deleteBudget, type ListedBudget, listBudgets } from '../../services/metering/budgets.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';

const DAY_MS = 86_400_000;
/** Longest period that is answered with hours, and with all others [d] */
const MAX_DAYS = { hour: 31, day: 400, month: 400 } as const;
const DEFAULT_DAYS = 30;

const usageQuery = z.strictObject({
  starts_at: sourceOfDefault(
    instantText.optional().describe('First instant of the period; default: 30 days before its end'),
    ownChoice('a month'),
  ),
  ends_at: sourceOfDefault(
    instantText.optional().describe('Last instant of the period; default: now'),
    ownChoice('what is known'),
  ),
  interval: withDefault(z.enum(USAGE_INTERVALS), 'day', ownChoice('what invoices are checked by')),
  group_by: withDefault(z.enum(USAGE_GROUPS), 'none', ownChoice('totals')),
  metric: z.enum(USAGE_METRICS).optional().describe('Only this metric'),
  caller: z.string().max(60).optional().describe('Only what this person (usr_...) or key (key_...) has caused'),
});

function filterOf(query: z.output<typeof usageQuery>): UsageFilter {
  const endsAt = query.ends_at === undefined ? new Date() : new Date(query.ends_at);
  const startsAt =
    query.starts_at === undefined ? new Date(endsAt.getTime() - DEFAULT_DAYS * DAY_MS) : new Date(query.starts_at);
  const days = (endsAt.getTime() - startsAt.getTime()) / DAY_MS;
  const most = MAX_DAYS[query.interval];
  if (days <= 0 || days > most)
    throw new AppError(
      'request.invalid',
      `The period has ${days.toFixed(1)} days; expected more than 0, at most ${most}`,
      {
        pointer: '/query/starts_at',
      },
    );
  return { ...query, groupBy: query.group_by, startsAt, endsAt };
}

const csvOf = (rows: readonly UsageRow[]): string =>
  [
    'starts_at,metric,group,amount',
    ...rows.map(({ starts_at, metric, group, amount }) =>
      [starts_at.toISOString(), metric, group ?? '', amount].join(','),
    ),
    '',
  ].join('\n');

const budgetView = ({ org_id: _, ...budget }: ListedBudget) => budget;

export const usageRoutes = ({ database }: Services) => [
  endpoint({
    id: 'createBudget',
    method: 'post',
    path: '/v1/budgets',
    tag: 'Usage',
    links: linksById('deleteBudget'),
    summary: 'Create a budget: owners get a mail and webhooks an event when a share of it is reached',
    scope: 'billing:write',
    status: 201,
    body: newBudgetSchema,
    response: budgetSchema,
    errors: ['request.conflict'],
    example: { metric: 'compute_s', monthly_amount: 36000, alert_pcts: [80, 100], is_hard_stop: false },
    handler: async ({ principal, body }) => budgetView(await createBudget(database, principal.orgId, body)),
  }),
  endpoint({
    id: 'listBudgets',
    method: 'get',
    path: '/v1/budgets',
    tag: 'Usage',
    links: linksOfFirst('deleteBudget'),
    summary: 'List budgets, newest first, with what this month has used',
    scope: 'usage:read',
    query: pageQuery('budget'),
    response: budgetPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await listBudgets(database, principal.orgId, limit + 1, cursor), limit, budgetView),
  }),
  endpoint({
    id: 'deleteBudget',
    method: 'delete',
    path: '/v1/budgets/:id',
    tag: 'Usage',
    summary: 'Delete a budget',
    scope: 'billing:write',
    handler: ({ principal, params }) => deleteBudget(database, principal.orgId, params.id),
  }),
  endpoint({
    id: 'getUsage',
    method: 'get',
    path: '/v1/usage',
    tag: 'Usage',
    summary: 'Read what your organization has used: jobs, evaluations, compute time, reports, stored series, API calls',
    description: 'API calls appear once their journal is stored, within METERING_FLUSH_INTERVAL (a minute by default).',
    scope: 'usage:read',
    query: usageQuery,
    response: usageSchema,
    handler: async ({ principal, query }) => ({
      interval: query.interval,
      group_by: query.group_by,
      data: await readUsage(database, principal.orgId, filterOf(query)),
    }),
  }),
  endpoint({
    id: 'getUsageCsv',
    method: 'get',
    path: '/v1/usage.csv',
    tag: 'Usage',
    summary: 'Download what your organization has used, as CSV',
    scope: 'usage:read',
    query: usageQuery,
    produces: ['text/csv'],
    handler: async ({ principal, query, response }) => {
      const rows = await readUsage(database, principal.orgId, filterOf(query));
      response.type('text/csv').attachment('usage.csv').send(csvOf(rows));
    },
  }),
];

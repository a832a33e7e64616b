/** The platform's administrators: all organizations, and what is done about them. */
import { z } from 'zod';
import { instantText, ownChoice, sourceOfDefault, withDefault } from '../../contracts/common/fields.schema.ts';
import {
  adminAuditPageSchema,
  adminCookieSessionSchema,
  administratorSchema,
  adminCounterSchema,
  adminDeliveryPageSchema,
  adminFlagListSchema,
  adminJobPageSchema,
  adminKeyPageSchema,
  adminOrganizationPageSchema,
  adminOrganizationSchema,
  adminPersonPageSchema,
  adminPlanListSchema,
  adminPlanSchema,
  adminSessionSchema,
  adminStartedSchema,
  adminUsageSchema,
} from '../../contracts/admin/admin.schema.ts';
import { AUDIT_TYPES } from '../../contracts/audit/audit.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import { FEATURES } from '../../contracts/common/plans.ts';
import { JOB_STATUSES } from '../../contracts/jobs/jobs.ts';
import { JOB_KINDS, type JobKind, workflowIdOf } from '../../contracts/jobs/kinds.ts';
import { detailedHealthSchema } from '../../contracts/operations/operations.schema.ts';
import { workflowPage } from '../../contracts/operations/web-ui.ts';
import { sloAlertsSchema, sloBudgetSchema, sloStatusSchema } from '../../contracts/operations/slo.schema.ts';
import { DELIVERY_STATUSES } from '../../contracts/webhooks/webhooks.ts';
import type { ShownAdministrator } from '../../services/admin/administrators.ts';
import { listAudit } from '../../services/audit/audit.ts';
import { endpoint } from '../endpoint.ts';
import { Health } from '../health.ts';
import { adminTokenOf } from '../middleware/identify.ts';
import { LIMITS_BY_CALLER } from '../middleware/rate-limit.ts';
import type { Services } from '../services.ts';
import type { PlanRow } from '../../adapters/database/tables/accounts.ts';
import { email, presentPassword } from './account-fields.ts';
import { sloAlerts, sloBudget, sloStatus } from './slo.ts';

const DAY_MS = 86_400_000;
const TAG = 'Administration';
const of = z.string().max(60).optional().describe('Only of this organization (org_...)');

const loginBody = z.strictObject({
  email,
  password: presentPassword,
  code: z.string().max(20).describe('Six digits'),
});

const count = z.int().min(1).max(2_147_483_647).nullable();
const planFields = {
  name: z.string().min(1).max(200),
  n_requests_per_minute: count,
  n_burst_requests: z.int().min(0).max(2_147_483_647).nullable(),
  n_organization_requests_per_minute: count,
  n_open_jobs: count,
  monthly_compute_s: count,
  n_retention_days: count,
  fairness_weight: z.int().min(1).max(1000),
  features: z.array(z.enum(FEATURES)),
  stripe_price_id: z.string().max(200).nullable(),
};
const newPlan = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/, 'expected lower case letters, digits, _ and -'),
  ...planFields,
});
const planChanges = z.strictObject(planFields).partial();

const counterQuery = z.strictObject({
  policy: z.enum(LIMITS_BY_CALLER).describe('Which limit: of one caller (default), or of all of an organization'),
  caller: z.string().min(1).max(100).describe('Whom it counts: key_..., usr_..., an address, or org_...'),
});

const planView = ({ features, ...plan }: PlanRow) => ({ ...plan, features: [...features] });

const shown = <Row extends { readonly org_id: string }>({ org_id: organization_id, ...row }: Row) => ({
  ...row,
  organization_id,
});

export const adminRoutes = (services: Services) => {
  const { accounts, admin, adminCookie, administrators, config, database, jobs, webhooks } = services;
  const health = new Health(services);
  const flags = Object.entries(config ?? {}).filter(
    ([name]) => name.startsWith('ENABLE_') || name === 'METERING_ENABLED',
  );
  const temporalUrl = ({ id, kind }: { readonly id: string; readonly kind: JobKind }): string | null => {
    const { TEMPORAL_UI_URL: ui, TEMPORAL_NAMESPACE: namespace } = config;
    return ui === undefined ? null : workflowPage(ui, namespace, workflowIdOf(kind, id));
  };
  return [
    endpoint({
      id: 'adminLogIn',
      method: 'post',
      path: '/v1/admin/session',
      tag: TAG,
      summary: 'Log an administrator of the platform in, with the code of an authenticator app',
      scope: 'public',
      guess: 'administrator',
      status: 201,
      body: loginBody,
      response: adminSessionSchema,
      errors: ['auth.invalid'],
      example: { email: 'admin@example.com', password: 'correct horse battery', code: '123456' },
      handler: async ({ body }) => {
        const { token, expiresAt, administrator } = await administrators.login(body.email, body.password, body.code);
        return { token, expires_at: expiresAt, administrator };
      },
    }),
    endpoint({
      id: 'adminLogInByCookie',
      method: 'post',
      path: '/v1/admin/browser-session',
      tag: TAG,
      summary: 'Log the browser of an administrator in: the answer sets a cookie, which takes the place of the token',
      description:
        'Scripts cannot read the cookie. Requests with it that change something are accepted from pages of this site and of ALLOWED_ORIGINS only.',
      scope: 'public',
      guess: 'administrator',
      status: 201,
      body: loginBody,
      response: adminCookieSessionSchema,
      errors: ['auth.invalid'],
      example: { email: 'admin@example.com', password: 'correct horse battery', code: '123456' },
      handler: async ({ body, response }) => {
        const { token, expiresAt, administrator } = await administrators.login(body.email, body.password, body.code);
        adminCookie.set(response, token, expiresAt);
        return { expires_at: expiresAt, administrator };
      },
    }),
    endpoint({
      id: 'adminLogOut',
      method: 'delete',
      path: '/v1/admin/session',
      tag: TAG,
      summary: 'End the login of this request, and remove its cookie',
      scope: 'admin',
      handler: async ({ request, response }) => {
        await administrators.logout(adminTokenOf(request, adminCookie) ?? '');
        adminCookie.clear(response);
      },
    }),
    endpoint({
      id: 'adminGetMe',
      method: 'get',
      path: '/v1/admin/me',
      tag: TAG,
      summary: 'Read which administrator the credentials are of',
      scope: 'admin',
      response: administratorSchema,
      handler: async ({ response }) => response.locals.administrator as ShownAdministrator,
    }),
    endpoint({
      id: 'adminGetPlatform',
      method: 'get',
      path: '/v1/admin/platform',
      tag: TAG,
      summary: 'Read the state of every part: latency, pools, queues and their workers',
      scope: 'admin',
      response: detailedHealthSchema,
      handler: () => health.detailed(),
    }),
    endpoint({
      id: 'adminListOrganizations',
      method: 'get',
      path: '/v1/admin/organizations',
      tag: TAG,
      summary: 'List organizations, newest first',
      scope: 'admin',
      query: pageQuery('organization').extend({
        search: z.string().max(200).optional().describe('Part of the name, of the id, or of the address of a person'),
        plan: z.string().max(60).optional().describe('Only with this plan'),
        status: z.enum(['active', 'suspended']).optional().describe('Only suspended ones, or only others'),
      }),
      response: adminOrganizationPageSchema,
      handler: async ({ query: { limit, cursor, search: name, plan, status } }) =>
        page(
          await admin.organizations(
            { limit: limit + 1, before: cursor },
            { name, plan, isSuspended: status && status === 'suspended' },
          ),
          limit,
          (row) => row,
        ),
    }),
    endpoint({
      id: 'adminGetOrganization',
      method: 'get',
      path: '/v1/admin/organizations/:id',
      tag: TAG,
      summary: 'Read an organization',
      scope: 'admin',
      response: adminOrganizationSchema,
      handler: ({ params }) => admin.organization(params.id),
    }),
    endpoint({
      id: 'adminSetPlan',
      method: 'patch',
      path: '/v1/admin/organizations/:id',
      tag: TAG,
      summary: 'Change the plan of an organization; a subscription at Stripe changes it again with its next event',
      scope: 'admin',
      body: z.strictObject({ plan: z.string().min(1).max(60) }),
      response: adminOrganizationSchema,
      example: { plan: 'pro' },
      handler: async ({ params, body }) => {
        await admin.setPlan(params.id, body.plan);
        return admin.organization(params.id);
      },
    }),
    endpoint({
      id: 'adminSuspend',
      method: 'post',
      path: '/v1/admin/organizations/:id/suspend',
      tag: TAG,
      summary: 'Suspend an organization: its credentials are refused within a second, and its streams end',
      scope: 'admin',
      body: z.strictObject({
        suspension_reason: z.string().min(1).max(500).describe('What its people read in place of an answer'),
      }),
      response: adminOrganizationSchema,
      example: { suspension_reason: 'invoices of three months are open' },
      handler: async ({ params, body }) => {
        await admin.suspend(params.id, body.suspension_reason);
        return admin.organization(params.id);
      },
    }),
    endpoint({
      id: 'adminResume',
      method: 'post',
      path: '/v1/admin/organizations/:id/resume',
      tag: TAG,
      summary: 'End the suspension of an organization',
      scope: 'admin',
      response: adminOrganizationSchema,
      handler: async ({ params }) => {
        await admin.resume(params.id);
        return admin.organization(params.id);
      },
    }),
    endpoint({
      id: 'adminListPlans',
      method: 'get',
      path: '/v1/admin/plans',
      tag: TAG,
      summary: 'List the plans with what only operators see',
      scope: 'admin',
      response: adminPlanListSchema,
      handler: async () => ({ data: (await admin.plans()).map(planView) }),
    }),
    endpoint({
      id: 'adminCreatePlan',
      method: 'post',
      path: '/v1/admin/plans',
      tag: TAG,
      summary: 'Create a plan',
      scope: 'admin',
      status: 201,
      body: newPlan,
      response: adminPlanSchema,
      errors: ['request.conflict'],
      example: {
        id: 'team',
        name: 'Team',
        n_requests_per_minute: 300,
        n_burst_requests: 100,
        n_organization_requests_per_minute: null,
        n_open_jobs: 20,
        monthly_compute_s: null,
        n_retention_days: null,
        fairness_weight: 2,
        features: [...FEATURES],
        stripe_price_id: null,
      },
      handler: async ({ body }) => planView(await admin.createPlan(body)),
    }),
    endpoint({
      id: 'adminChangePlan',
      method: 'patch',
      path: '/v1/admin/plans/:id',
      tag: TAG,
      summary: 'Change a plan, for everybody who has it, at once',
      scope: 'admin',
      body: planChanges,
      response: adminPlanSchema,
      example: { n_open_jobs: 30 },
      handler: async ({ params, body }) => planView(await admin.changePlan(params.id, body)),
    }),
    endpoint({
      id: 'adminListPeople',
      method: 'get',
      path: '/v1/admin/people',
      tag: TAG,
      summary: 'List people, newest first',
      scope: 'admin',
      query: pageQuery('user').extend({
        organization_id: of,
        email: z.string().max(320).optional().describe('Only with this address'),
      }),
      response: adminPersonPageSchema,
      handler: async ({ query: { limit, cursor, organization_id, email: address } }) =>
        page(await admin.people({ limit: limit + 1, before: cursor }, organization_id, address), limit, shown),
    }),
    endpoint({
      id: 'adminEndLogins',
      method: 'post',
      path: '/v1/admin/people/:id/end-logins',
      tag: TAG,
      summary: 'End all logins of a person',
      scope: 'admin',
      status: 204,
      handler: async ({ params }) => {
        await admin.requirePerson(params.id);
        await accounts.logoutEverywhere(params.id);
      },
    }),
    endpoint({
      id: 'adminEndSecondFactor',
      method: 'delete',
      path: '/v1/admin/people/:id/second-factor',
      tag: TAG,
      summary: 'End the second factor of a person who has lost the device and the recovery codes',
      scope: 'admin',
      handler: ({ params }) => services.secondFactors.endLost(params.id),
    }),
    endpoint({
      id: 'adminListKeys',
      method: 'get',
      path: '/v1/admin/api-keys',
      tag: TAG,
      summary: 'List API keys, newest first',
      scope: 'admin',
      query: pageQuery('apiKey').extend({ organization_id: of }),
      response: adminKeyPageSchema,
      handler: async ({ query: { limit, cursor, organization_id } }) =>
        page(await admin.keys({ limit: limit + 1, before: cursor }, organization_id), limit, shown),
    }),
    endpoint({
      id: 'adminRevokeKey',
      method: 'delete',
      path: '/v1/admin/api-keys/:id',
      tag: TAG,
      summary: 'Revoke an API key and the keys that were made with it',
      scope: 'admin',
      handler: async ({ params }) => accounts.revokeKey(await admin.ownerOf('api_keys', params.id), params.id),
    }),
    endpoint({
      id: 'adminListJobs',
      method: 'get',
      path: '/v1/admin/jobs',
      tag: TAG,
      summary: 'List jobs, newest first',
      scope: 'admin',
      query: pageQuery('job').extend({
        organization_id: of,
        kind: z.enum(JOB_KINDS).optional(),
        status: z.enum(JOB_STATUSES).optional(),
      }),
      response: adminJobPageSchema,
      handler: async ({ query: { limit, cursor, organization_id: orgId, kind, status } }) =>
        page(await admin.jobs({ limit: limit + 1, before: cursor }, { orgId, kind, status }), limit, (row) => ({
          ...shown(row),
          temporal_url: temporalUrl(row),
        })),
    }),
    endpoint({
      id: 'adminCancelJob',
      method: 'post',
      path: '/v1/admin/jobs/:id/cancel',
      tag: TAG,
      summary: 'Cancel a job; it keeps its best result so far',
      scope: 'admin',
      status: 204,
      errors: ['job.already_finished'],
      handler: async ({ params }) => {
        await jobs.cancel(await admin.ownerOf('jobs', params.id), params.id);
      },
    }),
    endpoint({
      id: 'adminRunJobAgain',
      method: 'post',
      path: '/v1/admin/jobs/:id/run-again',
      tag: TAG,
      summary: 'Start a job like one that has ended: with the same request and seed, for the same organization',
      scope: 'admin',
      status: 202,
      response: adminStartedSchema,
      errors: ['job.not_finished', 'request.conflict'],
      handler: async ({ params }) => ({ job_id: await admin.runAgain(params.id) }),
    }),
    endpoint({
      id: 'adminListDeliveries',
      method: 'get',
      path: '/v1/admin/deliveries',
      tag: TAG,
      summary: 'List deliveries of webhooks, newest first',
      scope: 'admin',
      query: pageQuery('delivery').extend({ organization_id: of, status: z.enum(DELIVERY_STATUSES).optional() }),
      response: adminDeliveryPageSchema,
      handler: async ({ query: { limit, cursor, organization_id, status } }) =>
        page(await admin.deliveries({ limit: limit + 1, before: cursor }, organization_id, status), limit, shown),
    }),
    endpoint({
      id: 'adminRetryDelivery',
      method: 'post',
      path: '/v1/admin/deliveries/:id/retry',
      tag: TAG,
      summary: 'Start a new round of attempts of a delivery that failed or was skipped',
      scope: 'admin',
      status: 204,
      handler: async ({ params }) => {
        const orgId = await admin.ownerOf('webhook_deliveries', params.id);
        await webhooks.retry(orgId, { deliveryId: params.id });
        await admin.noteRetried(orgId, params.id);
      },
    }),
    endpoint({
      id: 'adminGetRateLimit',
      method: 'get',
      path: '/v1/admin/rate-limits',
      tag: TAG,
      summary: 'Read the counter of a rate limit',
      description: 'Without Redis each process counts by itself, and answers with its own counter.',
      scope: 'admin',
      query: counterQuery,
      response: adminCounterSchema,
      handler: async ({ query: { policy, caller } }) => services.counters.read(policy, caller),
    }),
    endpoint({
      id: 'adminClearRateLimit',
      method: 'delete',
      path: '/v1/admin/rate-limits',
      tag: TAG,
      summary: 'Clear the counter of a rate limit',
      scope: 'admin',
      query: counterQuery,
      handler: async ({ query: { policy, caller } }) => {
        await services.counters.clear(policy, caller);
        await admin.noteCleared(policy, caller);
      },
    }),
    endpoint({
      id: 'adminListFlags',
      method: 'get',
      path: '/v1/admin/flags',
      tag: TAG,
      summary: 'List the parts that the settings of this installation switch on or off',
      scope: 'admin',
      response: adminFlagListSchema,
      handler: async () => ({ data: flags.map(([name, value]) => ({ name, is_on: value === true })) }),
    }),
    endpoint({
      id: 'adminGetUsage',
      method: 'get',
      path: '/v1/admin/usage',
      tag: TAG,
      summary: 'Read what organizations have used since an instant, the largest amounts first',
      scope: 'admin',
      query: z.strictObject({
        starts_at: sourceOfDefault(
          instantText.optional().describe('First instant; default: 30 days ago'),
          ownChoice('a month'),
        ),
        limit: withDefault(z.coerce.number().int().min(1).max(1000), 200, ownChoice('what people read')).describe(
          'Rows',
        ),
      }),
      response: adminUsageSchema,
      handler: async ({ query: { starts_at, limit } }) => {
        const startsAt = new Date(starts_at ?? Date.now() - 30 * DAY_MS);
        return { starts_at: startsAt, data: (await admin.usage(startsAt, limit)).map(shown) };
      },
    }),
    endpoint({
      id: 'adminListAuditEvents',
      method: 'get',
      path: '/v1/admin/audit-events',
      tag: TAG,
      summary: 'List what was done in all organizations and by administrators, newest first',
      scope: 'admin',
      query: pageQuery('audit').extend({
        organization_id: z.string().max(60).optional().describe('Only of this organization; platform: of none'),
        type: z.enum(AUDIT_TYPES).optional().describe('Only acts of this type'),
        actor_id: z.string().max(60).optional().describe('Only acts of this person, key or administrator (adm_...)'),
      }),
      response: adminAuditPageSchema,
      handler: async ({ query: { limit, cursor, organization_id: orgId, type, actor_id: actorId } }) =>
        page(await listAudit(database, orgId, { type, actorId, limit: limit + 1, before: cursor }), limit, shown),
    }),
    endpoint({
      id: 'adminGetSlo',
      method: 'get',
      path: '/v1/admin/slo',
      tag: TAG,
      summary: 'Service level objectives and what was counted',
      scope: 'admin',
      response: sloStatusSchema,
      handler: () => sloStatus(database),
    }),
    endpoint({
      id: 'adminGetSloBudget',
      method: 'get',
      path: '/v1/admin/slo/budget',
      tag: TAG,
      summary: 'Error budgets of 30 days and burn rates by window',
      scope: 'admin',
      response: sloBudgetSchema,
      handler: () => sloBudget(database),
    }),
    endpoint({
      id: 'adminListSloAlerts',
      method: 'get',
      path: '/v1/admin/slo/alerts',
      tag: TAG,
      summary: 'Alerts that fire now: burn rates, low and exhausted budgets',
      scope: 'admin',
      response: sloAlertsSchema,
      handler: () => sloAlerts(database),
    }),
  ];
};

/** What administrators read, in answers. */
import { z } from 'zod';
import { addressProblem, planSchema } from '../accounts/accounts.schema.ts';
import { auditEventSchema } from '../audit/audit.schema.ts';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { ROLES } from '../common/scopes.ts';
import { JOB_STATUSES } from '../jobs/jobs.ts';
import { JOB_KINDS } from '../jobs/kinds.ts';
import { jobErrorSchema } from '../jobs/problem.schema.ts';
import { USAGE_METRICS } from '../metering/usage.ts';
import { DELIVERY_STATUSES } from '../webhooks/webhooks.ts';

const organization_id = idOf('organization', 'Organization');

export const administratorSchema = z
  .strictObject({
    id: idOf('administrator', 'Id'),
    email: z.string().describe('Email address in lower case'),
    name: z.string(),
    created_at: instant('Created'),
  })
  .meta({ id: 'AdminAdministrator' });
export const adminSessionSchema = z
  .strictObject({
    token: z.string().describe('Token for Authorization: Bearer; only this answer contains it'),
    expires_at: instant('End of the login'),
    administrator: administratorSchema,
  })
  .meta({ id: 'AdminSession', description: 'A login of an administrator of the platform' });

export const adminCookieSessionSchema = z
  .strictObject({ expires_at: instant('End of the login'), administrator: administratorSchema })
  .meta({
    id: 'AdminCookieSession',
    description: 'A login of an administrator in a browser; its token stands in a cookie that scripts cannot read',
  });

export const adminOrganizationSchema = z
  .strictObject({
    id: idOf('organization', 'Id'),
    name: z.string(),
    plan: z.string().describe('Id of the plan'),
    created_at: instant('Created'),
    suspended_at: instant('When it was suspended; null: it is not').nullable(),
    suspension_reason: z.string().nullable().describe('What its people read in place of an answer'),
    n_people: z.int().describe('Number of people'),
    n_keys: z.int().describe('Number of API keys that are not revoked'),
    n_open_jobs: z.int().describe('Jobs that wait or run'),
  })
  .meta({ id: 'AdminOrganization' });
export const adminOrganizationPageSchema = pageOf(adminOrganizationSchema, 'AdminOrganizationPage');

export const adminPlanSchema = z
  .strictObject({
    ...planSchema.shape,
    fairness_weight: z.int().describe('Share of a queue when jobs wait, relative to a plan of weight 1'),
    stripe_price_id: z.string().nullable().describe('Price at Stripe; null: nobody can subscribe to the plan'),
  })
  .meta({ id: 'AdminPlan' });
export const adminPlanListSchema = z.strictObject({ data: z.array(adminPlanSchema) }).meta({ id: 'AdminPlanList' });

export const adminPersonPageSchema = pageOf(
  z
    .strictObject({
      id: idOf('user', 'Id'),
      organization_id,
      email: z.string().describe('Email address in lower case'),
      name: z.string(),
      role: z.enum(ROLES),
      email_confirmed_at: instant('When the person confirmed the address; null: not yet').nullable(),
      email_problem: addressProblem,
      has_second_factor: z.boolean().describe('Whether logins of the person take a code besides the password'),
      created_at: instant('Registered'),
    })
    .meta({ id: 'AdminPerson' }),
  'AdminPersonPage',
);
export const adminKeyPageSchema = pageOf(
  z
    .strictObject({
      id: idOf('apiKey', 'Id'),
      organization_id,
      name: z.string(),
      prefix: z.string().describe('First characters of the key, by which its owner recognises it'),
      scopes: z.array(z.string()),
      created_by: idOf('user', 'Who created it').nullable(),
      created_at: instant('Created'),
      last_used_at: instant('When the key was last used, to the minute').nullable(),
      revoked_at: instant('When the key was revoked; it is refused from then on').nullable(),
    })
    .meta({ id: 'AdminKey' }),
  'AdminKeyPage',
);
export const adminJobPageSchema = pageOf(
  z
    .strictObject({
      id: idOf('job', 'Id'),
      organization_id,
      kind: z.enum(JOB_KINDS),
      status: z.enum(JOB_STATUSES),
      progress: z.number().describe('Fraction of the job that is done [1]'),
      error: jobErrorSchema.nullable(),
      created_at: instant('Accepted'),
      started_at: instant('Started').nullable(),
      ended_at: instant('Ended').nullable(),
      compute_s: z.number().nullable().describe('Busy time of compute threads in all attempts [s]'),
      temporal_url: z.string().nullable().describe('Its workflow in Temporal Web UI; null without TEMPORAL_UI_URL'),
    })
    .meta({ id: 'AdminJob' }),
  'AdminJobPage',
);
export const adminStartedSchema = z
  .strictObject({ job_id: idOf('job', 'Id of the job that starts') })
  .meta({ id: 'AdminStarted' });
export const adminDeliveryPageSchema = pageOf(
  z
    .strictObject({
      id: idOf('delivery', 'Id'),
      organization_id,
      webhook_id: idOf('webhook', 'Endpoint'),
      event_type: z.string(),
      status: z.enum(DELIVERY_STATUSES),
      round: z.int().describe('Number of the round of attempts: 1, plus one for each manual retry'),
      created_at: instant('Created'),
      ended_at: instant('When the delivery succeeded, failed or was skipped').nullable(),
    })
    .meta({ id: 'AdminDelivery' }),
  'AdminDeliveryPage',
);
export const adminCounterSchema = z
  .strictObject({
    n_counted: z.int().describe('Requests that count in the present window'),
    resets_at: instant('When the window ends; null: nothing counts').nullable(),
  })
  .meta({ id: 'AdminCounter', description: 'Counter of a rate limit' });
export const adminFlagListSchema = z
  .strictObject({
    data: z.array(
      z
        .strictObject({
          name: z.string().describe('Setting of the installation'),
          is_on: z.boolean(),
        })
        .meta({ id: 'AdminFlag' }),
    ),
  })
  .meta({ id: 'AdminFlagList' });
export const adminUsageSchema = z
  .strictObject({
    starts_at: instant('First instant of what is summed'),
    data: z.array(
      z
        .strictObject({
          organization_id,
          metric: z.enum(USAGE_METRICS).describe('What was used; compute_s is in seconds, the others are counts'),
          amount: z.number().describe('How much was used'),
        })
        .meta({ id: 'AdminUsageRow' }),
    ),
  })
  .meta({ id: 'AdminUsage' });
export const adminAuditPageSchema = pageOf(
  z
    .strictObject({
      ...auditEventSchema.shape,
      organization_id: z.string().describe('Organization; platform where the act concerned none'),
    })
    .meta({ id: 'AdminAuditEvent' }),
  'AdminAuditEventPage',
);

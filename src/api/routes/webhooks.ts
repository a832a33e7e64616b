import { z } from 'zod';
import {
  DEFAULT_WEBHOOK_EVENTS,
  DELIVERY_STATUSES,
  isReservedHeader,
  TEST_EVENT,
  WEBHOOK_EVENTS,
  type WebhookEvent,
} from '../../contracts/webhooks/webhooks.ts';
import {
  deliveryDetailSchema,
  deliveryPageSchema,
  deliverySchema,
  newWebhookSchema,
  retriedSchema,
  webhookPageSchema,
  webhookSchema,
  webhookSecretSchema,
} from '../../contracts/webhooks/webhooks.schema.ts';
import { instantText, ownChoice, sourceOfDefault } from '../../contracts/common/fields.schema.ts';
import { type Principal, requireGrantable, type Scope } from '../../contracts/common/scopes.ts';
import type { WebhookEndpoint } from '../../services/webhooks/webhooks.ts';
import { endpoint } from '../endpoint.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { Services } from '../services.ts';

const DAY_MS = 86_400_000;

const webhook = z.strictObject({
  url: z.string().max(2000).describe('https address that receives the events'),
  events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .min(1)
    .default([...DEFAULT_WEBHOOK_EVENTS])
    .describe('Types of the events to send; audit.recorded takes the scope audit:read'),
  description: z.string().max(500).default(''),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9_-]{1,100}$/), z.string().regex(/^[\x20-\x7e]{0,1000}$/))
    .refine((headers) => Object.keys(headers).length <= 20, 'at most 20 headers')
    .superRefine((headers, context) => {
      for (const name of Object.keys(headers).filter(isReservedHeader))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `the header ${name} cannot be set; the service sets it, or HTTP reserves it for the connection`,
        });
    })
    .default({})
    .describe('Headers that are sent with every event'),
  is_enabled: z.boolean().default(true),
});
// A default must not overwrite a field that the change leaves out.
const changes = z.strictObject(
  Object.fromEntries(
    Object.entries(webhook.shape).map(([name, field]) => [
      name,
      (field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field).optional(),
    ]),
  ) as { [K in keyof typeof webhook.shape]: z.ZodOptional<z.ZodType<z.output<(typeof webhook.shape)[K]>>> },
);

/** An endpoint is sent only what those who register it may read: events of reports have links to their files. */
const READ_SCOPES: Readonly<Record<WebhookEvent, Scope>> = {
  'job.succeeded': 'jobs:read',
  'job.failed': 'jobs:read',
  'job.cancelled': 'jobs:read',
  'report.ready': 'reports:read',
  'usage.budget_reached': 'usage:read',
  'audit.recorded': 'audit:read',
};
const requireReadable = (principal: Principal, events: readonly WebhookEvent[]): void =>
  requireGrantable(principal, [...new Set(events.map((event) => READ_SCOPES[event]))], '/events');

const instant = instantText.transform((text) => new Date(text));

const view = ({ org_id: _org, enabled, previous_until, ...shown }: WebhookEndpoint) => ({
  ...shown,
  is_enabled: enabled,
  previous_secret_expires_at: previous_until,
});
const withoutOrg = <Row extends { org_id: string }>({ org_id: _org, ...shown }: Row) => shown;

export const webhookRoutes = ({ webhooks }: Services) => {
  return [
    endpoint({
      id: 'createWebhook',
      method: 'post',
      path: '/v1/webhooks',
      tag: 'Webhooks',
      links: linksById(
        'getWebhook',
        'updateWebhook',
        'rotateWebhookSecret',
        'testWebhook',
        'listDeliveries',
        'retryDeliveries',
        'deleteWebhook',
      ),
      summary: 'Register an endpoint; only this answer contains its secret',
      description:
        'Requests are signed as Standard Webhooks specifies; verify them with the secret. Events of jobs require the scope jobs:read, report.ready requires reports:read.',
      scope: 'webhooks:write',
      feature: 'webhooks',
      status: 201,
      body: webhook,
      response: newWebhookSchema,
      errors: ['webhook.target_refused'],
      example: { url: 'https://example.com/tessellate', events: ['job.succeeded', 'job.failed'] },
      handler: async ({ principal, body }) => {
        requireReadable(principal, body.events);
        const made = await webhooks.create(principal.orgId, { ...body, enabled: body.is_enabled });
        return { ...view(made.webhook), secret: made.secret };
      },
    }),
    endpoint({
      id: 'listWebhooks',
      method: 'get',
      path: '/v1/webhooks',
      tag: 'Webhooks',
      links: linksOfFirst('getWebhook'),
      summary: 'List endpoints, newest first',
      scope: 'webhooks:read',
      query: pageQuery('webhook'),
      response: webhookPageSchema,
      handler: async ({ principal, query: { limit, cursor } }) =>
        page(await webhooks.list(principal.orgId, limit + 1, cursor), limit, view),
    }),
    endpoint({
      id: 'getWebhook',
      method: 'get',
      path: '/v1/webhooks/:id',
      tag: 'Webhooks',
      summary: 'Read an endpoint',
      scope: 'webhooks:read',
      response: webhookSchema,
      handler: async ({ principal, params }) => view(await webhooks.get(principal.orgId, params.id)),
    }),
    endpoint({
      id: 'updateWebhook',
      method: 'patch',
      path: '/v1/webhooks/:id',
      tag: 'Webhooks',
      summary: 'Change, enable or disable an endpoint',
      description: 'A new URL, other events, and enabling require the scopes that the events require at registration.',
      scope: 'webhooks:write',
      body: changes,
      response: webhookSchema,
      errors: ['webhook.target_refused'],
      example: { is_enabled: false },
      handler: async ({ principal, params, body: { is_enabled: enabled, ...fields } }) => {
        const { events } = await webhooks.get(principal.orgId, params.id);
        // To switch one off or to describe it sends nothing to anybody.
        if (enabled || fields.url !== undefined || fields.events !== undefined)
          requireReadable(principal, fields.events ?? events);
        return view(
          await webhooks.update(principal.orgId, params.id, { ...fields, ...(enabled !== undefined && { enabled }) }),
        );
      },
    }),
    endpoint({
      id: 'deleteWebhook',
      method: 'delete',
      path: '/v1/webhooks/:id',
      tag: 'Webhooks',
      summary: 'Delete an endpoint and the log of its deliveries',
      scope: 'webhooks:write',
      handler: ({ principal, params }) => webhooks.delete(principal.orgId, params.id),
    }),
    endpoint({
      id: 'rotateWebhookSecret',
      method: 'post',
      path: '/v1/webhooks/:id/rotate-secret',
      tag: 'Webhooks',
      summary:
        'Create a new secret, which only this answer contains; for 24 hours requests carry the signatures of both secrets',
      scope: 'webhooks:write',
      takesIdempotencyKey: true,
      response: webhookSecretSchema,
      handler: async ({ principal, params }) => ({ secret: await webhooks.rotateSecret(principal.orgId, params.id) }),
    }),
    endpoint({
      id: 'testWebhook',
      method: 'post',
      path: '/v1/webhooks/:id/test',
      tag: 'Webhooks',
      links: linksById('getDelivery'),
      summary: 'Send a test event to the endpoint',
      scope: 'webhooks:write',
      status: 202,
      response: deliverySchema,
      handler: async ({ principal, params }) => {
        return withoutOrg(await webhooks.test(principal.orgId, params.id));
      },
    }),
    endpoint({
      id: 'listDeliveries',
      method: 'get',
      path: '/v1/webhooks/:id/deliveries',
      tag: 'Webhooks',
      links: linksOfFirst('getDelivery'),
      summary: 'List the deliveries to an endpoint, newest first',
      scope: 'webhooks:read',
      query: pageQuery('delivery').extend({
        status: z.enum(DELIVERY_STATUSES).optional(),
        event_type: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]).optional(),
        starts_at: instant.optional().describe('First instant: events at or after it'),
        ends_at: instant.optional().describe('Last instant: events before it'),
      }),
      response: deliveryPageSchema,
      handler: async ({
        principal,
        params,
        query: { limit, cursor, status, event_type: eventType, starts_at: since, ends_at: until },
      }) => {
        await webhooks.get(principal.orgId, params.id);
        const filter = { status, eventType, since, until, limit: limit + 1, before: cursor };
        return page(await webhooks.deliveries(principal.orgId, params.id, filter), limit, withoutOrg);
      },
    }),
    endpoint({
      id: 'getDelivery',
      method: 'get',
      path: '/v1/deliveries/:id',
      tag: 'Webhooks',
      summary: 'Read a delivery with its payload, its attempts and their answers',
      scope: 'webhooks:read',
      response: deliveryDetailSchema,
      handler: async ({ principal, params }) => {
        const { delivery, attempts } = await webhooks.delivery(principal.orgId, params.id);
        return { ...withoutOrg(delivery), attempts: attempts.map(({ delivery_id: _id, ...shown }) => shown) };
      },
    }),
    endpoint({
      id: 'retryDeliveries',
      method: 'post',
      path: '/v1/webhooks/:id/retry',
      tag: 'Webhooks',
      summary:
        'Deliver failed or skipped events again: those of an endpoint since a time, or one delivery by its id (dlv_...)',
      scope: 'webhooks:write',
      status: 202,
      body: z
        .strictObject({
          starts_at: sourceOfDefault(
            instant.optional().describe('First instant; default: 24 hours ago'),
            ownChoice('a day'),
          ),
        })
        .prefault({}),
      response: retriedSchema,
      handler: async ({ principal, params: { id }, body }) => {
        const since = body.starts_at ?? new Date(Date.now() - DAY_MS);
        const which = id.startsWith('dlv_') ? { deliveryId: id } : { webhookId: id, since };
        return { n_retried: await webhooks.retry(principal.orgId, which) };
      },
    }),
  ];
};

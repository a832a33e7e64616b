import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { type Config, parseConfig } from '../adapters/config/config.ts';
import { endpointsOf } from './app.ts';
import { mount } from './endpoint.ts';
import { enabledOf, requireEnabled } from './features.ts';
import { problemHandler } from './middleware/problem.ts';
import { createLimiters } from './middleware/rate-limit.ts';
import { requestContext } from './middleware/request-context.ts';
import { openApiDocument } from './openapi.ts';
import type { Services } from './services.ts';
import { SENDGRID_PUBLIC_KEY } from '../../test/support/sendgrid-events.ts';
import { createLogger } from '../adapters/observability/logger.ts';

const log = createLogger({ service: 'test', level: 'ERROR' });
// Routes close over services and call none of them before a request.
const endpointsWith = (config: Config) => endpointsOf({ config } as unknown as Services);
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
const documentOf = (config: Config): any =>
  JSON.parse(JSON.stringify(openApiDocument(enabledOf(endpointsWith(config), config))));
const KEYS = {
  STRIPE_SECRET_KEY: 'sk',
  STRIPE_WEBHOOK_SECRET: 'whsec',
  SENDGRID_WEBHOOK_PUBLIC_KEY: SENDGRID_PUBLIC_KEY,
};
const whole = documentOf(parseConfig(KEYS));

describe.each([
  ['ENABLE_WIND_DIVISION', 'Wind', /^\/v1\/wind\//],
  ['ENABLE_WEBHOOKS', 'Webhooks', /^\/v1\/(webhooks|deliveries)\b/],
  ['ENABLE_SSE', undefined, /^\/v1\/jobs\/\{id\}\/events$/],
  ['STRIPE_SECRET_KEY', 'Billing', /^\/v1\/billing\b/],
  ['SENDGRID_WEBHOOK_PUBLIC_KEY', 'Mails', /^\/v1\/mails\b/],
] as const)('without %s', (name, tag, pattern) => {
  const { [name]: _key, ...others } = KEYS as Readonly<Record<string, string>>;
  const config = parseConfig(name in KEYS ? others : { ...KEYS, [name]: 'false' });
  const endpoints = endpointsWith(config);
  const document = documentOf(config);
  const gone = Object.keys(whole.paths).filter((path) => !(path in document.paths));
  let server: Server;
  let base: string;

  beforeAll(async () => {
    const app = express().use(requestContext(log, { count: () => undefined }));
    mount(app, endpoints, {
      bodyBytes: 0,
      limiters: createLimiters(config),
      limitGuesses: (_kind, _call, work) => work(),
      admitOperator: () => undefined,
      admitAdministrator: async () => undefined,
      requireEnabled: (one) => requireEnabled(one, config),
      requireFeature: async () => undefined,
      idempotency: { once: () => Promise.reject(new Error('no keys here')), keep: async () => undefined },
      sendStartedJob: async () => undefined,
      readLargeBody: async () => undefined,
    });
    server = app.use(problemHandler(log)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.close();
  });

  test('OpenAPI has neither its paths nor its tag, and everything else', () => {
    expect(gone.length).toBeGreaterThan(0);
    expect(gone).toEqual(Object.keys(whole.paths).filter((path) => pattern.test(path)));
    const tags = (of: typeof whole): string[] => of.tags.map((one: { name: string }) => one.name);
    const own: (string | undefined)[] = tag === 'Webhooks' ? [tag, 'Webhook events'] : [tag];
    expect(tags(document)).toEqual(tags(whole).filter((one) => !own.includes(one)));
    expect(Object.keys(document.webhooks).length === 0).toBe(tag === 'Webhooks');
    // Jobs of a kind that is disabled stay readable.
    expect(document.components.schemas.Job).toEqual(whole.components.schemas.Job);
  });

  test('each of its addresses answers 404 feature.disabled by every method, without credentials', async () => {
    for (const path of gone)
      for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
        const answer = await fetch(`${base}${path.replaceAll(/\{\w+\}/g, 'x')}`, { method });
        const { code, detail } = (await answer.json()) as { code: string; detail: string };
        expect([path, method, answer.status, code]).toEqual([path, method, 404, 'feature.disabled']);
        expect(detail).toBe(`This installation has ${name in KEYS ? `no ${name}` : `${name} set to false`}`);
      }
    const other = await fetch(`${base}/v1/jobs`);
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([401, 'auth.missing']);
  });
});

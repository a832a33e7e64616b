/** Who calls, how often, and who is an operator; without Redis. */
import type { Server } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import type { Accounts } from '../../services/accounts/accounts.ts';
import { parseConfig } from '../../adapters/config/config.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import { identify, principalOf } from './identify.ts';
import { SessionCookie } from './session-cookie.ts';
import { admitOperator } from './operator.ts';
import { problemHandler } from './problem.ts';
import { createLimiters } from './rate-limit.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const accounts = {
  authenticate: async (key: string) => {
    if (!key.startsWith('good')) throw new AppError('auth.invalid', 'The API key is not valid');
    return { id: key, orgId: 'org', plan: {}, kind: 'api_key', scopes: new Set() };
  },
} as unknown as Accounts;

/** An API that answers who calls; /open asks nobody. */
async function serve(environment: Record<string, string>): Promise<string> {
  const config = parseConfig({ RATE_LIMIT_DEFAULT: '3', RATE_LIMIT_BURST: '0', ...environment });
  const app = express();
  app.set('trust proxy', config.TRUSTED_PROXY_HOPS);
  const limiters = createLimiters(config);
  app.use(identify(accounts, new SessionCookie('tessellate_session', 'http://127.0.0.1', [])), ...limiters.default);
  app.get('/open', (_request, response) => void response.send('well'));
  app.get('/operator', (request, response) => {
    admitOperator(request, 'operator', config);
    response.send('well');
  });
  app.get('/metrics', (request, response) => {
    admitOperator(request, 'metrics', config);
    response.send('well');
  });
  app.use((_request, response) => void response.send(principalOf(response).id));
  app.use(problemHandler({ log: () => undefined } as unknown as Logger));
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}
const statusOf = async (address: string, headers: Record<string, string> = {}) =>
  (await fetch(address, { headers })).status;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('limits', () => {
  test('made-up keys count for their address together, and known ones for themselves', async () => {
    const base = await serve({});
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push(await statusOf(base, bearer(`bad${i}`)));
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect(await statusOf(base, { 'x-api-key': 'good1' })).toBe(200);
    expect(await statusOf(base, bearer('good2'))).toBe(200);
  });

  test('wrong credentials do not matter where nobody is asked for', async () => {
    expect(await statusOf(`${await serve({})}/open`, bearer('bad'))).toBe(200);
  });

  test('X-Forwarded-For chooses the address only behind a trusted proxy', async () => {
    const forged = (i: number) => ({ 'x-forwarded-for': `203.0.113.${i}` });
    const direct = await serve({});
    const behind = await serve({ TRUSTED_PROXY_HOPS: '1' });
    const statuses: Record<string, number[]> = { direct: [], behind: [] };
    for (let i = 0; i < 5; i++) {
      statuses.direct.push(await statusOf(`${direct}/open`, forged(i)));
      statuses.behind.push(await statusOf(`${behind}/open`, forged(i)));
    }
    expect(statuses).toEqual({ direct: [200, 200, 200, 429, 429], behind: [200, 200, 200, 200, 200] });
  });
});

describe('operators', () => {
  const [admin, metrics] = ['a'.repeat(32), 'm'.repeat(32)];
  const production = { APP_ENV: 'staging', SECRET_KEY: 's'.repeat(32), WORKERS: '1', RATE_LIMIT_DEFAULT: '100' };

  test('each token opens what it is for', async () => {
    const base = await serve({ ...production, ADMIN_TOKEN: admin, METRICS_TOKEN: metrics });
    expect(await statusOf(`${base}/operator`, bearer(admin))).toBe(200);
    expect(await statusOf(`${base}/operator`, bearer(metrics))).toBe(401);
    expect(await statusOf(`${base}/operator`)).toBe(401);
    expect(await statusOf(`${base}/metrics`, bearer(admin))).toBe(200);
    expect(await statusOf(`${base}/metrics`, bearer(metrics))).toBe(200);
    expect(await statusOf(`${base}/metrics`, bearer(`${metrics}m`))).toBe(401);
  });

  test('without a token the pages are open in development and closed elsewhere', async () => {
    const [development, staging] = [await serve({}), await serve(production)];
    for (const [page, names] of [
      ['operator', 'ADMIN_TOKEN'],
      ['metrics', 'METRICS_TOKEN or ADMIN_TOKEN'],
    ]) {
      expect(await statusOf(`${development}/${page}`)).toBe(200);
      const fix = expect.stringContaining(`set ${names}. Send`);
      for (const [headers, code] of [
        [{}, 'auth.missing'],
        [bearer('good'), 'auth.invalid'],
      ] as const) {
        const closed = await fetch(`${staging}/${page}`, { headers });
        expect([closed.status, closed.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
        expect(await closed.json()).toMatchObject({ code, fix });
      }
    }
  });
});

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

/** An API that answers who calls; /open asks nobody, and the places of guesses answer the status that the request names. */
async function serve(environment: Record<string, string>): Promise<string> {
  const config = parseConfig({ RATE_LIMIT_DEFAULT: '3', RATE_LIMIT_BURST: '0', ...environment });
  const app = express();
  app.set('trust proxy', config.TRUSTED_PROXY_HOPS);
  const limiters = createLimiters(config);
  app.use(identify(accounts, new SessionCookie('http://127.0.0.1', [])), ...limiters.default, express.json());
  for (const kind of ['login', 'password', 'refresh', 'member'] as const)
    app.post(`/${kind}`, ...limiters[kind], (request, response) => void response.sendStatus(request.body.status));
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

describe('limits on guessing', () => {
  const limits = {
    RATE_LIMIT_DEFAULT: '1000',
    TRUSTED_PROXY_HOPS: '1',
    RATE_LIMIT_LOGIN: '3',
    RATE_LIMIT_LOGIN_ACCOUNT: '5',
    RATE_LIMIT_LOGIN_ADDRESS: '7',
  };
  interface Guess {
    readonly kind?: string;
    readonly account?: string;
    readonly from?: number;
    /** What the attempt would be answered without limits. */
    readonly status?: number;
  }
  async function guess(base: string, { kind = 'login', account = 'a', from = 1, status = 401 }: Guess) {
    const response = await fetch(`${base}/${kind}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `203.0.113.${from}`,
        ...(kind === 'password' || kind === 'member' ? bearer(`good ${account}`) : {}),
      },
      body: JSON.stringify({ email: account, refresh_token: account, status }),
    });
    return response.status;
  }
  const guessAll = async (base: string, guesses: readonly Guess[]) => {
    const statuses = [];
    for (const one of guesses) statuses.push(await guess(base, one));
    return statuses;
  };
  const times = (n: number, of: (i: number) => Guess): Guess[] => Array.from({ length: n }, (_, i) => of(i));

  test.each(['login', 'password', 'refresh'])('%s: of one account from one address', async (kind) => {
    const base = await serve(limits);
    expect(
      await guessAll(
        base,
        times(4, () => ({ kind })),
      ),
    ).toEqual([401, 401, 401, 429]);
    expect(await guess(base, { kind, status: 200 })).toBe(429);
    expect(await guess(base, { kind, from: 2 })).toBe(401);
    expect(await guess(base, { kind, account: 'b' })).toBe(401);
  });

  test('of one account from many addresses', async () => {
    const base = await serve(limits);
    expect(
      await guessAll(
        base,
        times(6, (i) => ({ from: i })),
      ),
    ).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await guess(base, { from: 99, account: 'b' })).toBe(401);
  });

  test('of many accounts from one address, of whatever kind', async () => {
    const base = await serve(limits);
    const guesses = times(8, (i) => ({ kind: ['login', 'refresh', 'password'][i % 3], account: `${i}` }));
    expect(await guessAll(base, guesses)).toEqual([401, 401, 401, 401, 401, 401, 401, 429]);
    expect(await guess(base, { from: 2, account: 'x' })).toBe(401);
  });

  test('whether addresses have accounts, by adding members of one organization', async () => {
    const base = await serve(limits);
    const guesses = times(6, (i) => ({ kind: 'member', account: `${i}`, from: i, status: 409 }));
    expect(await guessAll(base, guesses)).toEqual([409, 409, 409, 409, 409, 429]);
  });

  test('right ones, requests that are no guesses, and faults of the platform do not count', async () => {
    const base = await serve(limits);
    const guesses = [200, 422, 503, 400].flatMap((status) => times(4, () => ({ status })));
    expect(await guessAll(base, guesses)).toEqual(guesses.map(({ status }) => status));
    expect(
      await guessAll(
        base,
        times(4, () => ({})),
      ),
    ).toEqual([401, 401, 401, 429]);
  });

  test('X-Forwarded-For evades no limit where no proxy is trusted, which is the default', async () => {
    const { TRUSTED_PROXY_HOPS: _hops, ...direct } = limits;
    const base = await serve(direct);
    expect(
      await guessAll(
        base,
        times(4, (i) => ({ from: i })),
      ),
    ).toEqual([401, 401, 401, 429]);
    expect(
      await guessAll(
        base,
        times(5, (i) => ({ from: 50 + i, account: `${i}` })),
      ),
    ).toEqual([401, 401, 401, 401, 429]);
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

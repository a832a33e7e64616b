/**
 * SECRET_KEY and JWT_SECRET_KEY change as docs/operations.md says, while customers work: nobody is logged out, no delivery fails,
 * and after resealing the old secret opens nothing.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { verifyWebhook } from '../../src/client/webhook.ts';
import { codeOf, stepAt } from '../../src/services/accounts/one-time-code.ts';
import { verifyAccessToken } from '../../src/services/accounts/credentials.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { type Json, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { launchPlatform } from '../support/platform-processes.ts';
import { migratedDatabase } from '../support/postgres.ts';
import { sealWithoutId } from '../support/seal-without-id.ts';
import { guard } from '../support/shared.ts';

const [OLD, NEXT, OTHER] = ['old', 'next', 'other'].map((name) => `${name} application secret of this test`);
const [OLD_JWT, NEXT_JWT] = ['old', 'next'].map((name) => `${name} secret of access tokens of this test`);

type Processes = Awaited<ReturnType<typeof launchPlatform>>;
let url: string;
let database: Database;
let receiver: Server;
let target: string;
const platforms: Processes[] = [];
/** Addresses of the API that requests may go to. */
const bases: string[] = [];
/** Secrets of webhooks, by the path that they deliver to. */
const secrets = new Map<string, string[]>();
const received = { verified: 0, refused: [] as string[] };

/** API and worker with their own settings, beside those that run already. */
async function start(environment: Readonly<Record<string, string>>): Promise<Processes> {
  const temporal = platforms[0] && { TEMPORAL_ADDRESS: platforms[0].temporalAddress };
  const processes = await launchPlatform(url, { WEBHOOK_ALLOW_LOOPBACK: 'true', ...temporal, ...environment }, guard);
  platforms.push(processes);
  if (!temporal) await processes.startTemporal();
  await Promise.all([processes.startApi(), processes.startWorker()]);
  bases.push(processes.base);
  return processes;
}
/** Ends them as a release does: no new request goes there, open ones are answered. */
async function retire(processes: Processes): Promise<void> {
  bases.splice(bases.indexOf(processes.base), 1);
  await setTimeout(200);
  await Promise.all([processes.kill('api', 'SIGTERM'), processes.kill('worker', 'SIGTERM')]);
}
/** A request to one of the APIs that run, each in its turn, or to the given one. */
let turn = 0;
async function call(
  method: string,
  path: string,
  as: string | null,
  body?: unknown,
  base = bases[turn++ % bases.length],
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(as !== null && { authorization: `Bearer ${as}` }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

beforeAll(async () => {
  ({ url, database } = await migratedDatabase());
  receiver = createServer(async (request, response) => {
    const path = request.url ?? '';
    try {
      verifyWebhook(await buffer(request), request.headers, secrets.get(path) ?? []);
      received.verified++;
    } catch (error) {
      received.refused.push(`${path}: ${(error as Error).message}`);
    }
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  await start({ SECRET_KEY: OLD, JWT_SECRET_KEY: OLD_JWT });
}, 120_000);
afterAll(async () => {
  for (const processes of [...platforms].reverse()) await processes.stop();
  receiver?.close();
  await database?.close();
});

describe('both secrets change under load', () => {
  test('nobody is logged out, no delivery fails, and then the old secret opens nothing', async () => {
    const [first] = platforms;
    const answers = new Map<string, number>();
    const count = (what: string, status: number): void => {
      answers.set(`${what} ${status}`, (answers.get(`${what} ${status}`) ?? 0) + 1);
    };
    let isEnding = false;

    /** A person with a login and a webhook, who works until the test ends. */
    async function work(i: number): Promise<void> {
      const { email } = await newCustomer({ base: first.base, database });
      let session = (await call('POST', '/v1/auth/login', null, { email, password: 'a long password' })).body;
      const token = (): string => session.access_token;
      const path = `/hook/${i}`;
      const webhook = (await call('POST', '/v1/webhooks', token(), { url: target + path })).body;
      secrets.set(path, [webhook.secret]);
      // One is sealed as it was before keys had ids, and another has a previous secret.
      if (i === 0)
        await database.query('UPDATE webhooks SET secret = $2 WHERE id = $1', [
          webhook.id,
          sealWithoutId(OLD, webhook.secret),
        ]);
      if (i === 1)
        secrets.get(path)!.push((await call('POST', `/v1/webhooks/${webhook.id}/rotate-secret`, token())).body.secret);
      for (let n = 0; !isEnding; n++) {
        count('me', (await call('GET', '/v1/me', token())).status);
        if (n % 15 === 0) count('delivery', (await call('POST', `/v1/webhooks/${webhook.id}/test`, token())).status);
        if (n % 10 === 9) {
          const refreshed = await call('POST', '/v1/auth/refresh', null, { refresh_token: session.refresh_token });
          count('refresh', refreshed.status);
          session = refreshed.body;
        }
        await setTimeout(100);
      }
    }
    const people = Promise.all([0, 1, 2].map(work));
    const guarded = await newCustomer({ base: first.base, database });
    const factor = (path: string, body: object) => call('POST', `/v1/auth/second-factor${path}`, guarded.token, body);
    const { secret: codes } = (await factor('', { current_password: 'a long password' })).body;
    expect((await factor('/confirm', { one_time_code: codeOf(codes, stepAt(Date.now())) })).status).toBe(200);
    await eventually(async () => (received.verified > 3 ? true : undefined), 'deliveries under the old secrets');

    // All accept the next secrets, then all use them.
    const second = await start({
      SECRET_KEY: OLD,
      SECRET_KEY_PREVIOUS: NEXT,
      JWT_SECRET_KEY: OLD_JWT,
      JWT_SECRET_KEY_PREVIOUS: NEXT_JWT,
    });
    await retire(first);
    const third = await start({
      SECRET_KEY: NEXT,
      SECRET_KEY_PREVIOUS: OLD,
      JWT_SECRET_KEY: NEXT_JWT,
      JWT_SECRET_KEY_PREVIOUS: OLD_JWT,
    });
    // Old and new ones side by side: webhooks that the new API seals are delivered by the old worker too.
    const late = (await newCustomer({ base: third.base, database })).token;
    const webhook = (await call('POST', '/v1/webhooks', late, { url: `${target}/late` }, third.base)).body;
    secrets.set('/late', [webhook.secret]);
    for (let i = 0; i < 6; i++) count('delivery', (await call('POST', `/v1/webhooks/${webhook.id}/test`, late)).status);
    await retire(second);

    const own = { SECRET_KEY: NEXT, SECRET_KEY_PREVIOUS: OLD };
    const without = await third.tessellateWith({ SECRET_KEY: NEXT, SECRET_KEY_PREVIOUS: OTHER }, 'secrets', 'reseal');
    expect(without.status).toBe(1);
    expect(without.output).toMatch(
      /^0 second factors resealed, 1 left as they are\n0 values of webhooks resealed, 3 webhooks left as they are\nusr_\w+: .*under key.*\n(whk_\w+: .*under (a key without id|key [0-9a-f]{16}).*\n){3}/,
    );
    const resealed = await third.tessellateWith(own, 'secrets', 'reseal');
    expect([resealed.status, resealed.output]).toEqual([
      0,
      expect.stringMatching(
        /^1 second factors resealed, 0 left as they are\n7 values of webhooks resealed, 0 webhooks left as they are\n/,
      ),
    ]);
    const again = await third.tessellateWith({ SECRET_KEY: NEXT }, 'secrets', 'reseal');
    expect([again.status, again.output]).toEqual([
      0,
      expect.stringMatching(
        /^0 second factors resealed, 0 left as they are\n0 values of webhooks resealed, 0 webhooks/,
      ),
    ]);
    const verified = received.verified;
    await eventually(async () => (received.verified > verified + 3 ? true : undefined), 'deliveries after resealing');
    isEnding = true;
    await people;
    await eventually(
      async () =>
        (await database.query(`SELECT 1 FROM webhook_deliveries WHERE status = 'pending'`)).length === 0 || undefined,
      'the end of all deliveries',
    );

    expect(Object.fromEntries(answers)).toEqual({
      'me 200': expect.any(Number),
      'delivery 202': expect.any(Number),
      'refresh 200': expect.any(Number),
    });
    expect(answers.get('me 200')).toBeGreaterThan(50);
    expect(received.refused).toEqual([]);
    const [{ sealed }] = await database.query<{ sealed: Buffer }>(
      'SELECT sealed_totp_secret AS sealed FROM users WHERE email = $1',
      [guarded.email],
    );
    expect(new SecretBox([NEXT]).open(sealed)).toBe(codes);
    expect(() => new SecretBox([OLD]).open(sealed)).toThrow();
    const failed = await database.query(
      `SELECT d.id FROM webhook_deliveries d WHERE status <> 'succeeded'
       UNION SELECT delivery_id FROM webhook_attempts WHERE status_code IS DISTINCT FROM 200`,
    );
    expect(failed).toEqual([]);

    const stored = (
      await database.query<{ secret: Buffer }>(
        'SELECT secret FROM webhooks UNION SELECT previous_secret FROM webhooks WHERE previous_secret IS NOT NULL',
      )
    ).map(({ secret }) => secret);
    expect(stored).toHaveLength(5);
    const known = [...secrets.values()].flat().sort();
    expect(stored.map((secret) => new SecretBox([NEXT]).open(secret)).sort()).toEqual(known);
    for (const secret of stored) expect(() => new SecretBox([OLD]).open(secret)).toThrow();
    const token = (
      await call('POST', '/v1/auth/register', null, {
        email: 'last@example.com',
        password: 'a long password',
        name: 'L',
        organization_name: 'L',
      })
    ).body.access_token;
    const verify = (secret: string) => () =>
      verifyAccessToken(token, { secrets: [secret], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 });
    expect(verify(NEXT_JWT)).not.toThrow();
    expect(verify(OLD_JWT)).toThrow('not valid');
  }, 300_000);
});

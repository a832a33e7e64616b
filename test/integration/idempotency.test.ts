/** Requests with an Idempotency-Key, at the database: who runs, who waits, and what is kept. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { Idempotency, keepJob, type RepeatableRequest } from '../../src/services/idempotency/idempotency.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';

let database: Database;
let idempotency: Idempotency;
let keys = 0;
const newRequest = (): RepeatableRequest => ({ orgId: 'org_1', key: `key-${++keys}`, hash: 'a' });
const answer = { status: 201, location: '/v1/x', body: '{"key":"tsl_live_secret"}' };

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  await database.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'One')`);
  idempotency = new Idempotency(database, new SecretBox(['s'.repeat(32)]));
});
afterAll(async () => {
  await database?.close();
});

test('a second request is refused while the first one runs, and then gets its answer; the work runs once', async () => {
  const request = newRequest();
  let isDone: (() => void) | undefined;
  let runs = 0;
  const work = async () => {
    runs++;
    await new Promise<void>((resolve) => {
      isDone = resolve;
    });
    return answer;
  };
  const first = idempotency.once(request, work);
  await expect(Promise.race([first, idempotency.once(request, work)])).rejects.toMatchObject({
    code: 'idempotency.in_progress',
    retryAfterS: 1,
  });
  isDone?.();
  expect(await first).toEqual({ isReplayed: false, answer });
  expect(await idempotency.once(request, work)).toEqual({ isReplayed: true, answer });
  expect(runs).toBe(1);
});

test('of 20 requests at once one runs', async () => {
  const request = newRequest();
  let runs = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () =>
      idempotency.once(request, async () => {
        runs++;
        await database.query('SELECT pg_sleep(0.2)');
        return answer;
      }),
    ),
  );
  expect(runs).toBe(1);
  for (const one of outcomes)
    if (one.status === 'rejected') expect(one.reason.code).toBe('idempotency.in_progress');
    else expect(one.value.answer).toEqual(answer);
});

test('another request with the key is refused, while the first one runs too; other organizations have keys of their own', async () => {
  const request = newRequest();
  const other = { ...request, hash: 'b' };
  await idempotency.once(request, async () => {
    await expect(idempotency.once(other, async () => answer)).rejects.toMatchObject({ code: 'idempotency.key_reused' });
    return answer;
  });
  await expect(idempotency.once(other, async () => answer)).rejects.toMatchObject({ code: 'idempotency.key_reused' });
  await database.query(`INSERT INTO organizations (id, name) VALUES ('org_2', 'Two')`);
  expect(await idempotency.once({ ...other, orgId: 'org_2' }, async () => answer)).toMatchObject({ isReplayed: false });
});

test('a request that fails leaves its key free', async () => {
  const request = newRequest();
  const fails = () => Promise.reject(new Error('no'));
  await expect(idempotency.once(request, fails)).rejects.toThrow('no');
  expect(await idempotency.once({ ...request, hash: 'mended' }, async () => answer)).toMatchObject({
    isReplayed: false,
  });
});

test('a request that a lost process left open runs again after its lease, and not before', async () => {
  const request = newRequest();
  await database.query(
    `INSERT INTO idempotency_keys (org_id, key, request_hash, leased_until) VALUES ('org_1', $1, 'a', now() + interval '1 minute')`,
    [request.key],
  );
  await expect(idempotency.once(request, async () => answer)).rejects.toMatchObject({
    code: 'idempotency.in_progress',
  });
  await database.query(`UPDATE idempotency_keys SET leased_until = now() WHERE key = $1`, [request.key]);
  expect(await idempotency.once(request, async () => answer)).toEqual({ isReplayed: false, answer });
});

test('a job is kept in the transaction that accepts it, and refused to a process whose request was taken over', async () => {
  const request = newRequest();
  await idempotency.once(request, async () => {
    await database.transaction((tx) => keepJob(tx, request, 'job_1'));
    return undefined;
  });
  expect(await idempotency.once(request, async () => answer)).toEqual({ isReplayed: true, answer: { jobId: 'job_1' } });
  await expect(database.transaction((tx) => keepJob(tx, request, 'job_2'))).rejects.toMatchObject({
    code: 'idempotency.in_progress',
  });
});

test('an answer is stored sealed; under another secret it is refused and not made again', async () => {
  const request = newRequest();
  await idempotency.once(request, async () => answer);
  const [row] = await database.query<{ row: string; sealed_answer: Buffer }>(
    'SELECT sealed_answer, idempotency_keys::text AS row FROM idempotency_keys WHERE key = $1',
    [request.key],
  );
  expect(row.sealed_answer.toString('latin1')).not.toContain('tsl_live');
  expect(row.row).not.toContain('tsl_live');
  const changed = new Idempotency(database, new SecretBox(['t'.repeat(32)]));
  await expect(changed.once(request, async () => answer)).rejects.toMatchObject({
    code: 'idempotency.key_reused',
    message: expect.stringContaining('SECRET_KEY'),
  });
  const rotated = new Idempotency(database, new SecretBox(['t'.repeat(32), 's'.repeat(32)]));
  expect(await rotated.once(request, async () => answer)).toEqual({ isReplayed: true, answer });
});

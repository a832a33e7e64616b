/** API calls are metered to the row when an API process is killed that shares the folder of journals with another one. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Random } from '../../src/statistics/random.ts';
import { newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { startPlatform } from '../support/platform.ts';
import { launchPlatform } from '../support/platform-processes.ts';
import { guard } from '../support/shared.ts';

const KILLS = 10;
const CLIENTS = 3;
const folder = mkdtempSync(join('/tmp', 'tessellate-journals-'));
const settings = { METERING_JOURNAL_DIR: folder, METERING_FLUSH_INTERVAL: '1' };
let databaseUrl = '';
const survivor = await startPlatform(settings, {}, async (url) => {
  databaseUrl = url;
  return {};
});
afterAll(() => survivor.stop());

test('ten kills of one of two API processes: usage is what was answered, and no journal is left', async () => {
  await survivor.startTemporal();
  await survivor.startApi();
  const customer = await newCustomer(survivor);
  const random = Random.fromSeed(20);
  const other = await launchPlatform(databaseUrl, { ...settings, TEMPORAL_ADDRESS: survivor.temporalAddress }, guard);
  let answered = 0;
  // A call may be stored whose answer the kill has prevented.
  let unanswered = 0;
  /** Sends requests one after the other until one fails. */
  const sendUntilKilled = async (): Promise<void> => {
    for (;;) {
      try {
        const answer = await fetch(`${other.base}/v1/sites`, { headers: { authorization: `Bearer ${customer.key}` } });
        await answer.arrayBuffer();
        if (answer.status === 200) answered++;
      } catch {
        unanswered++;
        return;
      }
    }
  };
  for (let kill = 0; kill < KILLS; kill++) {
    await other.startApi();
    const before = answered;
    const aim = 1 + random.below(60);
    const clients = Array.from({ length: CLIENTS }, sendUntilKilled);
    await eventually(async () => answered - before >= aim || undefined, 'the answers before the kill', 30_000);
    await other.kill('api');
    await Promise.all(clients);
  }
  const usage = async (): Promise<number> => {
    const rows = await survivor.database.query<{ amount: number }>(
      `SELECT sum(amount) AS amount FROM usage_records WHERE metric = 'api_calls' AND kind = 'listSites'`,
    );
    return Number(rows[0].amount);
  };
  const own = `~${survivor.pidOf('api')}~`;
  await eventually(
    async () => readdirSync(folder).every((name) => name.includes(own)) || undefined,
    'the journals of killed processes to be adopted',
    60_000,
  );
  const used = await usage();
  expect(used).toBeGreaterThanOrEqual(answered);
  expect(used).toBeLessThanOrEqual(answered + unanswered);
  expect(unanswered).toBe(KILLS * CLIENTS);
  expect(answered).toBeGreaterThan(KILLS);
  await other.stop();
});

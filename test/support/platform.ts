/** Platforms for end-to-end tests: one that the files of a jest worker share, or one for a single test. */
import { afterAll } from '@jest/globals';
import { Database } from '../../src/adapters/database/database.ts';
import { checkAnswers } from './contract.ts';
import { type BuildOptions, launchPlatform } from './platform-processes.ts';
import { migratedDatabase } from './postgres.ts';
import { guard, sharedServer } from './shared.ts';

/** Returns how long a job took, and how long after the request to cancel it ended [ms], by the database's clock. */
async function timesOf(database: Database, jobId: string): Promise<{ wholeMs: number; cancelMs: number }> {
  const [times] = await database.query<{ wholeMs: number; cancelMs: number }>(
    `SELECT 1000 * extract(epoch FROM ended_at - created_at)::float8 AS "wholeMs",
       1000 * extract(epoch FROM ended_at - cancel_requested_at)::float8 AS "cancelMs"
     FROM jobs WHERE id = $1`,
    [jobId],
  );
  return times;
}

/**
 * Returns the platform of this jest worker, which starts for the first file that needs it. Call it at the head of a file, and
 * register a customer of its own. No test ends its processes or changes its settings. It allows webhooks to this machine and
 * writes mails to a folder.
 */
export async function sharedPlatform() {
  const { url, database } = await migratedDatabase();
  await database.close();
  const { databaseUrl, ...told } = await sharedServer('platform', url);
  const shared = await Database.connect({ url: databaseUrl, poolSize: 5, applicationName: 'test' });
  const checked = checkAnswers(told.base);
  afterAll(async () => {
    await shared.close();
    checked();
  });
  return { ...told, database: shared, timesOf: (jobId: string) => timesOf(shared, jobId) };
}

/**
 * Prepares a platform for tests that end its processes or need other settings. The test starts its parts; `stop` ends all.
 * @param more settings that depend on the address of the database
 */
export async function startPlatform(
  environment: Readonly<Record<string, string>> = {},
  build: BuildOptions = {},
  more: (databaseUrl: string) => Promise<Readonly<Record<string, string>>> = async () => ({}),
) {
  const { url, database } = await migratedDatabase();
  const processes = await launchPlatform(url, { ...environment, ...(await more(url)) }, guard, build);
  const checked = checkAnswers(processes.base);
  return {
    ...processes,
    database,
    timesOf: (jobId: string) => timesOf(database, jobId),
    /** Starts Temporal, API and worker. */
    async startAll(): Promise<void> {
      await Promise.all([processes.startTemporal(), processes.startApi()]);
      await processes.startWorker();
    },
    async stop(): Promise<void> {
      await processes.stop();
      await database.close();
      checked();
    },
  };
}
export type Platform = Awaited<ReturnType<typeof startPlatform>>;

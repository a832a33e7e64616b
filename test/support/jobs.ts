/** The service of jobs on a database of its own, with a new organization for each test. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { newId } from '../../src/adapters/database/new-id.ts';
import { jobEffects, Jobs } from '../../src/services/jobs/jobs.ts';
import { migratedDatabase } from './postgres.ts';

/** What jobs cause where webhooks and metering are on */
export const EFFECTS = jobEffects({ ENABLE_WEBHOOKS: true, METERING_ENABLED: true });

export interface JobsOfTest {
  database: Database;
  jobs: Jobs;
  orgId: string;
}

/** Call it at the head of a file. @returns what each test finds in it */
export function jobsOfTests(): JobsOfTest {
  const found = {} as JobsOfTest;
  beforeAll(async () => {
    found.database = (await migratedDatabase()).database;
    found.jobs = new Jobs(found.database, EFFECTS, () => undefined);
  });
  beforeEach(async () => {
    found.orgId = newId('organization');
    await found.database.query(`INSERT INTO organizations (id, name) VALUES ($1, 'Org')`, [found.orgId]);
  });
  afterAll(async () => {
    await found.database?.close();
  });
  return found;
}

import { describe, expect, test } from '@jest/globals';
import type { Database } from '../../adapters/database/database.ts';
import { reportSchema } from '../../contracts/reports/reports.schema.ts';
import type { OutlinedJob } from '../jobs/jobs.ts';
import { reportRooms } from '../jobs/registry.ts';
import { prepareReport } from './reports.ts';

/** Requests a report about one job that succeeded with a result of this outline. */
const request = (kind: string, result: object) => {
  const job = { id: 'job_1', org_id: 'org_1', kind, status: 'succeeded', result } as OutlinedJob;
  const database = { query: async () => [job] } as unknown as Database;
  const body = reportSchema.parse({ job_ids: ['job_00000000000000000000000001'] });
  return prepareReport({ database, reportMailsPerDay: 1 }, reportRooms, 'org_1', body);
};

describe('a report is requested about a job that succeeded', () => {
  test.each([
    ['wind-analyze', { is_complete: true }],
    ['wind-optimize', { best: {} }],
    ['solar-analyze', { systems: 1 }],
    ['solar-optimize', { best: {}, assumptions: {} }],
  ])('with a yield: %s is accepted', async (kind, result) => {
    expect((await request(kind, result)).input).toMatchObject({ job_ids: ['job_00000000000000000000000001'] });
  });

  test.each([
    ['wind-analyze', { is_complete: false, progress: 0.4 }],
    ['wind-optimize', { best: null }],
    ['solar-analyze', { systems: 0 }],
    ['solar-optimize', { best: null, assumptions: {} }],
  ])('without a yield, stopped by a time limit or without a design: %s is refused at once', async (kind, result) => {
    await expect(request(kind, result)).rejects.toMatchObject({
      code: 'report.unusable_job',
      message: 'Job job_1 succeeded without a yield to report',
      pointer: '/job_ids/0',
    });
  });
});

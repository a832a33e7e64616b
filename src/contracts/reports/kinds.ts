/** The job that writes a report. */
import { z } from 'zod';
import { technology } from '../jobs/job-kind.ts';
import { reportInputSchema, reportResultSchema, reportSchema } from './reports.schema.ts';

export const reports = technology({
  name: 'reports',
  tag: 'Reports',
  description: 'Reports about finished jobs: PDF, HTML, workbook and data package',
  invalidInput: 'report.unusable_job',
  kinds: [
    {
      kind: 'report',
      queue: 'reports',
      path: '/v1/reports',
      operation: 'createReport',
      schemaId: 'ReportJob',
      scope: 'reports:write',
      summary: 'Create a report about finished jobs: PDF, HTML, workbook and data package',
      description:
        "Answers at once with the job that writes the report. The job's result has the ids of the files, and the event report.ready goes to webhooks. " +
        'With an Idempotency-Key you can repeat the request safely.',
      errors: ['request.not_found', 'job.not_finished', 'report.unusable_job', 'report.not_comparable'],
      body: reportSchema,
      input: reportInputSchema,
      result: z.union([reportResultSchema, z.strictObject({})]),
      example: {
        job_ids: ['job_01kb0000000000000000000001'],
        template: 'bankable',
        language: 'en',
        currency: 'EUR',
        client: 'Example Bank plc',
      },
    },
  ],
});

/** The job that writes a report. */
import { z } from 'zod';
import { technology } from '../jobs/job-kind.ts';
import { REPORT_WARNINGS } from './warnings.ts';
import { reportInputSchema, reportResultSchema, reportSchema } from './reports.schema.ts';

const errorCodes = {
  'report.unusable_job': { status: 422, title: 'The job cannot be used in this report', final: true },
  'report.not_comparable': { status: 422, title: 'The jobs cannot be compared in one report', final: true },
  'report.link_invalid': { status: 403, title: 'The file link is not valid', final: true },
  'report.link_expired': { status: 410, title: 'The file link has expired', final: true },
  'report.deleted': { status: 410, title: 'The report was deleted', final: true },
} as const;
declare module '../common/error-codes.ts' {
  interface TechnologyErrorCodes {
    readonly reports: typeof errorCodes;
  }
}

export const reports = technology({
  name: 'reports',
  tag: 'Reports',
  description: 'Reports about finished jobs: PDF, HTML, workbook and data package',
  invalidInput: 'report.unusable_job',
  errorCodes,
  warnings: REPORT_WARNINGS,
  kinds: [
    {
      kind: 'report',
      queue: 'reports',
      path: '/v1/reports',
      operation: 'createReport',
      schemaId: 'ReportJob',
      scope: 'reports:write',
      feature: 'reporting',
      summary: 'Create a report about finished jobs: PDF, HTML, workbook and data package',
      description:
        "Answers at once with the job that writes the report. The job's result has the ids of the files, and the event report.ready goes to webhooks. " +
        'With an Idempotency-Key you can repeat the request safely.',
      errors: ['request.not_found', 'job.not_finished', 'report.unusable_job', 'report.not_comparable'],
      body: reportSchema,
      input: reportInputSchema,
      result: z.union([
        reportResultSchema,
        z.strictObject({}).meta({ id: 'NoReport', description: 'The job was cancelled before it wrote the report' }),
      ]),
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

/** Reports in answers. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { JOB_STATUSES } from '../jobs/jobs.ts';
import { jobErrorSchema } from '../jobs/problem.schema.ts';
import { REPORT_LANGUAGES, REPORT_TEMPLATES } from './reports.ts';
import { reportFile } from './reports.schema.ts';

export const reportAnswerSchema = z
  .strictObject({
    id: idOf('report', 'Id'),
    job_id: idOf('job', 'Job that writes the report'),
    status: z.enum(JOB_STATUSES).describe('Status of the job that writes the report'),
    error: jobErrorSchema.nullable().describe('Why the report failed'),
    template: z.enum(REPORT_TEMPLATES),
    language: z.enum(REPORT_LANGUAGES),
    title: z.string().nullable().describe('null until the report is ready, unless the request set it'),
    job_ids: z.array(z.string()).describe('Jobs that the report is about'),
    n_pages: z.int().nullable().describe('Number of pages of the PDF; null until the report is ready'),
    files: z.array(
      z.strictObject({
        ...reportFile,
        media_type: z.string(),
        url: z
          .string()
          .describe('Path that requires credentials; POST /v1/reports/{id}/links creates links that do not'),
      }),
    ),
    created_at: instant('When the report was requested'),
    ready_at: instant('Ready').nullable(),
  })
  .meta({ id: 'Report' });
export const reportPageSchema = pageOf(reportAnswerSchema, 'ReportPage');

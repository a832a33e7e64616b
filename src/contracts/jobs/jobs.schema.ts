/** Jobs as they are answered: what all have in common, and input and result by kind. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { JOB_KINDS, JOB_STATUSES } from './jobs.ts';
import { errorCodeSchema } from '../common/problem.schema.ts';
import { reportInputSchema, reportResultSchema } from '../reports/reports.schema.ts';
import {
  solarAnalysisResultSchema,
  solarAnalyzeInputSchema,
  solarDesignResultSchema,
  solarOptimizeInputSchema,
} from '../solar/result.schema.ts';
import {
  windAnalysisResultSchema,
  windAnalyzeInputSchema,
  windLayoutResultSchema,
  windOptimizeInputSchema,
} from '../wind/result.schema.ts';

const common = {
  id: idOf('job', 'Id'),
  status: z
    .enum(JOB_STATUSES)
    .describe('queued and running jobs end as succeeded, failed or cancelled, after which nothing changes'),
  progress: z.number().min(0).max(1).describe('Share done [1]'),
  seed: z.int().describe('Of what the job draws; the same input with the same seed gives the same bits'),
  engine_version: z.string(),
  time_limited: z.boolean().describe('Whether the result is the best so far at the time limit'),
  created_by: z.string().describe('usr_... or key_...'),
  error: z
    .strictObject({ code: errorCodeSchema, message: z.string() })
    .nullable()
    .describe('Why the job failed; null unless it did'),
  created_at: instant('Accepted'),
  started_at: instant('Taken on by a worker').nullable(),
  ended_at: instant('Ended').nullable(),
  cancel_requested_at: instant('Cancellation asked for').nullable(),
};

const job = <Kind extends (typeof JOB_KINDS)[number]>(kind: Kind, id: string, input: z.ZodType, result: z.ZodType) =>
  z
    .strictObject({
      ...common,
      kind: z.literal(kind),
      input,
      result: result
        .nullable()
        .describe('null until the job ends; of a cancelled job, what was found until then, if anything'),
    })
    .meta({ id });

export const jobSchema = z
  .discriminatedUnion('kind', [
    job('solar-analyze', 'SolarAnalysis', solarAnalyzeInputSchema, solarAnalysisResultSchema),
    job('solar-optimize', 'SolarDesignSearch', solarOptimizeInputSchema, solarDesignResultSchema),
    job('wind-analyze', 'WindAnalysis', windAnalyzeInputSchema, windAnalysisResultSchema),
    job('wind-optimize', 'WindLayoutSearch', windOptimizeInputSchema, windLayoutResultSchema),
    job('report', 'ReportJob', reportInputSchema, z.union([reportResultSchema, z.strictObject({})])),
  ])
  .meta({ id: 'Job', description: 'A job with its input and, once it has ended, its result; `kind` says which' });
export type JobView = z.output<typeof jobSchema>;

export const jobSummarySchema = z
  .strictObject({ ...common, kind: z.enum(JOB_KINDS) })
  .meta({ id: 'JobSummary', description: 'A job without input and result' });
export const jobPageSchema = pageOf(jobSummarySchema, 'JobPage');

export const seriesNamesSchema = z
  .strictObject({ data: z.array(z.string()) })
  .meta({ id: 'SeriesNames', description: 'For GET /v1/jobs/{id}/series/{name}' });
export const seriesSchema = z
  .looseObject({
    columns: z
      .record(z.string(), z.array(z.number().nullable()))
      .describe('Values by name, all of one length; the unit is at the end of the name. time_ms: since 1970, UTC'),
    step_minutes: z.number().optional().describe('Length of a step [min]'),
    utc_offset_h: z.number().optional().describe('Standard time of the site minus UTC [h]'),
  })
  .meta({ id: 'Series', description: 'Columns, and what describes them' });

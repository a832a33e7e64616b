/** Jobs in answers: what all kinds share, and the input and result of each kind. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { jobErrorSchema } from './problem.schema.ts';
import { JOB_CONTRACTS, JOB_KINDS, type JobContract, type JobKind } from './kinds.ts';
import { JOB_STATUSES } from './jobs.ts';
import { usage } from './usage.schema.ts';
import { jobWarnings } from './warnings.ts';

const common = {
  id: idOf('job', 'Id'),
  status: z
    .enum(JOB_STATUSES)
    .describe('Queued and running jobs end as succeeded, failed or cancelled; an ended job does not change'),
  progress: z.number().min(0).max(1).describe('Fraction of the job that is done [1]'),
  seed: z
    .int()
    .describe('Seed of all random numbers of the job; the same input with the same seed gives identical results'),
  engine_version: z
    .string()
    .describe(
      'Package version and a hash of the engine that computed the job, `0.1.0+3f9a1c2b`; the hash changes when the engine changes. Two versions, separated by a comma, if the platform was updated while the job ran',
    ),
  is_time_limited: z.boolean().describe('Whether the time limit ended the job, so that its result is the best so far'),
  created_by: z.string().describe('Who created it: usr_... or key_...'),
  error: jobErrorSchema.nullable().describe('Why the job failed; null if it did not fail'),
  warnings: jobWarnings,
  created_at: instant('Accepted'),
  started_at: instant('When a worker started the job').nullable(),
  ended_at: instant('Ended').nullable(),
  cancel_requested_at: instant('When cancellation was requested').nullable(),
  is_test: z
    .boolean()
    .describe('Whether it is for tests: a test key started it, it is not billed, and reports about it are marked'),
  experiment: z
    .strictObject({
      experiment_id: idOf('experiment', 'Experiment that chose a default of the job'),
      variant: z.string().describe('Variant of the experiment; the input states what it chose'),
    })
    .meta({ id: 'JobExperiment' })
    .nullable()
    .describe('Experiment that chose a default of the job; null: none did'),
  ...usage,
};

export const jobEstimateSchema = z
  .strictObject({
    kind: z.enum(JOB_KINDS).describe('Kind of the job'),
    estimated_s: z
      .number()
      .describe(
        'Estimated compute time of the job on the processors [s]; an order of magnitude, and less where a GPU computes',
      ),
    limit_s: z.number().describe('Compute time limit of a job [s]'),
    n_evaluations: z
      .int()
      .nullable()
      .describe('Number of evaluations of the search: designs or layouts; null: it is no search'),
    warnings: jobWarnings,
  })
  .meta({ id: 'JobEstimate', description: 'What a job would take; it is not started' });

const job = <Kind extends JobKind>({ kind, schemaId, input, result }: JobContract<Kind>) =>
  z
    .strictObject({
      ...common,
      kind: z.literal(kind),
      input,
      result: result
        .nullable()
        .describe(
          'Result of the job; null until the job ends. A cancelled job has the best result so far, if there is one',
        ),
    })
    .meta({ id: schemaId });

const schemas = JOB_CONTRACTS.map((contract) => ({ kind: contract.kind, schema: job(contract) }));
const [first, ...others] = schemas.map(({ schema }) => schema);
export const jobSchema = z.discriminatedUnion('kind', [first, ...others]).meta({
  id: 'Job',
  description: 'A job with its input and, when it has ended, its result; `kind` determines their form',
});
export type JobView = z.output<typeof jobSchema>;
/** The form of a job whose kind is known. */
export const jobSchemaOf = (kind: JobKind): z.ZodType<JobView> => schemas.find((one) => one.kind === kind)!.schema;

const jobSummarySchema = z
  .strictObject({ ...common, kind: z.enum(JOB_KINDS) })
  .meta({ id: 'JobSummary', description: 'A job without input and result' });
export type JobSummary = z.output<typeof jobSummarySchema>;
export const jobPageSchema = pageOf(jobSummarySchema, 'JobPage');

export const seriesNamesSchema = z
  .strictObject({ data: z.array(z.string()) })
  .meta({ id: 'SeriesNames', description: 'Name of the series in GET /v1/jobs/{id}/series/{name}' });
export const seriesSchema = z
  .looseObject({
    columns: z
      .record(z.string(), z.array(z.union([z.number(), z.iso.datetime()]).nullable()))
      .describe(
        'Columns: values by name, all of the same length. Names end with the unit. `time`: middle of each step by ISO 8601, UTC',
      ),
    step_minutes: z.number().optional().describe('Length of a time step [min]'),
    utc_offset_h: z.number().optional().describe('Standard time minus UTC, at the site [h]'),
  })
  .meta({ id: 'Series', description: 'Series of the job as columns, with their metadata' });

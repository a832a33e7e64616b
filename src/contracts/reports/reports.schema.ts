/** The body of POST /v1/reports, what is stored of it, its result, links and events. */
import { z } from 'zod';
import { plantCostsSchema, plantEconomicsSchema } from '../common/economics.schema.ts';
import { idOf, ownChoice, withDefault } from '../common/fields.schema.ts';
import {
  LINK_LIFE_S,
  MAX_COMPARED_JOBS,
  MAX_LOGO_BYTES,
  REPORT_FORMAT_NAMES,
  REPORT_LANGUAGES,
  REPORT_TEMPLATES,
  REPORT_UNITS,
} from './reports.ts';

const jobId = z.string().regex(/^job_[0-9a-z]{26}$/, 'expected the id of a job, job_...');
// Characters that the font of the PDF contains.
const line = (most: number, description: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(
      /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Zs}\p{Sc}\p{Sm}\p{M}°]*$/u,
      'expected Latin, Greek or Cyrillic letters',
    )
    .describe(description);

/** Whether `2026-02-28` is a day of the calendar, which 2026-02-30 is not. */
const isDate = (date: string): boolean => {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

export const reportSchema = z
  .strictObject({
    job_ids: z
      .array(jobId)
      .min(1)
      .max(MAX_COMPARED_JOBS)
      .describe(
        'Ids of jobs that succeeded. summary and bankable: an analysis, a search, or one of each; comparison: 2 or more jobs',
      ),
    template: withDefault(z.enum(REPORT_TEMPLATES), 'bankable', ownChoice('the full report')).describe(
      'summary: two pages; bankable: an energy yield assessment; comparison: several jobs side by side',
    ),
    language: withDefault(z.enum(REPORT_LANGUAGES), 'en', ownChoice('English')),
    units: withDefault(z.enum(REPORT_UNITS), 'metric', ownChoice('SI')).describe(
      'imperial: feet, miles, acres and degF on letter-size paper',
    ),
    currency: withDefault(
      z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 currency code, such as EUR'),
      'USD',
      ownChoice('the currency of the default costs'),
    ).describe("Currency of the jobs' amounts; amounts are not converted"),
    title: line(120, 'Name of the project; default: the name of the site').optional(),
    client: line(120, 'Client: who the report is written for').optional(),
    prepared_by: line(120, 'Organization that is responsible for the report').optional(),
    author: line(120, 'Who wrote the report').optional(),
    reviewer: line(120, 'Who reviewed the report').optional(),
    approver: line(120, 'Who approved the report').optional(),
    version: line(40, 'Version of the report, such as 1.1').optional(),
    confidentiality: line(120, 'Who may read the report, such as "Strictly confidential"').optional(),
    version_history: z
      .array(
        z.strictObject({
          version: line(40, 'Version'),
          date: z
            .string()
            .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'expected a date, such as 2026-11-30')
            .refine((date) => isDate(date), 'expected a day of the calendar')
            .describe('Date of the version, such as 2026-11-30'),
          changes: line(200, 'What changed in the version'),
          author: line(120, 'Who wrote the version').optional(),
        }),
      )
      .min(1)
      .max(20)
      .optional()
      .describe('Versions of the report, the first one first; a bankable report and a comparison show them'),
    logo_png: z
      .base64()
      .max(Math.ceil(MAX_LOGO_BYTES / 3) * 4)
      .optional()
      .describe(`A PNG in base64, at most ${MAX_LOGO_BYTES / 1024} KB and 2000 pixels wide and high`),
    system_index: z
      .int()
      .min(0)
      .max(999)
      .optional()
      .describe('Index into `systems` of a solar analysis, from 0; default: the system with the best result'),
    economics: plantEconomicsSchema
      .optional()
      .describe('Costs for analyses without economics, per kW of DC power or of rated turbine power'),
    design_costs: z
      .array(z.strictObject({ job_id: jobId, costs: plantCostsSchema }))
      .min(1)
      .max(MAX_COMPARED_JOBS)
      .optional()
      .describe(
        "Costs of single designs in place of economics.costs and of a job's own; price, financing and tax stay the same",
      ),
    mail_to: z
      .array(z.email().max(254))
      .min(1)
      .max(10)
      .optional()
      .describe('Addresses that get a mail with links when the report is ready'),
  })
  .superRefine(({ job_ids, template, mail_to, economics, design_costs = [] }, context) => {
    if (design_costs.length > 0 && !economics)
      context.addIssue({ code: 'custom', path: ['economics'], message: 'expected economics with design_costs' });
    design_costs.forEach(({ job_id }, k) => {
      const isTwice = design_costs.findIndex((one) => one.job_id === job_id) < k;
      if (isTwice || !job_ids.includes(job_id))
        context.addIssue({
          code: 'custom',
          path: ['design_costs', k, 'job_id'],
          message: isTwice ? 'a job occurs twice' : 'expected one of job_ids',
        });
    });
    if (new Set(job_ids).size < job_ids.length)
      context.addIssue({ code: 'custom', path: ['job_ids'], message: 'a job occurs twice' });
    if (template === 'comparison' && job_ids.length < 2)
      context.addIssue({
        code: 'custom',
        path: ['job_ids'],
        message: `${job_ids.length} job; a comparison needs 2 or more`,
      });
    if (template !== 'comparison' && job_ids.length > 2)
      context.addIssue({
        code: 'custom',
        path: ['job_ids'],
        message: `${job_ids.length} jobs; ${template} needs an analysis, a search, or one of each`,
      });
    if (mail_to && new Set(mail_to).size < mail_to.length)
      context.addIssue({ code: 'custom', path: ['mail_to'], message: 'an address occurs twice' });
  });
export type ReportBody = z.output<typeof reportSchema>;

export const linkSchema = z.strictObject({
  format: z.enum(REPORT_FORMAT_NAMES),
  expires_in_s: withDefault(z.int().min(60).max(LINK_LIFE_S.most), LINK_LIFE_S.default, ownChoice('a week')),
});

export const linkAnswerSchema = z
  .strictObject({ url: z.url().describe('Link that works without credentials'), expires_at: z.iso.datetime() })
  .meta({ id: 'ReportLink' });

/** A file of a report. */
export const reportFile = {
  format: z.enum(REPORT_FORMAT_NAMES),
  name: z.string(),
  bytes: z.int().describe('Size [bytes]'),
  sha256: z.string().describe('SHA-256, hexadecimal'),
};

/** Result of the job that writes a report. */
export const reportResultSchema = z
  .strictObject({
    report_id: idOf('report', 'GET /v1/reports/{report_id}'),
    title: z.string(),
    n_pages: z.int(),
    files: z.array(z.strictObject(reportFile)),
  })
  .meta({ id: 'ReportResult' });

const { logo_png: _logo, ...asked } = reportSchema.shape;
/** Input of the job that writes a report, as it is stored. */
export const reportInputSchema = z
  .strictObject({
    ...asked,
    logo_sha256: z.string().optional().describe("Hash of the logo; the report's row has the image"),
  })
  .meta({ id: 'ReportInput', description: 'The request with every default written out' });
export type ReportInput = z.output<typeof reportInputSchema>;

/** Data of the event report.ready. */
export const reportReadySchema = z.strictObject({
  report_id: idOf('report', 'GET /v1/reports/{report_id}'),
  job_id: idOf('job', 'Job that wrote the report'),
  template: z.enum(REPORT_TEMPLATES),
  language: z.enum(REPORT_LANGUAGES),
  title: z.string(),
  job_ids: z.array(z.string()).describe('Jobs that the report is about'),
  n_pages: z.int().describe('Number of pages of the PDF'),
  files: z.array(
    z.strictObject({
      ...reportFile,
      url: z.string().describe('Link that works without credentials until links_expire_at'),
    }),
  ),
  links_expire_at: z.iso.datetime(),
  sequence: z.int().describe('Position of the event among those of one job: always 1, a report becomes ready once'),
});

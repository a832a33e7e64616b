/** What a job has used. Every job and the webhook events at its end contain it, and metering uses it. */
import { z } from 'zod';

const BEFORE = 'null if the job ended before this was kept';

export const usage = {
  compute_s: z
    .number()
    .min(0)
    .nullable()
    .describe(
      `Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. ${BEFORE}`,
    ),
  n_attempts: z
    .int()
    .min(0)
    .nullable()
    .describe(`Number of attempts: how often a worker has taken the job on. ${BEFORE}`),
  n_evaluations: z
    .int()
    .min(0)
    .nullable()
    .describe('Number of evaluations: designs or layouts that a search has computed; null for kinds that count none'),
  queue_wait_s: z.number().min(0).nullable().describe('From acceptance to the first attempt [s]; null before it'),
};

/** The one law of drill-inputs: an input is computed rightly, or the answer warns, or it is refused with a reason. */
import type { Job, JobKind, JobOf } from '../../../src/client/index.ts';
import { ApiError, ConnectionError } from '../../../src/client/index.ts';

export type Outcome =
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string }
  | { readonly kind: 'done'; readonly values: readonly number[]; readonly warnings: Job['warnings'] };

export interface Case {
  readonly title: string;
  /** What the good input gives; null: the input cannot be right, so that it must be refused or warned about */
  readonly expected: Outcome | null;
  run(): Promise<Outcome>;
}

/** Largest silent difference, as a share */
const TOLERANCE = 0.01;
/** Largest difference that needs no more than an info, such as values that were left out */
const NAMED_TOLERANCE = 0.03;

/** @returns what is wrong with an outcome; null if it keeps the law */
export function faultOf(expected: Outcome | null, outcome: Outcome): string | null {
  if (outcome.kind === 'refused') {
    if (outcome.status >= 500) return `answered ${outcome.status}: ${outcome.detail}`;
    return outcome.detail.length > 10 ? null : `refused without a reason: ${JSON.stringify(outcome.detail)}`;
  }
  if (outcome.warnings.some(({ severity }) => severity !== 'info')) return null;
  if (expected?.kind !== 'done') return `computed without a warning: ${outcome.values.map(Math.round).join(', ')}`;
  const differences = outcome.values.map((value, k) => value / expected.values[k] - 1);
  const worst = differences.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
  const allowed = outcome.warnings.length > expected.warnings.length ? NAMED_TOLERANCE : TOLERANCE;
  return Math.abs(worst) <= allowed ? null : `${(100 * worst).toFixed(2)} % without a warning`;
}

/** Returns what a good input gives. @throws if it is refused or warned about: a false alarm breaks the law too */
export async function goodOutcome(name: string, run: Promise<Outcome>): Promise<Outcome> {
  const outcome = await run;
  const alarm =
    outcome.kind === 'refused' ? outcome.detail : outcome.warnings.find(({ severity }) => severity !== 'info')?.message;
  if (alarm !== undefined) throw new Error(`${name} is good, but: ${alarm}`);
  return outcome;
}

/** Runs requests; a problem of the API is an outcome. A connection that breaks says nothing of the input: it is tried again. */
export async function refusedOf(run: () => Promise<Outcome>, attempts = 3): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ConnectionError && attempts > 1) return refusedOf(run, attempts - 1);
    if (!(error instanceof ApiError)) throw error;
    return { kind: 'refused', status: error.status, detail: error.message };
  }
}

/** Returns the outcome of an ended job. */
export function doneOf<Kind extends JobKind>(
  job: JobOf<Kind>,
  valuesOf: (result: NonNullable<JobOf<Kind>['result']>) => readonly number[],
): Outcome {
  if (job.status === 'succeeded' && job.result)
    return { kind: 'done', values: valuesOf(job.result as NonNullable<JobOf<Kind>['result']>), warnings: job.warnings };
  const { code, message } = job.error ?? { code: 'internal', message: `the job is ${job.status}` };
  return { kind: 'refused', status: code === 'internal' ? 500 : 422, detail: message };
}

/** Experiments: an organization always gets the same variant, and counts once it has used it. */
import { createHash } from 'node:crypto';
import { AppError } from '../../contracts/common/app-error.ts';
import { PLATFORM } from '../../contracts/audit/audit.ts';
import type { ExperimentSubject, JobExperiment, Variant } from '../../contracts/experiments/experiments.ts';
import { type Database, isUniqueViolation, type Queryable } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { ExperimentRow } from '../../adapters/database/tables/experiments.ts';
import {
  differenceInterval,
  differencePValue,
  type Interval,
  ratioPValue,
  sampleSize,
  shareInterval,
} from '../../statistics/proportions.ts';
import { audit } from '../audit/audit.ts';

/** Below it the numbers of organizations do not have the ratio of the weights. */
const RATIO_SIGNIFICANCE = 0.001;

/** Returns the variant of an organization: it depends on the ids only, so that it never changes. */
export function variantOf({ id, variants }: Pick<ExperimentRow, 'id' | 'variants'>, orgId: string): Variant {
  const hash = createHash('sha256').update(`${id}/${orgId}`).digest();
  const sum = variants.reduce((total, { weight }) => total + weight, 0);
  let place = (hash.readUIntBE(0, 6) / 2 ** 48) * sum;
  for (const variant of variants) {
    place -= variant.weight;
    if (place < 0) return variant;
  }
  return variants[variants.length - 1];
}

/** Returns the variant of an organization in the experiment that runs; undefined where it takes part in none. */
export async function choose(
  database: Queryable,
  subject: ExperimentSubject,
  orgId: string,
  plan: string,
): Promise<{ readonly experiment: JobExperiment; readonly variant: Variant } | undefined> {
  const [running] = await database.query<ExperimentRow>(
    'SELECT * FROM experiments WHERE subject = $1 AND ended_at IS NULL',
    [subject],
  );
  if (!running || (running.plans.length > 0 && !running.plans.includes(plan))) return undefined;
  const variant = variantOf(running, orgId);
  return { experiment: { experiment_id: running.id, variant: variant.name }, variant };
}

/** Counts an organization with a variant, in the transaction of the job that has it. */
export async function expose(tx: Queryable, orgId: string, { experiment_id, variant }: JobExperiment): Promise<void> {
  await tx.query(
    'INSERT INTO experiment_exposures (experiment_id, org_id, variant) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [experiment_id, orgId, variant],
  );
}

/** Counts a conversion: a report about jobs that had a variant. It counts while the experiment runs. */
export async function convert(tx: Queryable, orgId: string, jobIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE experiment_exposures x SET converted_at = now() FROM experiments e
     WHERE x.org_id = $1 AND x.converted_at IS NULL AND e.id = x.experiment_id AND e.ended_at IS NULL
       AND EXISTS (SELECT 1 FROM jobs j WHERE j.id = ANY($2) AND j.org_id = $1 AND j.experiment->>'experiment_id' = x.experiment_id)`,
    [orgId, jobIds],
  );
}

export interface NewExperiment extends Pick<ExperimentRow, 'name' | 'subject' | 'plans' | 'variants'> {
  readonly baseline_pct: number;
  readonly effect_pct: number;
}

/** @throws AppError `request.conflict` while another one runs; `request.invalid` for shares above 100 % */
export async function startExperiment(database: Database, experiment: NewExperiment): Promise<string> {
  const { name, subject, plans, variants, baseline_pct, effect_pct } = experiment;
  if (baseline_pct + effect_pct >= 100)
    throw new AppError(
      'request.invalid',
      `baseline_pct and effect_pct are ${baseline_pct + effect_pct} together; expected less than 100`,
      {
        pointer: '/effect_pct',
      },
    );
  const id = newId('experiment');
  await database
    .transaction(async (tx) => {
      await tx.query(
        `INSERT INTO experiments (id, subject, name, plans, variants, n_per_variant) VALUES ($1, $2, $3, $4, $5, $6)`,
        [id, subject, name, plans, JSON.stringify(variants), sampleSize(baseline_pct / 100, effect_pct / 100)],
      );
      await audit(tx, { orgId: PLATFORM, type: 'experiment.started', targetId: id, details: { ...experiment } });
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error, 'experiments_running')) throw error;
      throw new AppError('request.conflict', `An experiment about ${subject} runs already`, {
        fix: 'Stop it first.',
        cause: error,
      });
    });
  return id;
}

/** Stops an experiment: everybody gets the usual choice again. @throws AppError `request.not_found` */
export async function stopExperiment(database: Database, id: string): Promise<void> {
  await database.transaction(async (tx) => {
    const stopped = await tx.query(
      'UPDATE experiments SET ended_at = coalesce(ended_at, now()) WHERE id = $1 RETURNING id',
      [id],
    );
    if (stopped.length === 0) throw new AppError('request.not_found', `No experiment ${id}`);
    await audit(tx, { orgId: PLATFORM, type: 'experiment.stopped', targetId: id });
  });
}

const inPercent = ({ lower, upper }: Interval) => ({ lower_pct: 100 * lower, upper_pct: 100 * upper });

/** Returns experiments with their results, newest first. @param id only this one */
export async function experiments(database: Database, id?: string) {
  const rows = await database.query<ExperimentRow>(
    'SELECT * FROM experiments WHERE $1::text IS NULL OR id = $1 ORDER BY id DESC',
    [id ?? null],
  );
  const counts = await database.query<{
    experiment_id: string;
    variant: string;
    n_exposed: number;
    n_converted: number;
  }>(
    `SELECT experiment_id, variant, count(*)::int AS n_exposed, count(converted_at)::int AS n_converted
     FROM experiment_exposures WHERE $1::text IS NULL OR experiment_id = $1 GROUP BY 1, 2`,
    [id ?? null],
  );
  return rows.map((row) => {
    const counted = row.variants.map((variant) => {
      const counted = counts.find((one) => one.experiment_id === row.id && one.variant === variant.name);
      return { ...variant, n_exposed: counted?.n_exposed ?? 0, n_converted: counted?.n_converted ?? 0 };
    });
    const of = ({ n_converted, n_exposed }: (typeof counted)[number]) => ({ successes: n_converted, n: n_exposed });
    const [first] = counted;
    const ratio_p_value = ratioPValue(
      counted.map(({ n_exposed }) => n_exposed),
      counted.map(({ weight }) => weight),
    );
    return {
      ...row,
      is_large_enough: counted.every(({ n_exposed }) => n_exposed >= row.n_per_variant),
      ratio_p_value,
      is_ratio_plausible: ratio_p_value >= RATIO_SIGNIFICANCE,
      variants: counted.map((variant, i) => {
        const isCompared = i > 0 && first.n_exposed > 0 && variant.n_exposed > 0;
        return {
          ...variant,
          converted_pct:
            variant.n_exposed > 0 ? inPercent(shareInterval(variant.n_converted, variant.n_exposed)) : null,
          difference_pct: isCompared ? inPercent(differenceInterval(of(first), of(variant))) : null,
          p_value: isCompared ? differencePValue(of(first), of(variant)) : null,
        };
      }),
    };
  });
}

/** @throws AppError `request.not_found` */
export async function experiment(database: Database, id: string) {
  const [found] = await experiments(database, id);
  if (!found) throw new AppError('request.not_found', `No experiment ${id}`);
  return found;
}

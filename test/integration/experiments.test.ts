/** Experiments on a real PostgreSQL: an organization keeps its variant, counts once, and the results are those of the counts. */
import { expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
import {
  choose,
  convert,
  experiment,
  startExperiment,
  stopExperiment,
  variantOf,
} from '../../src/services/experiments/experiments.ts';
import { jobsOfTests } from '../support/jobs.ts';

const shared = jobsOfTests();
const VARIANTS = [
  { name: 'usual', weight: 1, n_iterations: null },
  { name: 'longer', weight: 3, n_iterations: 80 },
];
const start = (more: object = {}) =>
  startExperiment(shared.database, {
    name: 'E',
    subject: 'search_defaults',
    plans: [],
    variants: VARIANTS,
    baseline_pct: 10,
    effect_pct: 5,
    ...more,
  });
const chosen = (orgId: string, plan = 'free') => choose(shared.database, 'search_defaults', orgId, plan);

test('the same organization always gets the same variant, and many share as the weights say', () => {
  const id = newId('experiment');
  const ids = Array.from({ length: 4000 }, () => newId('organization'));
  const names = ids.map((orgId) => variantOf({ id, variants: VARIANTS }, orgId).name);
  expect(ids.map((orgId) => variantOf({ id, variants: VARIANTS }, orgId).name)).toEqual(names);
  // Five standard deviations of 4000 draws at 0.75
  expect(Math.abs(names.filter((name) => name === 'longer').length - 3000)).toBeLessThan(140);
  const other = ids.map((orgId) => variantOf({ id: newId('experiment'), variants: VARIANTS }, orgId).name);
  expect(other).not.toEqual(names);
});

test('one experiment runs at a time, for the plans that it names, until it is stopped', async () => {
  expect(await chosen(shared.orgId)).toBeUndefined();
  const id = await start({ plans: ['pro'] });
  await expect(start()).rejects.toMatchObject({ code: 'request.conflict' });
  await expect(start({ baseline_pct: 60, effect_pct: 40 })).rejects.toMatchObject({ pointer: '/effect_pct' });
  expect(await chosen(shared.orgId)).toBeUndefined();
  expect(await chosen(shared.orgId, 'pro')).toMatchObject({ experiment: { experiment_id: id } });
  expect((await experiment(shared.database, id)).n_per_variant).toBe(686);
  await stopExperiment(shared.database, id);
  expect(await chosen(shared.orgId, 'pro')).toBeUndefined();
  await expect(stopExperiment(shared.database, newId('experiment'))).rejects.toMatchObject({
    code: 'request.not_found',
  });
});

test('an organization is exposed with its first job and converts with a report about it, each once', async () => {
  const id = await start();
  const choice = (await chosen(shared.orgId))!;
  const create = () =>
    shared.jobs.create(
      {
        orgId: shared.orgId,
        kind: 'solar-analyze',
        input: '{}' as never,
        createdBy: 'key_1',
        experiment: choice.experiment,
      },
      async () => undefined,
    );
  const { job } = await create();
  await create();
  expect(job.experiment).toEqual({ experiment_id: id, variant: choice.variant.name });
  const usual = await shared.jobs.create({
    orgId: shared.orgId,
    kind: 'solar-analyze',
    input: '{}' as never,
    createdBy: 'key_1',
  });
  const counts = async () => {
    const found = (await experiment(shared.database, id)).variants.find(({ name }) => name === choice.variant.name)!;
    return [found.n_exposed, found.n_converted];
  };
  expect(await counts()).toEqual([1, 0]);
  await convert(shared.database, shared.orgId, [usual.job.id]);
  expect(await counts()).toEqual([1, 0]);
  for (let i = 0; i < 2; i++) await convert(shared.database, shared.orgId, [job.id]);
  expect(await counts()).toEqual([1, 1]);
  await stopExperiment(shared.database, id);
});

test('results compare with the first variant, say when they are complete, and notice a wrong ratio', async () => {
  const id = await start({ variants: VARIANTS.map((one) => ({ ...one, weight: 1 })) });
  const expose = (variant: string, n: number, converted: number) =>
    shared.database.query(
      `INSERT INTO experiment_exposures (experiment_id, org_id, variant, converted_at)
       SELECT $1, $2 || n, $2, CASE WHEN n <= $4 THEN now() END FROM generate_series(1, $3::int) AS n`,
      [id, variant, n, converted],
    );
  await expose('usual', 700, 70);
  await expose('longer', 680, 102);
  const early = await experiment(shared.database, id);
  expect(early).toMatchObject({ is_large_enough: false, is_ratio_plausible: true });
  await shared.database.query(
    `INSERT INTO experiment_exposures (experiment_id, org_id, variant) SELECT $1, 'late' || n, 'longer' FROM generate_series(1, 20) AS n`,
    [id],
  );
  const { is_large_enough, ratio_p_value, variants } = await experiment(shared.database, id);
  expect([is_large_enough, ratio_p_value]).toEqual([true, 1]);
  const [usual, longer] = variants;
  expect([usual.p_value, usual.difference_pct]).toEqual([null, null]);
  expect(usual.converted_pct!.lower_pct).toBeLessThan(10);
  // z = (102/700 - 70/700) / sqrt(2 * pooled * (1 - pooled) / 700), pooled = 172/1400
  expect(longer.p_value).toBeCloseTo(0.009181, 5);
  expect(longer.difference_pct!.lower_pct).toBeGreaterThan(0);
  await expose('extra', 0, 0);
  await shared.database.query(
    `INSERT INTO experiment_exposures (experiment_id, org_id, variant) SELECT $1, 'more' || n, 'longer' FROM generate_series(1, 300) AS n`,
    [id],
  );
  expect(await experiment(shared.database, id)).toMatchObject({ is_ratio_plausible: false });
  await stopExperiment(shared.database, id);
});

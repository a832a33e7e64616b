/**
 * Adds to stored jobs what requests and results have gained, with what held when they were computed: incidence losses of
 * the beam only, irradiation as it was counted, designs of the size that was asked for, and measurements of any length.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Context, Direction, Json, Step } from './stored-names/rewrite.ts';
import { apply } from './stored-names/rewrite.ts';
import { rewrite } from './stored-names/rewrite-table.ts';

/** Models of incidence losses that now have `include_diffuse`; `physical` had it before. */
const WITH_DIFFUSE = ['ashrae', 'martin_ruiz', 'points'];

/** @param place of the objects that are systems */
const systemSteps = (place: string): readonly Step[] => [
  {
    at: `${place}.iam`,
    up: (node) => {
      if (WITH_DIFFUSE.includes(String(node.type))) node.include_diffuse = false;
    },
    down: (node) => {
      if (WITH_DIFFUSE.includes(String(node.type))) delete node.include_diffuse;
    },
  },
  // The formula of before has its author's name; `electrical` is what it says.
  { at: `${place}.rows`, values: { model: { electrical: 'martinez' } } },
];

const numberOf = (...values: readonly unknown[]): number =>
  values.find((value): value is number => typeof value === 'number') ?? 0;

const DESIGN: Step = {
  at: '{best,pareto[]}',
  up: (node, { input }) => {
    const values = (node.values ?? {}) as Json;
    const system = (input.system ?? {}) as Json;
    const dc = numberOf(values.dc_capacity_kw, system.dc_capacity_kw);
    const ratio = numberOf(values.dc_ac_ratio, system.dc_ac_ratio, 1);
    Object.assign(node, { dc_capacity_kw: dc, ac_capacity_kw: dc / ratio, dc_ac_ratio: ratio });
  },
  down: (node) => {
    delete node.dc_capacity_kw;
    delete node.ac_capacity_kw;
    delete node.dc_ac_ratio;
    delete node.system;
  },
};

const WIND_INPUT: readonly Step[] = [
  {
    at: 'resource',
    up: (node) => {
      if (node.type === 'upload') node.n_months_min = 0;
      if (node.type === 'rose') node.directions = 'exact';
    },
    down: (node) => {
      delete node.n_months_min;
      delete node.directions;
    },
  },
  {
    at: 'resource.long_term',
    up: (node) => {
      node.is_by_sector = false;
    },
    down: (node) => {
      delete node.is_by_sector;
    },
  },
];

/** A correction by the weather of the request, the only reference */
const LONG_TERM: Step = {
  at: 'long_term',
  up: (node) => {
    const { correlation, n_concurrent_records, long_term_wind_speed_mean_m_s } = node;
    Object.assign(node, {
      monthly_correlation: null,
      reference_index: 0,
      references: [{ correlation, monthly_correlation: null, n_concurrent_records, long_term_wind_speed_mean_m_s }],
      sectors: null,
    });
  },
  down: (node) => {
    for (const name of ['monthly_correlation', 'reference_index', 'references', 'sectors']) delete node[name];
  },
};

const STEPS: Readonly<Record<string, { readonly input: readonly Step[]; readonly result: readonly Step[] }>> = {
  'solar-analyze': {
    input: systemSteps('systems[]'),
    result: [
      ...systemSteps('systems[].system'),
      {
        at: 'systems[]',
        up: (node) => {
          node.poa_unshaded_annual_kwh_m2 = node.poa_annual_kwh_m2;
        },
        down: (node) => {
          delete node.poa_unshaded_annual_kwh_m2;
        },
      },
    ],
  },
  'solar-optimize': { input: systemSteps('system'), result: [DESIGN] },
  'wind-analyze': { input: WIND_INPUT, result: [LONG_TERM] },
  'wind-optimize': { input: WIND_INPUT, result: [LONG_TERM] },
};

async function rewriteAll(runner: QueryRunner, direction: Direction): Promise<void> {
  await rewrite<{ id: string; kind: string; input: Json; result: Json | null }>(runner, {
    table: 'jobs',
    key: ['id'],
    columns: ['kind', 'input', 'result'],
    change: ({ kind, input, result }) => {
      const steps = STEPS[kind];
      if (!steps) return;
      const context: Context = { input, hoursOf: () => 8760 };
      apply(input, steps.input, direction, context);
      apply(result, steps.result, direction, context);
    },
  });
}

export class StateWhatWasBuilt1795981000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return rewriteAll(runner, 'up');
  }

  down(runner: QueryRunner): Promise<void> {
    return rewriteAll(runner, 'down');
  }
}

/** The result of a layout job: the best search, the yield of its layout, and the results of the others. */
import type { z } from 'zod';
import type { WindLayoutResult } from '../../wind/tasks.ts';
import type { WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import type { windLayoutResultSchema } from '../../contracts/wind/result.schema.ts';
import type { FarmAnalysis } from '../../wind/energy/analyze-farm.ts';
import type { Layout } from '../../wind/layout/layout-search.ts';
import type { LayoutPlan } from './layout.ts';
import { shapeOf } from './layout.ts';
import { economicsView } from '../economics/project.ts';
import { computedBy } from '../jobs/computed-by.ts';
import { farmEconomics, plantOf, yieldView } from './result.ts';
import { globeOf } from './setup.ts';

export interface BestRun {
  readonly run: number;
  readonly candidate: number;
  readonly layout: Layout;
}

/**
 * Returns the run with the best layout. Scores of one candidate compare as they are; those of candidates with different
 * turbines by the levelised cost itself where that is the objective.
 */
export function bestRun(
  body: WindOptimizeInput,
  plan: LayoutPlan,
  results: readonly (WindLayoutResult | null)[],
): BestRun | null {
  let best: (BestRun & { merit: number }) | null = null;
  results.forEach((result, run) => {
    if (!result?.best) return;
    const { candidate } = plan.runs[run];
    const merit = meritOf(body, plan, candidate, result.best);
    if (!best || merit > best.merit) best = { run, candidate, layout: result.best, merit };
  });
  return best;
}

function meritOf(body: WindOptimizeInput, plan: LayoutPlan, candidate: number, layout: Layout): number {
  if (body.objective !== 'lcoe' || body.method === 'nsga2') return layout.score;
  const { cableM } = shapeOf(body, plan.site, ownPlaces(plan, candidate, layout));
  const { costShare = 0, kindCosts } = plan.candidates[candidate].terms.cables ?? {};
  const kinds = kindsOf(plan, candidate, layout);
  const base = kindCosts ? kinds.reduce((sum, kind) => sum + kindCosts[kind], 0) : 1;
  // The score is energy over base + c L; the other losses are the same for all.
  const netKwh = layout.score * (base + costShare * cableM);
  const farm = { ...plantOf(body.economics, plan.specs, body.turbines, kinds), netKwh, cableM };
  return -farmEconomics(body.economics!, farm).lcoeRealPerKwh;
}

/** A layout and its yield with the final bins */
export type AnalysedRun = BestRun & { readonly analysis: FarmAnalysis };

/** Returns the layout that the final bins prefer: those of a search are coarser, and may prefer a layout that yields less. */
export const betterOf = <Run extends AnalysedRun>(
  body: WindOptimizeInput,
  plan: LayoutPlan,
  start: Run,
  found: Run,
): Run => (finalMerit(body, plan, found) > finalMerit(body, plan, start) ? found : start);

function finalMerit(body: WindOptimizeInput, plan: LayoutPlan, { candidate, layout, analysis }: AnalysedRun): number {
  const { cableM, areaKm2 } = shapeOf(body, plan.site, ownPlaces(plan, candidate, layout));
  const { netKwh } = analysis;
  switch (body.objective) {
    case 'aep':
      return netKwh;
    case 'aep_per_area':
      return netKwh / areaKm2;
    case 'cable_length':
      return -cableM;
    case 'lcoe': {
      const plant = plantOf(body.economics, plan.specs, body.turbines, kindsOf(plan, candidate, layout));
      return -farmEconomics(body.economics!, { ...plant, netKwh, cableM }).lcoeRealPerKwh;
    }
  }
}

/** Returns the index into the request's turbines for each own position of a layout. */
function kindsOf(plan: LayoutPlan, candidate: number, { xM, kind }: Layout): number[] {
  const { type, farm } = plan.candidates[candidate];
  return xM.slice(0, farm.own).map((_, i) => kind?.[i] ?? farm.kind?.[i] ?? type ?? 0);
}

/** Returns the places of a layout without those of neighbours. */
const ownPlaces = (plan: LayoutPlan, candidate: number, { xM, yM }: Pick<Layout, 'xM' | 'yM'>) => {
  const { own } = plan.candidates[candidate].farm;
  return { xM: xM.slice(0, own), yM: yM.slice(0, own) };
};

/**
 * Makes the result of a search.
 * @param results of the plan's runs; null: not begun
 * @param best null before the first layout
 */
export function layoutResult(
  body: WindOptimizeInput,
  plan: LayoutPlan,
  results: readonly (WindLayoutResult | null)[],
  best: AnalysedRun | null,
): z.output<typeof windLayoutResultSchema> {
  const runs = results.map((result, i) => ({
    candidate_index: plan.runs[i].candidate,
    seed: plan.runs[i].seed,
    n_iterations: result?.steps ?? 0,
    score: result?.best?.score ?? null,
    history: (result?.history ?? []).map(([step, score]): [number, number] => [step, score]),
  }));
  return {
    objective: body.objective,
    method: body.method,
    candidates: plan.candidates.map(({ type, count }) => ({
      turbine_index: type,
      turbine: type === null ? null : plan.specs[type].name,
      hub_height_m: type === null ? null : plan.specs[type].hubHeightM,
      n_turbines: count,
    })),
    runs,
    best: best && bestView(body, plan, best),
    pareto: (best ? (results[best.run]?.front ?? []) : []).map(({ xM, yM, objectives }) => ({
      ...Object.fromEntries(body.objectives.map((name, k) => [NAMES[name], objectives[k]])),
      x_m: [...xM],
      y_m: [...yM],
      ...globeOf(plan.projection, xM, yM),
    })),
    computed_by: computedBy(results.map((result) => result?.device)),
  };
}

const NAMES = {
  aep: 'annual_energy_with_wakes_kwh',
  cable_length: 'cable_length_m',
  n_turbines: 'n_turbines',
  aep_per_turbine: 'annual_energy_with_wakes_kwh_per_turbine',
} as const;

/** Returns the positions of a layout, and which turbine stands where. */
export function layoutView(plan: LayoutPlan, { candidate, layout }: BestRun) {
  const { farm, count } = plan.candidates[candidate];
  const { xM, yM } = ownPlaces(plan, candidate, layout);
  return {
    x_m: [...xM],
    y_m: [...yM],
    ...globeOf(plan.projection, xM, yM),
    turbine_index: kindsOf(plan, candidate, layout),
    is_fixed: xM.map((_, i) => farm.xM.length > count && i >= count),
  };
}

function bestView(body: WindOptimizeInput, plan: LayoutPlan, best: AnalysedRun) {
  const { run, candidate, layout, analysis } = best;
  const { cableM, areaKm2 } = shapeOf(body, plan.site, ownPlaces(plan, candidate, layout));
  const plant = plantOf(body.economics, plan.specs, body.turbines, kindsOf(plan, candidate, layout));
  const farmOf = { ...plant, netKwh: analysis.netKwh, cableM };
  const economics = body.economics ? farmEconomics(body.economics, farmOf) : null;
  return {
    run_index: run,
    candidate_index: candidate,
    score: layout.score,
    layout: layoutView(plan, best),
    cable_length_m: cableM,
    area_km2: areaKm2,
    annual_energy_kwh_per_km2: analysis.netKwh / areaKm2,
    ...yieldView(analysis, body),
    economics: economics && economicsView(economics),
  };
}

/** A wind analysis from the request to its result, without servers. */
import type { JobWarning } from '../../src/contracts/jobs/warnings.ts';
import {
  type WindOptimizeInput,
  windAnalyzeSchema,
  windOptimizeSchema,
} from '../../src/contracts/wind/requests.schema.ts';
import { analysisPlan, analysisResult } from '../../src/services/wind/analysis.ts';
import { feasibleIterations, finalAnalysis, type LayoutPlan, layoutPlan } from '../../src/services/wind/layout.ts';
import { bestRun, layoutResult } from '../../src/services/wind/layout-result.ts';
import {
  improvementWarnings,
  inputWarnings,
  layoutWarnings,
  yieldWarnings,
} from '../../src/services/wind/plausibility/plausibility.ts';
import { inlineClimate, withAreas } from '../../src/services/wind/setup.ts';
import { WIND_TASKS } from '../../src/wind/tasks.ts';
import { windClimate } from '../../src/wind/resource/climate.ts';
import { turbineOfChoice } from '../../src/services/wind/turbine-choice.ts';
import { analyzeFarm } from './wind-runs.ts';
import { newControl } from '../../src/compute/pool.ts';

const encoder = new TextEncoder();
type Complete = Extract<ReturnType<typeof analysisResult>['result'], { is_complete: true }>;

/** What a compute task gets to run to its end in one slice */
const whole = <Spec>(spec: Spec) => ({ spec, state: null, budgetMs: Number.POSITIVE_INFINITY, control: newControl() });

/** Returns the wind that a request states, and its turbines. */
function statedIn(body: Pick<WindOptimizeInput, 'resource' | 'turbines'>) {
  const climate = inlineClimate(body.resource);
  if (!climate) throw new Error('the wind is not in the request');
  return { climate, turbines: body.turbines.map((choice) => turbineOfChoice(choice, choice.curve)) };
}

/**
 * Returns the result of an analysis.
 * @param tab text of a .tab file that replaces the resource of the request
 */
export function analyzed(request: object, tab?: string): Complete {
  const body = windAnalyzeSchema.parse({
    ...request,
    ...(tab && { resource: { type: 'upload', resource_id: `wrs_${'0'.repeat(26)}` } }),
  });
  const bytes = encoder.encode(tab);
  const climate = tab
    ? windClimate({ source: { kind: 'file', file: { bytes, isDeflated: false, options: {} } } })
    : inlineClimate(body.resource);
  if (!climate) throw new Error('the wind is neither in the request nor in a file');
  const specs = body.turbines.map((choice) => turbineOfChoice(choice, choice.curve));
  const plan = analysisPlan(body, specs, climate);
  const { result: found } = WIND_TASKS.windAnalysis(whole(plan.spec));
  const { result } = analysisResult(body, plan, climate, found!);
  if (!result.is_complete) throw new Error('the analysis is not complete');
  return result;
}

/** Returns the warnings of a wind job, which is computed here. */
export function warningsOfRequest(path: string, request: object): JobWarning[] {
  return path.endsWith('/analyze') ? warningsOfAnalysis(request) : warningsOfSearch(request);
}

function warningsOfAnalysis(request: object): JobWarning[] {
  const body = windAnalyzeSchema.parse(request);
  const { climate, turbines } = statedIn(body);
  const plan = analysisPlan(body, turbines, climate);
  const { result: found } = WIND_TASKS.windAnalysis(whole(plan.spec));
  const { result } = analysisResult(body, plan, climate, found!);
  const money = result.is_complete ? result.economics : null;
  return [
    ...inputWarnings({ body, turbines, specs: plan.farm.turbines, climate }),
    ...yieldWarnings(body, plan.farm, found!.analysis, money, '/layout'),
  ];
}

function warningsOfSearch(request: object): JobWarning[] {
  const body = withAreas(windOptimizeSchema.parse(request), null);
  const { climate, turbines } = statedIn(body);
  const plan = layoutPlan(body, turbines, climate, body.seed ?? 0);
  feasibleIterations(plan, body, 900);
  const results = plan.runs.map(({ spec }) => WIND_TASKS.windLayout(whole(spec)).result);
  const best = bestRun(body, plan, results)!;
  const farm = finalAnalysis(body, plan.candidates[best.candidate], climate, best.layout, body.bins);
  const analysis = analyzeFarm(farm)!;
  const money = layoutResult(body, plan, results, { ...best, analysis }).best?.economics ?? null;
  return [
    ...inputWarnings({ body, turbines, specs: plan.specs, climate }),
    ...layoutWarnings(body, plan),
    ...improvementWarnings(body, results[best.run], false),
    ...yieldWarnings(body, farm.farm, analysis, money, '/fixed_layout'),
  ];
}

/** Returns the plan of a search. */
export function layoutPlanned(request: object): LayoutPlan {
  const body = withAreas(windOptimizeSchema.parse(request), null);
  const { climate, turbines } = statedIn(body);
  return layoutPlan(body, turbines, climate, body.seed ?? 0);
}

/** Returns the plan of a search, its best layout and its history, computed here to the end. */
export function layoutFound(request: object) {
  const plan = layoutPlanned(request);
  const { result } = WIND_TASKS.windLayout(whole(plan.runs[0].spec));
  return { plan, best: result.best!, history: result.history };
}

/** The implementation of the job kinds of wind farms. */
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import type {
  WindAnalyzeBody,
  WindAnalyzeInput,
  WindOptimizeBody,
  WindOptimizeInput,
} from '../../contracts/wind/requests.schema.ts';
import { newControl } from '../../compute/pool.ts';
import { encodeColumns } from '../../series/columns.ts';
import type { KindOf } from '../../contracts/jobs/kinds.ts';
import { windHandlers } from './endpoints.ts';
import type { JobServices, WorkingKinds } from '../jobs/working-kind.ts';
import type { WorkingTechnology } from '../reports/technology.ts';
import { work } from '../jobs/working-kind.ts';
import { analysisPlan, analysisResult, requireFeasibleAnalysis } from './analysis.ts';
import { feasibleIterations, finalAnalysis, layoutPlan } from './layout.ts';
import { bestRun, layoutResult } from './layout-result.ts';
import { loadWind, weatherIdsOf, windSources } from './load.ts';
import { yieldFound } from './report/wind-job.ts';
import { inlineClimate, withAreas } from './setup.ts';

/** Replaces a stored wind resource while a request is validated: whether the farm is valid does not depend on it. */
const PLACEHOLDER_WIND = inlineClimate({
  type: 'weibull',
  sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }],
})!;

/** Height of wind measurements at weather stations [m], WMO-No. 8 */
const WEATHER_HEIGHT_M = 10;

/** Number of searches of a job that run at the same time. */
const SIDE_BY_SIDE = 2;

export const wind: WorkingTechnology<'wind'> = {
  kinds: windKinds,
  endpoints: windHandlers,
  report: {
    kinds: ['wind-analyze', 'wind-optimize'],
    hasYield: (job) => yieldFound(job) !== null,
    load: async () => (await import('./report/room.ts')).windRoom,
  },
};

function windKinds({ database, weather, sites, pool, softLimitS }: JobServices): WorkingKinds<KindOf<'wind'>> {
  const { windLibrary } = windSources({ database, weather, pool });

  /** Objects that the request refers to must exist and belong to the caller. */
  async function resolveReferences(orgId: string, body: WindAnalyzeInput | Omit<WindOptimizeBody, 'weather_id'>) {
    const { resource, speedups } = body;
    const site = body.site_id === undefined ? null : await sites.get(orgId, body.site_id);
    await weather.requireAll(orgId, [...new Set(weatherIdsOf(body))]);
    if (resource?.type === 'upload') await windLibrary.resource(orgId, resource.resource_id);
    if (speedups && 'resource_id' in speedups) await windLibrary.resource(orgId, speedups.resource_id);
    const specs = await windLibrary.resolve(orgId, body.turbines);
    return { specs, climate: inlineClimate(resource), site };
  }

  /** Returns the number of steps of the stored time series that an analysis refers to. */
  async function stepsOf(orgId: string, body: WindAnalyzeInput): Promise<number> {
    const rows = await Promise.all(weatherIdsOf(body).map((id) => weather.get(orgId, id)));
    if (rows.length > 0) return rows.reduce((sum, { row_count }) => sum + row_count, 0);
    if (body.resource?.type !== 'upload') return 0;
    const { summary } = await windLibrary.resource(orgId, body.resource.resource_id);
    return typeof summary.n_records === 'number' ? summary.n_records : 0;
  }

  return {
    'wind-analyze': {
      async prepare(asked, orgId) {
        const body = withWeather(asked);
        const { specs, climate } = await resolveReferences(orgId, body);
        const plan = analysisPlan(climate ? body : withoutClimate(body), specs, climate ?? PLACEHOLDER_WIND);
        requireFeasibleAnalysis(plan, body, softLimitS, await stepsOf(orgId, body));
        return { input: body, seed: body.seed };
      },
      async load({ input, org_id: orgId }, { pool }) {
        const { specs, climate } = await loadWind(orgId, input, windSources({ database, weather, pool }));
        const plan = analysisPlan(input, specs, climate);
        return work<'wind-analyze', 'windAnalysis'>({
          task: 'windAnalysis',
          specs: [plan.spec],
          async finish([{ result: found, progress }]) {
            if (!found) return { result: { is_complete: false, progress } };
            const { result, series } = analysisResult(input, plan, climate, found);
            const encoded = [...series].map(
              ([name, { columns, meta }]) => [name, encodeColumns(columns, meta)] as const,
            );
            return { result, series: new Map(encoded) };
          },
        });
      },
    },
    'wind-optimize': {
      async prepare(asked, orgId) {
        const listed = withWeather(asked);
        const { specs, climate, site } = await resolveReferences(orgId, listed);
        const body = withAreas(listed, site);
        const checked = climate ? body : withoutClimate(body);
        const plan = layoutPlan(checked, specs, climate ?? PLACEHOLDER_WIND, body.seed ?? 0);
        const n_iterations = feasibleIterations(plan, checked, softLimitS);
        return { input: { ...body, n_iterations }, seed: body.seed };
      },
      async load({ input, org_id: orgId, seed }, { pool }) {
        const { specs, climate } = await loadWind(orgId, input, windSources({ database, weather, pool }));
        const plan = layoutPlan(input, specs, climate, seed);
        return work<'wind-optimize', 'windLayout'>({
          task: 'windLayout',
          specs: plan.runs.map(({ spec }) => spec),
          sideBySide: SIDE_BY_SIDE,
          evaluations: (runs) => runs.reduce((sum, { result }) => sum + (result?.steps ?? 0), 0),
          progress(runs) {
            const best = bestRun(
              input,
              plan,
              runs.map(({ result }) => result),
            );
            return best ? { best_score: best.layout.score, best_run_index: best.run } : {};
          },
          async finish(runs, { reason }) {
            const results = runs.map(({ result }) => result);
            const best = bestRun(input, plan, results);
            if (!best) return { result: layoutResult(input, plan, results, null) };
            // The best layout of a cancelled search is analysed with the search's few bins, at once.
            const bins = reason === 'cancelled' ? input.search_bins : input.bins;
            const farm = finalAnalysis(input, plan.candidates[best.candidate], climate, best.layout, bins);
            const { result } = await pool.run('windAnalysis', {
              spec: { farm, steering: null, maps: [] },
              state: null,
              budgetMs: Number.POSITIVE_INFINITY,
              control: newControl(),
            });
            return { result: layoutResult(input, plan, results, { ...best, analysis: result.result!.analysis }) };
          },
        });
      },
    },
  };
}

/** Returns the request as it is stored: its weather is a list, and the height of the weather's wind speeds is stated. */
function withWeather<Body extends WindAnalyzeBody | WindOptimizeBody>(body: Body) {
  const listed = withWeatherIds(body);
  return listed.weather_ids ? { ...listed, weather_height_m: body.weather_height_m ?? WEATHER_HEIGHT_M } : listed;
}

/** Returns the request without the fields that only its stored wind resource can check. */
const withoutClimate = <Body extends WindAnalyzeInput | WindOptimizeInput>(body: Body): Body => ({
  ...body,
  turbulence_intensity: body.turbulence_intensity === 'measured' ? 0.08 : body.turbulence_intensity,
  mode: undefined,
  shear: body.shear?.model === 'fitted' ? undefined : body.shear,
  air_density_kg_m3: body.air_density_kg_m3 === 'weather' ? undefined : body.air_density_kg_m3,
});

/** The implementation of the job kinds of photovoltaic plants. */
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { KindOf } from '../../contracts/jobs/kinds.ts';
import { solarHandlers } from './endpoints.ts';
import type { JobServices, WorkingKinds } from '../jobs/working-kind.ts';
import { work } from '../jobs/working-kind.ts';
import type { WorkingTechnology } from '../reports/technology.ts';
import { readLibrary } from './bundled.ts';
import { designWarnings, solarDesignAnswer, toDesignRequest } from './design.ts';
import { solarLibrary } from './library.ts';
import { resultWarnings, solarResult } from './result.ts';
import { componentNames } from './system.ts';
import { toSolarSystem } from './engine-system.ts';
import { inThread, SOLAR_THREAD_MODULE } from './threads.ts';
import { isDeviceFaster, type SolarDeviceMeasure } from '../../solar/design/measure.ts';
import { analysisResultWarnings, bestDesignWarnings } from './warnings.ts';
import { requireOnePlace, sharedYears } from './weather.ts';

export const solar: WorkingTechnology<'solar'> = {
  kinds: solarKinds,
  endpoints: solarHandlers,
  threadModule: SOLAR_THREAD_MODULE,
  measureDevice: 'measureSolarDesign',
  start: readLibrary,

  report: {
    kinds: ['solar-analyze', 'solar-optimize'],
    hasYield: ({ kind, result }) =>
      kind === 'solar-analyze' ? (result?.systems ?? 0) > 0 : Boolean(result?.best && result.assumptions),
    systemsOf: (job) => (job.kind === 'solar-analyze' ? (job.result?.systems ?? 0) : 0),
    load: async () => (await import('./report/room.ts')).solarRoom,
  },
};

const NOT_SWEPT =
  'a GPU computes the PVWatts chain without chosen modules and inverters, subarrays, cables, transformer, auxiliaries, horizon, soiling, snow or monthly albedo, and only linear shading of long rows';

function solarKinds({
  database,
  weather,
  sites,
  pool,
  gpuWorkers,
  hardLimitS,
}: JobServices): WorkingKinds<KindOf<'solar'>> {
  const library = solarLibrary({ database, pool });
  return {
    'solar-analyze': {
      async prepare(body, orgId) {
        const { weather_ids: ids = [] } = withWeatherIds(body);
        const years = await Promise.all([...new Set(ids)].map((id) => weather.get(orgId, id)));
        requireOnePlace(years);
        const site = body.site_id === undefined ? null : await sites.get(orgId, body.site_id);
        const components = await library.components(orgId, componentNames(body.systems ?? [body.system!]));
        const request = { body, components, site, years, limitS: hardLimitS };
        return { ...(await inThread(pool, 'prepareAnalysis', request, { caller: orgId })), seed: body.seed };
      },
      async load({ input, org_id: orgId }) {
        const warnings = await weather.warnings(orgId, input.weather_ids, '/weather_ids');
        const shared = await sharedYears(weather, orgId, input.weather_ids);
        const years = await Promise.all(input.weather_ids.map((id) => weather.get(orgId, id)));
        return work<'solar-analyze', 'solarYears'>({
          task: 'solarYears',
          specs: [
            {
              weather: shared,
              systems: input.systems.map(toSolarSystem),
              options: { decomposition: input.decomposition, edgeSteps: input.edge_steps },
              series: input.include_series,
            },
          ],
          // A job with series is short: MAX_SERIES_UNITS.
          isResumable: !input.include_series,
          async finish([{ state }], { series }) {
            const result = solarResult(input, state);
            const doubts = [...resultWarnings(result), ...analysisResultWarnings(result, years)];
            return { result, warnings: [...warnings, ...doubts], series };
          },
        });
      },
    },
    'solar-optimize': {
      async prepare(body, orgId) {
        const site = body.site_id === undefined ? null : await sites.get(orgId, body.site_id);
        const { weather_ids: ids = [] } = withWeatherIds(body);
        const years = await Promise.all(ids.map((id) => weather.get(orgId, id)));
        requireOnePlace(years);
        const { module = [], inverter = [] } = body.variables;
        const names = [...module, ...inverter, ...componentNames([body.system])];
        const components = await library.components(orgId, names);
        const request = { body, components, site, years, limitS: hardLimitS };
        const { work: asked, ...prepared } = await inThread(pool, 'prepareSearch', request, { caller: orgId });
        const gpu = await gpuWorkers.startOf(body, {
          technology: 'solar',
          queue: 'solar',
          obstacle: asked.isSwept ? undefined : NOT_SWEPT,
          isFaster: (measured) => isDeviceFaster(measured as SolarDeviceMeasure, asked),
        });
        return { ...prepared, gpu, seed: body.seed };
      },
      async load({ input, org_id: orgId, ...job }, { pool, hasDevice }) {
        const warnings = await weather.warnings(orgId, input.weather_ids, '/weather_ids');
        const spec = {
          weather: await sharedYears(weather, orgId, input.weather_ids),
          options: { decomposition: input.decomposition, edgeSteps: input.edge_steps },
          request: toDesignRequest(input, job.seed),
        };
        const years = await Promise.all(input.weather_ids.map((id) => weather.get(orgId, id)));
        return work<'solar-optimize', 'solarDesign' | 'solarDesignOnDevice'>({
          task: hasDevice ? 'solarDesignOnDevice' : 'solarDesign',
          specs: [spec],
          sliceMs: 1_000,
          evaluations: ([{ result }]) => result?.evaluations ?? 0,
          progress: ([{ result }]) =>
            result
              ? {
                  iteration: result.iteration,
                  n_evaluations: result.evaluations,
                  best_value: result.best,
                  ...(result.front.length > 0 && { pareto: result.front.map((objectives) => ({ objectives })) }),
                }
              : {},
          async finish([{ state }], { reason }) {
            const slice = await pool.run('solarDesignResult', { spec, state }).catch((error: unknown) => {
              // What a customer cancels may have found nothing yet.
              if (reason === 'cancelled' && error instanceof AppError && error.code === 'optimize.infeasible')
                return undefined;
              throw error;
            });
            const result = solarDesignAnswer(input, job, slice?.result);
            return {
              result,
              warnings: [...warnings, ...bestDesignWarnings(input, result, years), ...designWarnings(result)],
            };
          },
        });
      },
    },
  };
}

/** The implementation of the job kinds of photovoltaic plants. */
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { checkSolarDesign } from '../../solar/design/design.ts';
import type { KindOf } from '../../contracts/jobs/kinds.ts';
import { solarHandlers } from './endpoints.ts';
import type { JobServices, WorkingKinds } from '../jobs/working-kind.ts';
import type { WorkingTechnology } from '../reports/technology.ts';
import { work } from '../jobs/working-kind.ts';
import { normalizeSolarAnalyze } from './analysis.ts';
import { normalizeSolarOptimize, solarDesignAnswer, toDesignRequest } from './design.ts';
import { solarLibrary } from './library.ts';
import { solarResult } from './result.ts';
import { componentNames, resolveSystem, toSolarSystem } from './system.ts';
import { requireOnePlace, sharedYears } from './weather.ts';

export const solar: WorkingTechnology<'solar'> = {
  kinds: solarKinds,
  endpoints: solarHandlers,

  report: {
    kinds: ['solar-analyze', 'solar-optimize'],
    hasYield: ({ kind, result }) =>
      kind === 'solar-analyze' ? (result?.systems.length ?? 0) > 0 : Boolean(result?.best && result.assumptions),
    systemsOf: (job) => (job.kind === 'solar-analyze' ? (job.result?.systems.length ?? 0) : 0),
    load: async () => (await import('./report/room.ts')).solarRoom,
  },
};

function solarKinds({ database, weather, sites, pool, hardLimitS }: JobServices): WorkingKinds<KindOf<'solar'>> {
  const library = solarLibrary({ database, pool });
  return {
    'solar-analyze': {
      async prepare(body, orgId) {
        const components = await library.components(orgId, componentNames(body.systems ?? [body.system!]));
        const input = normalizeSolarAnalyze(body, (system, pointer) => resolveSystem(system, components, pointer));
        if (input.site_id !== undefined) await sites.get(orgId, input.site_id);
        const ids = [...new Set(input.weather_ids)];
        await weather.requireAll(orgId, ids);
        if (ids.length > 1) requireOnePlace(await Promise.all(ids.map((id) => weather.get(orgId, id))));
        return { input, seed: body.seed };
      },
      async load({ input, org_id: orgId }) {
        return work<'solar-analyze', 'solarYears'>({
          task: 'solarYears',
          specs: [
            {
              weather: await sharedYears(weather, orgId, input.weather_ids),
              systems: input.systems.map(toSolarSystem),
              options: { decomposition: input.decomposition, edgeSteps: input.edge_steps },
              series: input.include_series,
            },
          ],
          // A job with series is short: MAX_SERIES_UNITS.
          isResumable: !input.include_series,
          async finish([{ state }], { series }) {
            return { result: solarResult(input, state), series };
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
        const latitudeDeg = years[0].latitude_deg;
        const steps = years.reduce((sum, { row_count }) => sum + row_count, 0);
        const { module = [], inverter = [] } = body.variables;
        const names = [...module, ...inverter, ...componentNames([body.system])];
        const components = await library.components(orgId, names);
        const input = normalizeSolarOptimize(body, latitudeDeg, components, site);
        checkSolarDesign(steps, toDesignRequest(input, body.seed ?? 1), { seconds: hardLimitS });
        return { input, seed: body.seed };
      },
      async load({ input, org_id: orgId, ...job }, { pool }) {
        const spec = {
          weather: await sharedYears(weather, orgId, input.weather_ids),
          options: { decomposition: input.decomposition, edgeSteps: input.edge_steps },
          request: toDesignRequest(input, job.seed),
        };
        return work<'solar-optimize', 'solarDesign'>({
          task: 'solarDesign',
          specs: [spec],
          sliceMs: 1_000,
          evaluations: ([{ result }]) => result?.evaluations ?? 0,
          progress: ([{ result }]) =>
            result ? { iteration: result.iteration, n_evaluations: result.evaluations, best_value: result.best } : {},
          async finish([{ state }], { reason }) {
            const slice = await pool.run('solarDesignResult', { spec, state }).catch((error: unknown) => {
              // What a customer cancels may have found nothing yet.
              if (reason === 'cancelled' && error instanceof AppError && error.code === 'optimize.infeasible')
                return undefined;
              throw error;
            });
            return { result: solarDesignAnswer(input, job, slice?.result) };
          },
        });
      },
    },
  };
}

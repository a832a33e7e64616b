import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { clearSkyQuerySchema, clearSkySchema, MAX_CLEAR_SKY_STEPS } from '../../contracts/solar/clear-sky.schema.ts';
import { jobSchema } from '../../contracts/jobs/jobs.schema.ts';
import { normalizeSolarAnalyze, solarAnalyzeSchema } from '../../contracts/solar/analyze.schema.ts';
import { solarOptimizeSchema } from '../../contracts/solar/optimize.schema.ts';
import { normalizeSolarOptimize, toDesignRequest } from '../../services/solar/design.ts';
import { componentNames, resolveSystem } from '../../services/solar/system.ts';
import { checkSolarDesign } from '../../solar/design/design.ts';
import { clearSky } from '../../solar/sun/clear-sky.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { submitJob } from '../submit-job.ts';

/** Datasets of the same place may differ by one grid cell at most [deg]. */
const SAME_PLACE_DEG = 0.5;

/** @throws AppError `solar.invalid_input` if the years are of different places */
function requireOnePlace(years: readonly { readonly latitude_deg: number; readonly longitude_deg: number }[]): void {
  const [{ latitude_deg: latitude, longitude_deg: longitude }] = years;
  for (const [k, year] of years.entries()) {
    const east = Math.abs(((year.longitude_deg - longitude + 540) % 360) - 180);
    if (Math.abs(year.latitude_deg - latitude) <= SAME_PLACE_DEG && east <= SAME_PLACE_DEG) continue;
    throw new AppError(
      'solar.invalid_input',
      `weather_ids.${k} is at latitude ${year.latitude_deg}, longitude ${year.longitude_deg}; expected the place of the first one, ${latitude}, ${longitude}, within ${SAME_PLACE_DEG} degrees`,
      { pointer: `/weather_ids/${k}` },
    );
  }
}

/** The instants of a query, at most MAX_CLEAR_SKY_STEPS. */
function instantsOf({ from, to, step_minutes: step }: z.output<typeof clearSkyQuerySchema>): Float64Array {
  const first = Date.parse(from);
  const count = Math.floor((Date.parse(to) - first) / (step * 60_000)) + 1;
  if (!(count >= 1 && count <= MAX_CLEAR_SKY_STEPS))
    throw new AppError(
      'request.invalid',
      `/to: ${from} to ${to} by ${step} min are ${Math.max(count, 0)} instants; expected 1 to ${MAX_CLEAR_SKY_STEPS}`,
      { pointer: '/to' },
    );
  return Float64Array.from({ length: count }, (_, i) => first + i * step * 60_000);
}

export const solarRoutes = ({ jobs, sites, weather, solarLibrary, config }: Services) => [
  endpoint({
    id: 'clearSky',
    method: 'get',
    path: '/v1/solar/clear-sky',
    tag: 'Solar',
    summary: "Compute the sun's position and clear-sky irradiance with Ineichen's or Haurwitz's model",
    scope: 'jobs:read',
    query: clearSkyQuerySchema,
    response: clearSkySchema,
    errors: ['solar.invalid_input'],
    handler: async ({ query }) => {
      const times = instantsOf(query);
      const sky = clearSky(
        times,
        {
          latitudeDeg: query.latitude_deg,
          longitudeDeg: query.longitude_deg,
          elevationM: query.elevation_m,
          linkeTurbidity: query.linke_turbidity,
        },
        query.model,
      );
      return {
        model: query.model,
        data: Array.from(times, (time, i) => ({
          time: new Date(time).toISOString(),
          apparent_zenith_deg: sky.apparentZenithDeg[i],
          azimuth_deg: sky.azimuthDeg[i],
          ghi_w_m2: sky.ghiWm2[i],
          dni_w_m2: sky.dniWm2?.[i] ?? null,
          dhi_w_m2: sky.dhiWm2?.[i] ?? null,
        })),
      };
    },
  }),
  endpoint({
    id: 'analyzeSolar',
    method: 'post',
    path: '/v1/solar/analyze',
    tag: 'Solar',
    summary: 'Compute the energy yield of up to 1,000 systems over one or more years of weather',
    description:
      'Answers at once; the job runs as a durable workflow. With an Idempotency-Key you can repeat the request safely.',
    scope: 'jobs:write',
    status: 202,
    body: solarAnalyzeSchema,
    headers: ['Idempotency-Key'],
    response: jobSchema,
    errors: ['solar.invalid_input', 'request.not_found'],
    example: {
      weather_id: 'wth_01m872er6t4he0cfa9fhkmw3er',
      system: { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } },
    },
    handler: async (call) => {
      const { principal, body } = call;
      const names = componentNames(body.systems ?? [body.system!]);
      const components = await solarLibrary.components(principal.orgId, names);
      const input = normalizeSolarAnalyze(body, (system, pointer) => resolveSystem(system, components, pointer));
      if (input.site_id !== undefined) await sites.get(principal.orgId, input.site_id);
      const ids = [...new Set(input.weather_ids)];
      const missing = await weather.missing(principal.orgId, ids);
      if (missing.length > 0) throw new AppError('request.not_found', `No weather dataset ${missing.join(', ')}`);
      if (ids.length > 1) requireOnePlace(await Promise.all(ids.map((id) => weather.get(principal.orgId, id))));
      return submitJob(jobs, call, { kind: 'solar-analyze', input, seed: body.seed });
    },
  }),
  endpoint({
    id: 'optimizeSolar',
    method: 'post',
    path: '/v1/solar/optimize',
    tag: 'Solar',
    summary:
      'Find the best tilt, azimuth, DC/AC ratio, row spacing, mounting, capacity, module and inverter of a plant',
    description:
      'One or more objectives within limits of land, grid and budget, by NSGA-II, Bayesian optimization or grid search. The result has ' +
      'the best design, the Pareto front with economics, the convergence and sensitivities. The API refuses a search that is too large.',
    scope: 'jobs:write',
    status: 202,
    body: solarOptimizeSchema,
    headers: ['Idempotency-Key'],
    response: jobSchema,
    errors: ['solar.invalid_input', 'optimize.invalid_input', 'job.too_large', 'request.not_found'],
    example: {
      weather_id: 'wth_01m872er6t4he0cfa9fhkmw3er',
      variables: { tilt_deg: { lower: 0, upper: 60 }, dc_ac_ratio: { lower: 1, upper: 2 } },
      objectives: ['lcoe', 'land_use'],
      constraints: { land_area_m2: 25_000 },
    },
    handler: async (call) => {
      const { principal, body } = call;
      const site = body.site_id === undefined ? null : await sites.get(principal.orgId, body.site_id);
      const years = await Promise.all(
        (body.weather_ids ?? [body.weather_id!]).map((id) => weather.get(principal.orgId, id)),
      );
      requireOnePlace(years);
      const latitudeDeg = years[0].latitude_deg;
      const steps = years.reduce((sum, { row_count }) => sum + row_count, 0);
      const { module = [], inverter = [] } = body.variables;
      const names = [...module, ...inverter, ...componentNames([body.system])];
      const components = await solarLibrary.components(principal.orgId, names);
      const input = normalizeSolarOptimize(body, latitudeDeg, components, site);
      checkSolarDesign({ latitudeDeg, steps }, toDesignRequest(input, body.seed ?? 1), {
        seconds: config.TASK_TIME_LIMIT,
      });
      return submitJob(jobs, call, { kind: 'solar-optimize', input, seed: body.seed });
    },
  }),
];

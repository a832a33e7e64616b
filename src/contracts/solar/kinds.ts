/** The job kinds of photovoltaic plants. */
import { solarEndpoints } from './endpoints.ts';
import { SUBMIT_DESCRIPTION, technology } from '../jobs/job-kind.ts';
import { solarAnalyzeSchema } from './analyze.schema.ts';
import { solarOptimizeSchema } from './optimize.schema.ts';
import {
  solarAnalysisResultSchema,
  solarAnalyzeInputSchema,
  solarDesignResultSchema,
  solarOptimizeInputSchema,
} from './result.schema.ts';
import { SOLAR_WARNINGS } from './warnings.ts';

const errorCodes = {
  'solar.invalid_input': { status: 422, title: 'The solar system is not valid', final: true },
} as const;
declare module '../common/error-codes.ts' {
  interface TechnologyErrorCodes {
    readonly solar: typeof errorCodes;
  }
}

export const solar = technology({
  name: 'solar',
  tag: 'Solar',
  description: 'Yield and design of photovoltaic plants, and the library of modules, inverters and horizons',
  invalidInput: 'solar.invalid_input',
  errorCodes,
  warnings: SOLAR_WARNINGS,
  endpoints: solarEndpoints,
  kinds: [
    {
      kind: 'solar-analyze',
      queue: 'solar',
      path: '/v1/solar/analyze',
      operation: 'analyzeSolar',
      estimate: 'estimateSolarAnalysis',
      schemaId: 'SolarAnalysis',
      scope: 'jobs:write',
      summary: 'Compute the energy yield of up to 1,000 systems over one or more years of weather',
      description: SUBMIT_DESCRIPTION,
      errors: ['solar.invalid_input', 'request.not_found'],
      body: solarAnalyzeSchema,
      input: solarAnalyzeInputSchema,
      result: solarAnalysisResultSchema,
      example: {
        weather_id: 'wth_01m872er6t4he0cfa9fhkmw3er',
        system: { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } },
      },
    },
    {
      kind: 'solar-optimize',
      queue: 'solar',
      device: true,
      path: '/v1/solar/optimize',
      operation: 'optimizeSolar',
      estimate: 'estimateSolarDesignSearch',
      schemaId: 'SolarDesignSearch',
      scope: 'jobs:write',
      feature: 'optimization',
      isSearch: true,
      summary:
        'Find the best tilt, azimuth, DC/AC ratio, row spacing, mounting, capacity, module and inverter of a plant',
      description:
        'One or more objectives within limits of land, grid and budget, by NSGA-II, Bayesian optimization or grid search. The result has ' +
        'the best design, the Pareto front with economics, the convergence and sensitivities. The API refuses a search that is too large.',
      errors: [
        'solar.invalid_input',
        'optimize.invalid_input',
        'job.too_large',
        'request.not_found',
        'gpu.unavailable',
      ],
      body: solarOptimizeSchema,
      input: solarOptimizeInputSchema,
      result: solarDesignResultSchema,
      example: {
        weather_id: 'wth_01m872er6t4he0cfa9fhkmw3er',
        variables: { tilt_deg: { lower: 0, upper: 60 }, dc_ac_ratio: { lower: 1, upper: 2 } },
        objectives: ['lcoe', 'land_use'],
        constraints: { max_land_area_m2: 25_000 },
      },
    },
  ],
});

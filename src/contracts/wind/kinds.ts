/** The job kinds of wind farms. */
import { windEndpoints } from './endpoints.ts';
import { SUBMIT_DESCRIPTION, technology } from '../jobs/job-kind.ts';
import { windAnalyzeSchema, windOptimizeSchema } from './requests.schema.ts';
import {
  windAnalysisResultSchema,
  windAnalyzeInputSchema,
  windLayoutResultSchema,
  windOptimizeInputSchema,
} from './result.schema.ts';
import { WIND_WARNINGS } from './warnings.ts';

const errorCodes = {
  'wind.invalid_input': { status: 422, title: 'The wind farm is not valid', final: true },
} as const;
declare module '../common/error-codes.ts' {
  interface TechnologyErrorCodes {
    readonly wind: typeof errorCodes;
  }
}

export const wind = technology({
  name: 'wind',
  tag: 'Wind',
  description: 'Yield and layout of wind farms, and the library of turbines and wind resources',
  setting: 'ENABLE_WIND_DIVISION',
  invalidInput: 'wind.invalid_input',
  errorCodes,
  warnings: WIND_WARNINGS,
  endpoints: windEndpoints,
  kinds: [
    {
      kind: 'wind-analyze',
      queue: 'wind',
      device: true,
      path: '/v1/wind/analyze',
      operation: 'analyzeWind',
      estimate: 'estimateWindAnalysis',
      schemaId: 'WindAnalysis',
      scope: 'jobs:write',
      summary:
        'Compute the yield of a wind farm: wakes, losses, exceedance levels, time series, wake steering, flow maps, economics',
      description: SUBMIT_DESCRIPTION,
      errors: ['wind.invalid_input', 'job.too_large', 'request.not_found', 'gpu.unavailable'],
      body: windAnalyzeSchema,
      input: windAnalyzeInputSchema,
      result: windAnalysisResultSchema,
      example: {
        resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9.4, shape: 2.2 }] },
        turbines: [{ id: 'v80' }],
        layout: { x_m: [0, 400, 800], y_m: [0, 100, 0] },
      },
    },
    {
      kind: 'wind-optimize',
      queue: 'wind',
      device: true,
      path: '/v1/wind/optimize',
      operation: 'optimizeWind',
      estimate: 'estimateWindLayoutSearch',
      schemaId: 'WindLayoutSearch',
      scope: 'jobs:write',
      feature: 'optimization',
      summary:
        'Find the best layout of a wind farm within a boundary: by energy, cost, land or cables; also turbine type and number',
      description: `${SUBMIT_DESCRIPTION} The API refuses a search that exceeds the compute time of a job, and says what to reduce.`,
      errors: [
        'wind.invalid_input',
        'optimize.invalid_input',
        'optimize.infeasible',
        'job.too_large',
        'request.not_found',
        'gpu.unavailable',
      ],
      body: windOptimizeSchema,
      input: windOptimizeInputSchema,
      result: windLayoutResultSchema,
      example: {
        resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9.4, shape: 2.2 }] },
        turbines: [{ id: 'v80' }],
        boundary: {
          type: 'Polygon',
          coordinates: [
            [
              [8.06, 55.58],
              [8.12, 55.58],
              [8.12, 55.61],
              [8.06, 55.61],
              [8.06, 55.58],
            ],
          ],
          setback_m: 100,
        },
        n_turbines: 12,
      },
    },
  ],
});

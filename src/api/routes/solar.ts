import { AppError } from '../../contracts/app-error.ts';
import { normalizeSolarAnalyze, solarAnalyzeSchema } from '../../contracts/solar.schema.ts';
import { findInverter, findModule } from '../../solar/library.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../../solar/component.ts';
import { resolveSystem } from '../../jobs/solar-system.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { submitJob } from '../submit-job.ts';

const BUNDLED = {
  module: (id: string) => {
    const found = findModule(id);
    return found && moduleOfLibrary(found);
  },
  inverter: (id: string) => {
    const found = findInverter(id);
    return found && inverterOfLibrary(found);
  },
  horizon: () => undefined,
};

export const solarRoutes = ({ jobs, sites, weather }: Services) => [
  endpoint({
    method: 'post',
    path: '/v1/solar/analyze',
    tag: 'Solar',
    summary: 'Energy yield of up to 1,000 systems over one or several years of weather',
    description: 'Answers at once; the job runs as a durable workflow. Send an Idempotency-Key to repeat it safely.',
    scope: 'jobs:write',
    status: 202,
    body: solarAnalyzeSchema,
    handler: async (call) => {
      const { principal, body } = call;
      const input = normalizeSolarAnalyze(body, (system, pointer) => resolveSystem(system, BUNDLED, pointer));
      if (input.site_id !== undefined) await sites.get(principal.orgId, input.site_id);
      const missing = await weather.missing(principal.orgId, [...new Set(input.weather_ids)]);
      if (missing.length > 0) throw new AppError('request.not_found', `No weather dataset ${missing.join(', ')}`);
      return submitJob(jobs, call, { kind: 'solar-analyze', input, seed: body.seed });
    },
  }),
];

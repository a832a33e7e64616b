/** The wind at the first hub of a job's farm. */
import type { HubWind } from '../../../wind/resource/hub-wind.ts';
import { hubWindOfRose, hubWindOfSeries, hubWindOfWeibull } from '../../../wind/resource/hub-wind.ts';
import { farmConditions } from '../setup.ts';
import type { WindJob } from './wind-job.ts';
import { farmSpecs } from './wind-job.ts';

/** Returns the Weibull distributions by sector: those of the request, or fits to its records or table. */
export function hubWindOf(job: Pick<WindJob, 'job' | 'body' | 'specs' | 'climate'>): HubWind {
  const { climate, body } = job;
  const specs = farmSpecs(job);
  if (climate.resource?.kind === 'weibull') {
    // What the shear makes of 1 m/s.
    const resource = { kind: 'series', wsMPerS: [1], wdDeg: [0], stepHours: 1 } as const;
    const hub = farmConditions(body, specs, { ...climate, resource }, body.bins, true);
    const factor = hub.resource.kind === 'series' ? hub.resource.wsMPerS[0] : 1;
    return hubWindOfWeibull(climate.resource.site, factor);
  }
  const { resource } = farmConditions(body, specs, climate, body.bins, true);
  return resource.kind === 'series'
    ? hubWindOfSeries(resource.wsMPerS, resource.wdDeg, body.n_sectors)
    : hubWindOfRose(resource.rose, body.n_sectors);
}

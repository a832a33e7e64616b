/** Wind jobs with all that their reports show: turbines, wind, series, the flow behind the turbines. */
import { type ReportSources, seriesOf, siteOf, weatherOf } from '../../reports/load.ts';
import type { LoadOptions } from '../../reports/room.ts';
import { loadWind, weatherIdsOf, type WindJobRow, windSources } from '../load.ts';
import { prevailingFlow } from './flow.ts';
import { hubWindOf } from './hub-wind.ts';
import type { WindJob } from './wind-job.ts';

export async function loadWindJob(
  job: WindJobRow,
  sources: ReportSources,
  { withFlow }: LoadOptions,
): Promise<WindJob> {
  const body = job.input;
  const [site, weather, { specs, climate }, series] = await Promise.all([
    siteOf(job, sources),
    weatherOf(job.org_id, weatherIdsOf(body), sources),
    loadWind(job.org_id, body, windSources(sources)),
    seriesOf(sources, job.id, ['power']),
  ]);
  const hubWind = hubWindOf({ job, body, specs, climate });
  const windJob = { job, site, weather, body, specs, climate, hubWind, power: series[0] ?? null };
  const work = withFlow && prevailingFlow(windJob);
  if (!work) return { ...windJob, flow: null };
  const { result: contours } = await sources.pool.run('windFlow', work);
  return { ...windJob, flow: { area: work.map.area, contours } };
}

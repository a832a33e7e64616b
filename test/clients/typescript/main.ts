/** A customer's program for Node and browsers: uploads weather, runs an analysis, lists jobs and downloads its report. */
import { ApiError, type SolarSystem, TessellateClient } from '@tessellate-renewables/client';

export interface Outcome {
  readonly energy_kwh: number;
  readonly hours: number;
  readonly report_id: string;
  readonly listed: readonly string[];
  readonly refused: string | undefined;
  readonly pdf: Uint8Array;
}

export async function run(baseUrl: string, credentials: string, weatherFile: Blob): Promise<Outcome> {
  const client = new TessellateClient({ baseUrl, credentials });
  const weather = await client.upload('/v1/weather', weatherFile, { name: 'weather.csv.gz' });
  const system: SolarSystem = { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } };
  const analysis = await client.waitForJob(
    await client.submit('/v1/solar/analyze', { weather_id: weather.id, system, include_series: true }),
  );
  if (!analysis.result) throw new Error(analysis.error?.message);
  const path = { id: analysis.id };
  const [name = ''] = (await client.request('GET /v1/jobs/{id}/series', { path })).data;
  const series = await client.request('GET /v1/jobs/{id}/series/{name}', { path: { ...path, name } });
  const written = await client.waitForJob(await client.submit('/v1/reports', { job_ids: [analysis.id] }));
  if (!written.result || !('report_id' in written.result)) throw new Error(written.error?.message);
  const { report_id } = written.result;
  const file = await client.download('/v1/reports/{id}/files/{format}', { path: { id: report_id, format: 'pdf' } });
  const listed: string[] = [];
  for await (const { id } of client.list('/v1/jobs', { query: { limit: 1 } })) listed.push(id);
  // @ts-expect-error a field that no system has
  const wrong: SolarSystem = { dc_capacity_kw: 100, tilt_deg: 30 };
  const refused = await client.submit('/v1/solar/analyze', { weather_id: weather.id, system: wrong }).then(
    () => undefined,
    (error) => (error instanceof ApiError ? error.code : undefined),
  );
  const energy_kwh = analysis.result.systems[0]?.annual_energy_kwh ?? Number.NaN;
  const hours = series.columns.time?.length ?? 0;
  return { energy_kwh, hours, report_id, listed, refused, pdf: await file.bytes() };
}

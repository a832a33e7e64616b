/** Uploads weather, runs an analysis, reads a series and downloads its report by the types that were generated here. */
import { readFileSync, writeFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { paths } from './api.d.ts';

const { TESSELLATE_URL: baseUrl, TESSELLATE_KEY, WEATHER_FILE } = process.env as Record<string, string>;
const { GET, POST } = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${TESSELLATE_KEY}` } });

/** The data of an answer. @throws the problem, if it is one */
function must<Data>({ data, error }: { readonly data?: Data; readonly error?: unknown }): Data {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

async function ended(id: string) {
  for (;;) {
    const job = must(await GET('/v1/jobs/{id}', { params: { path: { id } } }));
    if (job.status === 'succeeded') return job;
    if (job.status === 'failed' || job.status === 'cancelled') throw new Error(JSON.stringify(job.error));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const weather = must(
  await POST('/v1/weather', {
    params: { query: { name: 'weather.csv.gz' } },
    headers: { 'content-type': 'application/octet-stream' },
    // The type of binary data is string.
    body: '',
    bodySerializer: () => readFileSync(WEATHER_FILE),
  }),
);
const system = { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } } as const;
const accepted = must(await POST('/v1/solar/analyze', { body: { weather_id: weather.id, system } }));
const analysis = await ended(accepted.id);
if (analysis.kind !== 'solar-analyze' || !analysis.result) throw new Error(`${analysis.id} is no analysis`);
const path = { id: analysis.id };
const [name] = must(await GET('/v1/jobs/{id}/series', { params: { path } })).data;
const series = must(await GET('/v1/jobs/{id}/series/{name}', { params: { path: { ...path, name } } }));
if (typeof series === 'string') throw new Error('CSV');
const writing = must(await POST('/v1/reports', { body: { job_ids: [analysis.id] } }));
const written = await ended(writing.id);
if (written.kind !== 'report' || !written.result || !('report_id' in written.result)) throw new Error('no report');
const { report_id: id } = written.result;
const pdf = must(
  await GET('/v1/reports/{id}/files/{format}', { params: { path: { id, format: 'pdf' } }, parseAs: 'arrayBuffer' }),
);
writeFileSync('report.pdf', new Uint8Array(pdf));

const [{ annual_energy_kwh }] = analysis.result.systems;
console.log(JSON.stringify({ energy_kwh: annual_energy_kwh, hours: series.columns.time.length, report_id: id }));

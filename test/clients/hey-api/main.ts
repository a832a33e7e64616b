/** Uploads weather, runs an analysis, reads a series and downloads its report with the client that was generated here. */
import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { client } from './client/client.gen.ts';
import {
  analyzeSolar,
  createReport,
  downloadReportFile,
  getJob,
  getJobSeries,
  listJobSeries,
  uploadWeather,
} from './client/sdk.gen.ts';

const { TESSELLATE_URL: baseUrl, TESSELLATE_KEY, WEATHER_FILE } = process.env as Record<string, string>;
client.setConfig({ baseUrl, auth: TESSELLATE_KEY, throwOnError: true });

async function ended(id: string) {
  for (;;) {
    const { data: job } = await getJob({ path: { id }, throwOnError: true });
    if (job.status === 'succeeded') return job;
    if (job.status === 'failed' || job.status === 'cancelled') throw new Error(JSON.stringify(job.error));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const { data: weather } = await uploadWeather({
  body: await openAsBlob(WEATHER_FILE),
  query: { name: 'weather.csv.gz' },
  throwOnError: true,
});
const { data: accepted } = await analyzeSolar({
  body: { weather_id: weather.id, system: { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } } },
  throwOnError: true,
});
const analysis = await ended(accepted.id);
if (analysis.kind !== 'solar-analyze' || !analysis.result) throw new Error(`${analysis.id} is no analysis`);
const path = { id: analysis.id };
const { data: names } = await listJobSeries({ path, throwOnError: true });
const { data: series } = await getJobSeries({ path: { ...path, name: names.data[0] }, throwOnError: true });
if (typeof series === 'string') throw new Error('CSV');
const { data: writing } = await createReport({ body: { job_ids: [analysis.id] }, throwOnError: true });
const written = await ended(writing.id);
if (written.kind !== 'report' || !written.result || !('report_id' in written.result)) throw new Error('no report');
const { report_id: id } = written.result as { report_id: string };
const { data: pdf } = await downloadReportFile({ path: { id, format: 'pdf' }, throwOnError: true });
await writeFile('report.pdf', (pdf as Blob).stream());

const [{ annual_energy_kwh }] = analysis.result.systems;
console.log(JSON.stringify({ energy_kwh: annual_energy_kwh, hours: series.columns.time.length, report_id: id }));

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Answer, newCustomer } from '../support/customer.ts';
import { WEATHER, weatherFile } from '../support/fixtures.ts';
import { sharedPlatform } from '../support/platform.ts';
import { editedWeather, type WeatherEdit } from '../support/weather-edits.ts';

type File = keyof typeof WEATHER;
type Weather = File | { readonly file: File; readonly edits: readonly WeatherEdit[] };
interface OddRequest {
  readonly name: string;
  readonly reason: string;
  readonly weather: Weather;
  readonly site?: object;
  readonly requests: readonly { readonly path: string; readonly body: object; readonly weather?: Weather }[];
  readonly report?: object;
}

const FOLDER = 'test/fixtures/odd-requests';
/** Share of the odd requests that must be refused or warned about [1]. */
const GOAL = 0.98;

const platform = await sharedPlatform();
const { call, ended } = await newCustomer(platform);
// Those of wind are answered without a platform: test/cases/wind-odd-requests.test.ts
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json') && !file.startsWith('wind-'));
const uploaded = new Map<string, Promise<Answer>>();

const upload = (weather: Weather): Promise<Answer> => {
  const key = JSON.stringify(weather);
  const bytes = () =>
    typeof weather === 'string' ? weatherFile(WEATHER[weather]) : editedWeather(weather.file, weather.edits);
  const answer = uploaded.get(key) ?? call('POST', `/v1/weather?name=weather-${uploaded.size}`, bytes());
  uploaded.set(key, answer);
  return answer;
};

interface Doubt {
  readonly severity: string;
  readonly code: string;
}
const isDoubt = ({ severity }: Doubt): boolean => severity !== 'info';
const codesOf = (warnings: readonly Doubt[]): string[] => warnings.filter(isDoubt).map(({ code }) => code);

/** Sends a request. @returns the codes of errors and warnings that answered it */
async function answersTo({ weather, site, requests, report }: OddRequest): Promise<string[]> {
  const codes: string[] = [];
  const jobs: string[] = [];
  const site_id = site && (await call('POST', '/v1/sites', site)).body.id;
  for (const { path, body, weather: own = weather } of requests) {
    const { status, body: dataset } = await upload(own);
    if (status !== 201) return [...codes, dataset.code];
    const accepted = await call('POST', path, { ...body, weather_id: dataset.id, ...(site_id && { site_id }) });
    if (accepted.status !== 202) return [...codes, accepted.body.code];
    const job = await ended(accepted.body.id);
    codes.push(...codesOf(job.warnings), ...(job.status === 'failed' ? [job.error.code] : []));
    jobs.push(job.id);
  }
  if (!report) return codes;
  const accepted = await call('POST', '/v1/reports', { ...report, job_ids: jobs });
  if (accepted.status !== 202) return [accepted.body.code];
  const job = await ended(accepted.body.id);
  return [...codesOf(job.warnings), ...(job.status === 'failed' ? [job.error.code] : [])];
}

describe('odd but valid requests are refused or warned about', () => {
  test.each(files)(
    '%s',
    async (file) => {
      const cases: readonly OddRequest[] = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
      expect(cases.length).toBeGreaterThanOrEqual(8);
      const answers = await Promise.all(cases.map(async (one) => ({ name: one.name, codes: await answersTo(one) })));
      if (process.env.SHOW_ANSWERS)
        for (const { name, codes } of answers) process.stderr.write(`${name}: ${codes.join(', ')}\n`);
      const silent = answers.filter(({ codes }) => codes.length === 0).map(({ name }) => name);

      // The names of the silent ones, or as many empty places as may be silent.
      expect(silent.length > cases.length * (1 - GOAL) ? silent : []).toEqual([]);
    },
    300_000,
  );
});

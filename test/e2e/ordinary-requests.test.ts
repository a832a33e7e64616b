/** Ordinary requests, made from the example inputs of public tools, succeed without a severe warning. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type Answer, newCustomer } from '../support/customer.ts';
import { WEATHER, weatherFile } from '../support/fixtures.ts';
import { sharedPlatform } from '../support/platform.ts';
import { PLACES, syntheticYear } from '../support/synthetic-weather.ts';
import { writeSamCsv } from '../support/write-weather.ts';

type Weather =
  | keyof typeof WEATHER
  | { readonly place: string }
  | { readonly latitude_deg: number; readonly longitude_deg: number; readonly elevation_m: number };
type OrdinaryRequest = { readonly name: string } & (
  | { readonly path: string; readonly body: object; readonly weather?: Weather; readonly upload?: string }
  | { readonly windio: string }
);

const FOLDER = 'test/fixtures/ordinary-requests';
/** Requests at the same time: each waits for its own job only */
const SIDE_BY_SIDE = 4;
const platform = await sharedPlatform();
const { call, ended } = await newCustomer(platform);
const files = readdirSync(FOLDER).filter((file) => /\.json(\.gz)?$/.test(file));

function requestsOf(file: string): OrdinaryRequest[] {
  const bytes = readFileSync(join(FOLDER, file));
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}

function weatherBytes(weather: Weather): Uint8Array {
  if (typeof weather === 'string') return weatherFile(WEATHER[weather]);
  const at = 'place' in weather ? PLACES.findIndex(({ name }) => name === weather.place) : PLACES.length;
  const place =
    'place' in weather
      ? PLACES[at]
      : {
          name: 'Example',
          latitudeDeg: weather.latitude_deg,
          longitudeDeg: weather.longitude_deg,
          elevationM: weather.elevation_m,
          cloudiness: 0.4,
        };
  return Buffer.from(writeSamCsv(syntheticYear(place, at + 1)));
}

const uploaded = new Map<string, Promise<Answer>>();
/** Uploads a file once. @returns its id */
async function upload(path: string, key: string, bytes: () => Uint8Array): Promise<string> {
  const answer = uploaded.get(key) ?? call('POST', `${path}?name=file-${uploaded.size}`, bytes());
  uploaded.set(key, answer);
  const { status, body } = await answer;
  expect([key, status, body.detail]).toEqual([key, 201, undefined]);
  return body.id;
}

/** Returns path and body of a request as the API takes it. */
async function completed(request: OrdinaryRequest): Promise<{ path: string; body: object }> {
  if ('windio' in request) {
    const { status, body } = await call('POST', '/v1/wind/windio', readFileSync(join(FOLDER, request.windio)));
    expect([request.windio, status, body.detail]).toEqual([request.windio, 200, undefined]);
    return { path: '/v1/wind/analyze', body: body.analyze };
  }
  const { path, body, weather, upload: file } = request;
  if (weather) {
    const weather_id = await upload('/v1/weather', JSON.stringify(weather), () => weatherBytes(weather));
    return { path, body: { ...body, weather_id } };
  }
  if (!file) return { path, body };
  const resource_id = await upload('/v1/wind/resources', file, () => gunzipSync(readFileSync(join(FOLDER, file))));
  return { path, body: { ...body, resource: { type: 'upload', resource_id } } };
}

interface Said {
  readonly name: string;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

/** Sends a request and waits for its job. @returns what was said of it */
async function saidOf(request: OrdinaryRequest): Promise<Said[]> {
  const { name } = request;
  const { path, body } = await completed(request);
  const accepted = await call('POST', path, body);
  if (accepted.status !== 202)
    return [{ name, severity: 'severe', code: 'refused', message: JSON.stringify(accepted.body) }];
  const job = await ended(accepted.body.id);
  if (job.status !== 'succeeded') return [{ name, severity: 'severe', code: job.status, message: job.error?.message }];
  return job.warnings.map((warning: Said) => ({ ...warning, name }));
}

describe('ordinary requests succeed without a severe warning', () => {
  test.each(files)(
    '%s',
    async (file) => {
      const waiting = requestsOf(file);
      const said: Said[] = [];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) said.push(...(await saidOf(next)));
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
      const counts = new Map<string, number>();
      for (const { code } of said) counts.set(code, (counts.get(code) ?? 0) + 1);
      if (process.env.SHOW_ANSWERS) process.stderr.write(`${file}: ${JSON.stringify(Object.fromEntries(counts))}\n`);
      expect(said.filter(({ severity }) => severity === 'severe')).toEqual([]);
    },
    600_000,
  );

  test('there are 200 of them', () => {
    expect(files.flatMap(requestsOf).length).toBeGreaterThanOrEqual(200);
  });
});

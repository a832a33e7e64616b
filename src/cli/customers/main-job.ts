/**
 * Runs the main job as a customer does: it sends a weather file and a system through the public API and gets the energy
 * of a year.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TessellateClient } from '../../client/client.ts';
import type { SolarSystem, SolarSystemResult } from '../../client/api.ts';
import { ApiError } from '../../client/errors.ts';

const WEATHER = { file: '723170TYA.CSV.gz', name: 'greensboro-tmy3.csv', place: 'Greensboro, North Carolina' };
const SYSTEM: SolarSystem = {
  name: '100 kW on open racks',
  dc_capacity_kw: 100,
  dc_ac_ratio: 1.2,
  mounting: { type: 'fixed', tilt_deg: 30, azimuth_deg: 180 },
};

interface Demo {
  readonly organization: string;
  readonly email: string;
  readonly password: string;
  readonly api_key: string;
}

/** Returns the API key of the demo organization: read from an earlier start, or created through the API. */
export async function demoKey(api: string, folder: string, say: (line: string) => void): Promise<string> {
  const file = join(folder, 'demo.json');
  if (existsSync(file)) {
    const { api_key: key } = JSON.parse(readFileSync(file, 'utf8')) as Demo;
    try {
      await new TessellateClient({ baseUrl: api, credentials: key }).request('GET /v1/me');
      return key;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      say('the demo organization is gone; a new one is made');
    }
  }
  const account = {
    email: `demo-${randomBytes(4).toString('hex')}@example.com`,
    password: randomBytes(12).toString('base64url'),
    name: 'Demo',
    organization_name: 'Demo organization',
  };
  const session = await new TessellateClient({ baseUrl: api }).request('POST /v1/auth/register', { body: account });
  const owner = new TessellateClient({ baseUrl: api, credentials: session.access_token });
  const { key } = await owner.request('POST /v1/api-keys', { body: { name: 'demo' } });
  const demo: Demo = {
    organization: account.organization_name,
    email: account.email,
    password: account.password,
    api_key: key,
  };
  writeFileSync(file, JSON.stringify(demo, null, 2), { mode: 0o600 });
  say(`demo organization made; its login and API key are in ${file}`);
  return key;
}

/**
 * Runs the first job of `npm start` and prints its result.
 * @throws Error if the job does not succeed
 */
export async function runMainJob(api: string, key: string, say: (line: string) => void): Promise<void> {
  const client = new TessellateClient({ baseUrl: api, credentials: key });
  const stored = await client.request('GET /v1/weather', { query: { limit: 100 } });
  let weather = stored.data.find(({ name }) => name === WEATHER.name);
  if (weather) say(`weather: ${WEATHER.place}, TMY3, uploaded earlier as ${weather.id}`);
  else {
    const bytes = readFileSync(weatherFile(WEATHER.file));
    weather = await client.upload('/v1/weather', bytes, { name: WEATHER.name });
    say(`weather: ${WEATHER.place}, TMY3, uploaded as ${weather.id}`);
  }
  const started = performance.now();
  const job = await client.submit('/v1/solar/analyze', { weather_id: weather.id, system: SYSTEM });
  say(`job: POST /v1/solar/analyze -> 202, ${job.id}`);
  const { status, error, result } = await client.waitForJob(job, {
    onEvent(event) {
      const fraction = event.type === 'job.progress' ? ` ${Math.round(100 * event.data.progress)} %` : '';
      say(`  ${((performance.now() - started) / 1000).toFixed(2).padStart(6)} s  ${event.type}${fraction}`);
    },
  });
  if (!result || status !== 'succeeded')
    throw new Error(`Job ${job.id} ${status}: ${error?.message ?? 'no reason given'}`);
  say(`\n${SYSTEM.name}, tilt 30 deg, south, ${WEATHER.place}`);
  say(yieldTable(result.systems[0]));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const BAR_WIDTH = 40;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Returns the energy of a year as text: the main figures and a bar for each month. */
function yieldTable(result: SolarSystemResult): string {
  const number = (value: number, digits = 0): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const figures: [string, string][] = [
    ['annual energy', `${number(result.annual_energy_kwh)} kWh`],
    ['specific yield', `${number(result.specific_yield_kwh_per_kw)} kWh/kW`],
    ['DC capacity factor', `${number(result.capacity_factor_dc_pct, 1)} %`],
    ['performance ratio', number(result.performance_ratio, 3)],
  ];
  const largest = Math.max(...result.monthly_energy_kwh, Number.MIN_VALUE);
  const bars = result.monthly_energy_kwh.map((kwh, month) => {
    const eighths = Math.round((8 * BAR_WIDTH * kwh) / largest);
    return `  ${MONTHS[month]} ${number(kwh).padStart(9)} kWh  ${'█'.repeat(eighths >> 3)}${EIGHTHS[eighths & 7]}`;
  });
  return [...figures.map(([name, value]) => `  ${name.padEnd(18)} ${value}`), '', ...bars, ''].join('\n');
}

const weatherFile = (name: string): string =>
  ['../../../data/weather', '../../../../data/weather']
    .map((folder) => fileURLToPath(new URL(`${folder}/${name}`, import.meta.url)))
    .find(existsSync) ?? name;

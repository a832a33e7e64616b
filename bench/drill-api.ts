/**
 * The drill of the API: Schemathesis sends generated requests to every operation and along the links between them, and
 * holds the answers against OpenAPI by all of its checks. bench/schemathesis/schemathesis.toml lists the exceptions, each
 * with its reason. All requests stay on this machine.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inheritedEnvironment } from '../src/adapters/config/config.ts';
import { TessellateClient } from '../src/client/client.ts';
import { ROOT, WEATHER, weatherFile } from '../test/support/fixtures.ts';
import { toolFolder } from '../test/support/tool-folder.ts';
import { startEmbedded } from '../temporal/embedded/embedded.ts';

export interface ApiDrillOptions {
  /** Time that requests are sent [s]; default: until all examples are sent */
  readonly seconds?: number;
  /** Most requests of each operation in each phase; default: that of Schemathesis, again and again until the time is over */
  readonly examples?: number;
  readonly seed: number;
}

/** An address of this machine without a server */
const NOBODY = 'http://127.0.0.1:9';

/** @returns whether no check failed beyond the exceptions */
export async function drillApi(
  { seconds, examples, seed }: ApiDrillOptions,
  say: (line: string) => void,
): Promise<boolean> {
  const tool = await toolFolder(join(ROOT, 'bench', 'schemathesis'));
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-drill-'));
  chmodSync(folder, 0o755);
  const quiet = (): void => undefined;
  // Operators' endpoints are open in development without tokens.
  const operators = { ADMIN_TOKEN: randomUUID(), METRICS_TOKEN: randomUUID() };
  const limits = { RATE_LIMIT_DEFAULT: '10000000', RATE_LIMIT_LOGIN: '10000000', RATE_LIMIT_REGISTER: '10000000' };
  // Weather of providers is asked for where nobody listens: all requests stay on this machine.
  const providers = Object.fromEntries(
    ['NSRDB', 'PVGIS', 'NASA_POWER', 'OPEN_METEO'].map((name) => [`${name}_BASE_URL`, NOBODY]),
  );
  const settings = { ...limits, ...operators, ...providers, WEATHER_FETCH_TIME_LIMIT: '5' };
  const platform = await startEmbedded(folder, quiet, { ...inheritedEnvironment(), ...settings });
  try {
    const client = new TessellateClient({ baseUrl: platform.api });
    const newToken = async (): Promise<string> => {
      const account = { name: 'Drill', password: randomUUID(), organization_name: 'Drill' };
      const email = `drill-${randomUUID()}@example.com`;
      return (await client.request('POST /v1/auth/register', { body: { ...account, email } })).access_token;
    };
    const token = await newToken();
    await prepare(new TessellateClient({ baseUrl: platform.api, credentials: token }));
    // All checks count by default; naming them here would override the exceptions.
    const options = [`--seed=${seed}`, '--report=json', '--no-color'];
    if (seconds !== undefined) options.push(`--max-time=${seconds}`);
    if (examples !== undefined) options.push(`--max-examples=${examples}`);
    const address = `${platform.api}/openapi.json`;
    const tokens = {
      DRILL_TOKEN: token,
      DRILL_OTHER_TOKEN: await newToken(),
      DRILL_ADMIN_TOKEN: operators.ADMIN_TOKEN,
    };
    say(await tool.run('schemathesis', ['run', address, ...options], tokens));
    return true;
  } catch (error) {
    say((error as Error).message);
    return false;
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
    tool.remove();
  }
}

/** Objects of each kind, so that reads find something. */
async function prepare(client: TessellateClient): Promise<void> {
  const weather = await client.upload('/v1/weather', weatherFile(WEATHER.greensboro), { name: 'drill' });
  await client.request('POST /v1/sites', { body: { name: 'Greensboro', latitude_deg: 36.1, longitude_deg: -79.95 } });
  const system = { dc_capacity_kw: 100 };
  const job = await client.waitForJob(await client.submit('/v1/solar/analyze', { weather_id: weather.id, system }));
  await client.waitForJob(await client.submit('/v1/reports', { job_ids: [job.id] }));
}

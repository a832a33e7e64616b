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
  /** Time that requests are sent [s] */
  readonly seconds: number;
  readonly seed: number;
}

/** @returns whether no check failed beyond the exceptions */
export async function drillApi({ seconds, seed }: ApiDrillOptions, say: (line: string) => void): Promise<boolean> {
  const tool = await toolFolder(join(ROOT, 'bench', 'schemathesis'));
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-drill-'));
  chmodSync(folder, 0o755);
  const quiet = (): void => undefined;
  // Operators' endpoints are open in development without tokens.
  const operators = { ADMIN_TOKEN: randomUUID(), METRICS_TOKEN: randomUUID() };
  const limits = { RATE_LIMIT_DEFAULT: '10000000', RATE_LIMIT_LOGIN: '10000000', RATE_LIMIT_REGISTER: '10000000' };
  const platform = await startEmbedded(folder, quiet, { ...inheritedEnvironment(), ...limits, ...operators });
  try {
    const account = { name: 'Drill', password: randomUUID(), organization_name: 'Drill' };
    const { access_token } = await new TessellateClient({ baseUrl: platform.api }).request('POST /v1/auth/register', {
      body: { ...account, email: `drill-${randomUUID()}@example.com` },
    });
    await prepare(new TessellateClient({ baseUrl: platform.api, credentials: access_token }));
    // All checks count by default; naming them here would override the exceptions.
    const options = [`--max-time=${seconds}`, `--seed=${seed}`, '--report=json', '--no-color'];
    const address = `${platform.api}/openapi.json`;
    say(await tool.run('schemathesis', ['run', address, ...options], { DRILL_TOKEN: access_token }));
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

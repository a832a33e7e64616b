/**
 * The drill of the API: Schemathesis sends generated requests to every operation and along the links between them, and
 * holds the answers against OpenAPI by all of its checks. bench/schemathesis/schemathesis.toml lists the exceptions, each
 * with its reason. All requests stay on this machine.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { SCOPES } from '../../src/contracts/common/scopes.ts';
import { TessellateClient } from '../../src/client/client.ts';
import { ROOT, WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { toolFolder } from '../../test/support/tool-folder.ts';
import { startEmbedded } from '../../temporal/embedded/embedded.ts';

export interface ApiDrillOptions {
  /** Time that requests are sent [s]; default: until all examples are sent */
  readonly seconds?: number;
  /** Most requests of each operation in each phase; default: that of Schemathesis, again and again until the time is over */
  readonly examples?: number;
  readonly seed: number;
}

/** Share of the time in which links between operations are followed */
const LINKS_SHARE = 0.4;
/** Logins of a person that links may end */
const N_LOGINS = 40;

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
  const limits = Object.fromEntries(
    ['DEFAULT', 'LOGIN', 'LOGIN_ACCOUNT', 'LOGIN_ADDRESS', 'REGISTER'].map((name) => [
      `RATE_LIMIT_${name}`,
      '10000000',
    ]),
  );
  // Weather of providers is asked for where nobody listens: all requests stay on this machine.
  const providers = Object.fromEntries(
    ['NSRDB', 'PVGIS', 'NASA_POWER', 'OPEN_METEO'].map((name) => [`${name}_BASE_URL`, NOBODY]),
  );
  const settings = { ...limits, ...operators, ...providers, WEATHER_FETCH_TIME_LIMIT: '5' };
  const platform = await startEmbedded(folder, quiet, { ...inheritedEnvironment(), ...settings });
  try {
    const client = new TessellateClient({ baseUrl: platform.api });
    /** An organization with its owner, who has so many further logins. */
    const newToken = async (nLogins = 0): Promise<string> => {
      const [email, password] = [`drill-${randomUUID()}@example.com`, randomUUID()];
      const account = { email, password, name: 'Drill', organization_name: 'Drill' };
      const { access_token: token } = await client.request('POST /v1/auth/register', { body: account });
      for (let i = 0; i < nLogins; i++) await client.request('POST /v1/auth/login', { body: { email, password } });
      return token;
    };
    const owner = new TessellateClient({ baseUrl: platform.api, credentials: await newToken() });
    // An organization that nobody has confirmed neither adds nor invites people; its mails go nowhere here.
    const database = await Database.connect({ url: platform.databaseUrl, poolSize: 1, applicationName: 'drill' });
    await database.query('UPDATE users SET email_confirmed_at = now()').finally(() => database.close());
    const { key } = await owner.request('POST /v1/api-keys', { body: { name: 'drill', scopes: [...SCOPES] } });
    await prepare(new TessellateClient({ baseUrl: platform.api, credentials: key }));
    // All checks count by default; naming them here would override the exceptions.
    const options = [`--seed=${seed}`, '--report=json', '--no-color'];
    if (examples !== undefined) options.push(`--max-examples=${examples}`);
    // Schemathesis would give up on a document that takes a busy machine more than 10 s.
    writeFileSync(join(tool.folder, 'openapi.json'), await (await fetch(`${platform.api}/openapi.json`)).text());
    /** Runs phases with credentials of their own: requests end logins. @returns the report; null where a check failed */
    const run = async (phases: string, share: number): Promise<string | null> => {
      const time = seconds === undefined ? [] : [`--max-time=${Math.max(1, Math.round(share * seconds))}`];
      const credentials = {
        DRILL_KEY: key,
        DRILL_PERSON_TOKEN: await newToken(N_LOGINS),
        DRILL_LEAVING_TOKEN: await newToken(),
        DRILL_ADMIN_TOKEN: operators.ADMIN_TOKEN,
      };
      const args = ['run', 'openapi.json', `--url=${platform.api}`, `--phases=${phases}`, ...time, ...options];
      const report = tool.run('schemathesis', args, credentials);
      say(await report.catch(({ message }: Error) => message));
      return report.catch(() => null);
    };
    const single = await run('examples,coverage,fuzzing', 1 - LINKS_SHARE);
    const linked = await run('stateful', LINKS_SHARE);
    const covered = Number(/API Links:\s+(\d+) covered/.exec(linked ?? '')?.[1] ?? 0);
    // How many there are depends on the time and the machine.
    if (linked !== null && covered === 0) say('no link between operations was followed');
    return single !== null && covered > 0;
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

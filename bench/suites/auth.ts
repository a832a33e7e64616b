/**
 * What authentication costs: the same read at two API processes on one database, of which one checks no credentials. Requests
 * go to both by turns, one at a time over connections that stay open, so that whatever slows the machine slows both.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { DEFAULT_KEY_SCOPES } from '../../src/contracts/common/scopes.ts';
import { freePort } from '../../temporal/embedded/ports.ts';
import { type Embedded, startEmbedded } from '../../temporal/embedded/embedded.ts';
import type { Benchmark } from './suite.ts';

const ROUNDS = 5;
const READS = 1_000;

type Credentials = 'key' | 'token' | 'session';
interface Reader {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
}
interface Pair {
  readonly ours: number;
  readonly open: number;
}

let platform: Embedded | undefined;
let open: ChildProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), 'tessellate-bench-'));
export const close = async (): Promise<void> => {
  open?.kill();
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
};

async function post(path: string, body: object, token?: string) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(platform!.api + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return { headers: answer.headers, body: (await answer.json()) as Record<string, string> };
}

async function start(): Promise<Record<Credentials | 'open', Reader>> {
  const environment = {
    ...inheritedEnvironment(),
    APP_ENV: 'development',
    SECRET_KEY: 'a secret that only this benchmark uses',
    RATE_LIMIT_DEFAULT: '10000000',
    METERING_JOURNAL_DIR: join(folder, 'metering'),
  };
  platform = await startEmbedded(folder, () => undefined, environment);
  const port = await freePort();
  const log = join(folder, 'open-api.log');
  open = spawn(process.execPath, ['--enable-source-maps', fileURLToPath(new URL('./open-api.js', import.meta.url))], {
    env: {
      ...environment,
      DATABASE_URL: platform.databaseUrl,
      TEMPORAL_ADDRESS: platform.temporalAddress,
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')], // both write a line for each request
  });
  const openApi = `http://127.0.0.1:${port}`;
  for (;;) {
    const isReady = await fetch(`${openApi}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) break;
    if (open.exitCode !== null) throw new Error(`the API without authentication ended: ${readFileSync(log, 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const person = { email: 'bench@example.com', password: 'a long password' };
  const registration = { ...person, name: 'Bench', organization_name: 'Bench' };
  const { access_token: token } = (await post('/v1/auth/register', registration)).body;
  const { key } = (await post('/v1/api-keys', { name: 'bench', scopes: DEFAULT_KEY_SCOPES }, token)).body;
  const cookie = (await post('/v1/auth/session', person)).headers.getSetCookie()[0].split(';')[0];
  const site = { name: 'Bench', latitude_deg: 36.1, longitude_deg: -79.95 };
  const { id } = (await post('/v1/sites', site, key)).body;
  const reader = (api: string, headers: Reader['headers']): Reader => ({
    url: `${api}/v1/sites/${id}`,
    headers,
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
  });
  return {
    open: reader(openApi, { authorization: `Bearer ${key}` }),
    key: reader(platform.api, { authorization: `Bearer ${key}` }),
    token: reader(platform.api, { authorization: `Bearer ${token}` }),
    session: reader(platform.api, { cookie }),
  };
}

/** @returns the time from the request to the end of its answer [ms] */
const read = ({ url, headers, agent }: Reader): Promise<number> =>
  new Promise((resolve, reject) => {
    const from = performance.now();
    request(url, { headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.resume().once('end', () => resolve(performance.now() - from));
    })
      .once('error', reject)
      .end();
  });

/** Medians of one kind of credentials and of no authentication, by turns [ms] */
async function mediansOf(ours: Reader, open: Reader, reads: number): Promise<Pair> {
  const times: { ours: number[]; open: number[] } = { ours: [], open: [] };
  for (let i = 0; i < reads; i++) {
    times.open.push(await read(open));
    times.ours.push(await read(ours));
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[reads >> 1];
  return { ours: median(times.ours), open: median(times.open) };
}

let measured: Promise<Record<Credentials, Pair[]>> | undefined;
const rounds = (): Promise<Record<Credentials, Pair[]>> => {
  measured ??= (async () => {
    const { open, ...readers } = await start();
    const pairs: Record<Credentials, Pair[]> = { key: [], token: [], session: [] };
    for (let round = 0; round <= ROUNDS; round++)
      for (const [name, made] of Object.entries(pairs)) {
        const pair = await mediansOf(readers[name as Credentials], open, READS);
        if (round > 0) made.push(pair); // the first round warms both
      }
    return pairs;
  })();
  return measured;
};
const ratio = async (name: Credentials) => (await rounds())[name].map(({ ours, open }) => ours / open);
const p50 = async (side: keyof Pair) => (await rounds()).key.map((pair) => pair[side]);

export const benchmarks: readonly Benchmark[] = [
  { name: 'auth.key_ratio', unit: '1', run: () => ratio('key') },
  { name: 'auth.token_ratio', unit: '1', run: () => ratio('token') },
  { name: 'auth.session_ratio', unit: '1', run: () => ratio('session') },
  { name: 'auth.key_p50_ms', unit: 'ms', run: () => p50('ours') },
  { name: 'auth.open_p50_ms', unit: 'ms', run: () => p50('open') },
];

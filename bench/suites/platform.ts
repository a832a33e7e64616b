/**
 * Compares the platform with the smallest work of its parts: a bare workflow with one activity, and a bare route with
 * one query.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import autocannon from 'autocannon';
import { TessellateClient } from '../../src/client/client.ts';
import { demoKey } from '../../src/cli/customers/main-job.ts';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { type Embedded, startEmbedded } from '../../temporal/embedded/embedded.ts';
import type { Benchmark } from './suite.ts';

const ROUNDS = 5;
const ROUND_TRIPS = 12;
const JOBS = 120;
const AT_ONCE = 12;
/** One request at a time, so that this measures latency and not the length of a queue. */
const READ_CONNECTIONS = 1;
const READ_SECONDS = 3;
const WEATHER = '723170TYA.CSV.gz';

interface Rig {
  readonly platform: Embedded;
  readonly client: TessellateClient;
  readonly key: string;
  readonly temporal: Client;
  readonly weatherId: string;
  readonly bareRoute: string;
  close(): Promise<void>;
}

let started: Promise<Rig> | undefined;
const rig = (): Promise<Rig> => {
  started ??= start();
  return started;
};
export const close = async (): Promise<void> => (await started)?.close();

async function start(): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-bench-'));
  chmodSync(folder, 0o755);
  const quiet = (): void => undefined;
  const platform = await startEmbedded(folder, quiet, { ...inheritedEnvironment(), RATE_LIMIT_DEFAULT: '10000000' });
  const key = await demoKey(platform.api, folder, quiet);
  const client = new TessellateClient({ baseUrl: platform.api, credentials: key });
  const file = new URL(`../../../data/weather/${WEATHER}`, import.meta.url);
  const { id: weatherId } = await client.call<{ id: string }>(
    'POST',
    '/v1/weather?name=bench',
    new Uint8Array(readFileSync(file)),
  );
  const program = fileURLToPath(new URL('./bare-process.js', import.meta.url));
  const bare: ChildProcess = spawn(process.execPath, [program, platform.temporalAddress, platform.databaseUrl], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: bare.stdout! }).once('line', resolve);
    bare.once('exit', (code) => reject(new Error(`the bare process ended with ${code}`)));
  });
  const connection = await Connection.connect({ address: platform.temporalAddress });
  const made: Rig = {
    platform,
    client,
    key,
    weatherId,
    temporal: new Client({ connection }),
    bareRoute: `http://127.0.0.1:${port}`,
    async close() {
      bare.kill();
      await connection.close();
      await platform.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // Both sides warm: code compiled, connections open, the workflow bundle in memory.
  for (let i = 0; i < 5; i++) {
    await runJob(made);
    await runBare(made);
  }
  return made;
}

let count = 0;

/** One smallest solar job, from POST to its terminal event [ms]; the result is stored by then. */
async function runJob({ client, weatherId }: Rig): Promise<number> {
  const from = performance.now();
  const { id } = await client.submit('/v1/solar/analyze', {
    weather_id: weatherId,
    system: { dc_capacity_kw: 100 },
    include_series: false,
  });
  for await (const { type, data } of client.events(id))
    if (type === 'job.failed') throw new Error(`job ${id} failed: ${JSON.stringify(data)}`);
  return performance.now() - from;
}

async function runBare({ temporal }: Rig): Promise<number> {
  const from = performance.now();
  await temporal.workflow.execute('bare', { taskQueue: 'bench-bare', workflowId: `bare-${++count}` });
  return performance.now() - from;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

interface Pair {
  readonly ours: number;
  readonly bare: number;
}

/** Runs rounds of both sides alternately; one measurement serves all benchmarks that use it. */
function rounds(measure: (rig: Rig) => Promise<Pair>): () => Promise<Pair[]> {
  let pairs: Promise<Pair[]> | undefined;
  return () => {
    pairs ??= (async () => {
      const made: Pair[] = [];
      for (let round = 0; round < ROUNDS; round++) made.push(await measure(await rig()));
      return made;
    })();
    return pairs;
  };
}

const roundTrips = rounds(async (made) => {
  const [ours, bare]: number[][] = [[], []];
  for (let i = 0; i < ROUND_TRIPS; i++) {
    bare.push(await runBare(made));
    ours.push(await runJob(made));
  }
  return { ours: median(ours), bare: median(bare) };
});

/** Runs a second, `AT_ONCE` at any time. */
async function rate(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  let left = JOBS;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await run();
    }),
  );
  return (1000 * JOBS) / (performance.now() - from);
}

const throughputs = rounds(async (made) => ({
  bare: await rate(() => runBare(made)),
  ours: await rate(() => runJob(made)),
}));

interface Reads {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
}

/** Latencies [ms] of a route under a few connections. */
async function read(url: string, headers: Record<string, string>): Promise<Reads> {
  const latencies: number[] = [];
  await new Promise<void>((resolve, reject) => {
    const options = { url, headers, connections: READ_CONNECTIONS, duration: READ_SECONDS };
    const run = autocannon(options, (error) => (error ? reject(error) : resolve()));
    run.on('response', (_client, status, _bytes, ms) => {
      if (status === 200) latencies.push(ms);
      else reject(new Error(`${url} answered ${status}`));
    });
  });
  latencies.sort((a, b) => a - b);
  const at = (quantile: number): number => latencies[Math.floor(quantile * (latencies.length - 1))];
  return { p50: at(0.5), p99: at(0.99), perSecond: latencies.length / READ_SECONDS };
}

let jobId: string | undefined;
const p99s: number[] = [];
const rates: number[] = [];
const reads = rounds(async ({ client, weatherId, platform, bareRoute, key }) => {
  if (jobId === undefined) {
    const body = { weather_id: weatherId, system: { dc_capacity_kw: 100 } };
    const { id } = await client.submit('/v1/solar/analyze', body);
    for await (const _event of client.events(id)) jobId = id;
  }
  const bare = await read(`${bareRoute}/jobs/${jobId}`, {});
  const ours = await read(`${platform.api}/v1/jobs/${jobId}`, { authorization: `Bearer ${key}` });
  p99s.push(ours.p99);
  rates.push(ours.perSecond);
  return { ours: ours.p50, bare: bare.p50 };
});

const ratio = async (measured: () => Promise<Pair[]>) => (await measured()).map(({ ours, bare }) => ours / bare);
const side = async (measured: () => Promise<Pair[]>, name: keyof Pair) => (await measured()).map((pair) => pair[name]);

export const benchmarks: readonly Benchmark[] = [
  { name: 'platform.roundtrip_ratio', unit: '1', run: () => ratio(roundTrips) },
  { name: 'platform.roundtrip_ms', unit: 'ms', run: () => side(roundTrips, 'ours') },
  { name: 'platform.bare_roundtrip_ms', unit: 'ms', run: () => side(roundTrips, 'bare') },
  { name: 'platform.jobs_per_second_ratio', unit: '1', run: () => ratio(throughputs) },
  { name: 'platform.jobs_per_second', unit: '1/s', run: () => side(throughputs, 'ours') },
  { name: 'platform.bare_per_second', unit: '1/s', run: () => side(throughputs, 'bare') },
  { name: 'platform.read_ratio', unit: '1', run: () => ratio(reads) },
  { name: 'platform.read_p50_ms', unit: 'ms', run: () => side(reads, 'ours') },
  { name: 'platform.bare_read_p50_ms', unit: 'ms', run: () => side(reads, 'bare') },
  {
    name: 'platform.read_p99_ms',
    unit: 'ms',
    run: async () => {
      await reads();
      return p99s;
    },
  },
  {
    name: 'platform.reads_per_second',
    unit: '1/s',
    run: async () => {
      await reads();
      return rates;
    },
  },
];

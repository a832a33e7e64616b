/**
 * The drill of outages: the platform as separate processes, jobs that run, clients that create more, and one fault at a time. A
 * fault has passed when everything that was accepted has ended once, with the bits of undisturbed jobs.
 */
import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { eventually } from '../../test/support/eventually.ts';
import { doorTo } from '../../test/support/door.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { LONG_LAYOUT_SEARCH, longAnalysis, longSearch } from '../../test/support/long-jobs.ts';
import { PGBOUNCER, startPgBouncer } from '../../test/support/pgbouncer.ts';
import { launchPlatform } from '../../test/support/platform-processes.ts';
import { startRedis } from '../../test/support/redis.ts';
import { guard } from '../../test/support/shared.ts';
import {
  inDrillFolder,
  judgeJobs,
  newDrillCustomer,
  printed,
  Receiver,
  SETTINGS,
  type Say,
  startPostgresServer,
  type Verdict,
} from './rig.ts';

export interface OutageOptions {
  /** Time that PostgreSQL, Redis or Temporal cannot be reached; others take a quarter [min] */
  readonly minutesAway: number;
  readonly only?: string;
}

/** A client creates a small job this often. */
const CREATE_EVERY_MS = 2_000;
/** A request that is not answered by then counts as unanswered. */
const ANSWER_LIMIT_MS = 60_000;
/** How many times a process is ended that returns at once */
const N_RESTARTS = 3;
const SLOW_PACKET_MS = 50;
const SMALL_DISK_MB = 300;

/** What a fault may do to the platform. */
interface Scene {
  readonly awayMs: number;
  readonly platform: Awaited<ReturnType<typeof launchPlatform>>;
  readonly postgres: Awaited<ReturnType<typeof startPostgresServer>>;
  readonly redis: Awaited<ReturnType<typeof startRedis>>;
  readonly door: Awaited<ReturnType<typeof doorTo>>;
  readonly pooler?: Awaited<ReturnType<typeof startPgBouncer>>;
  readonly diskFolder: string;
  readonly upload: () => Promise<number>;
  readonly say: Say;
}

interface Outage {
  readonly name: string;
  /** Why it cannot be tried on this machine; undefined where it can */
  readonly lacks?: () => string | undefined;
  readonly needs?: 'pooler' | 'small disk';
  /** Answers of the API that are meant, beside 2xx */
  readonly statuses: readonly number[];
  /** Returns once the fault is over. @returns what it saw itself */
  readonly fault: (scene: Scene) => Promise<Verdict[]>;
}

const FAKETIME = ['x86_64', 'aarch64'].map((name) => `/usr/lib/${name}-linux-gnu/faketime/libfaketime.so.1`);
const ready = async (base: string): Promise<number> =>
  (await fetch(`${base}/health/ready?require=database`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })).status;
const readiness = (status: number, meant: number): Verdict => ({
  what: 'readiness during the fault',
  value: String(status),
  ok: status === meant,
});

const OUTAGES: readonly Outage[] = [
  {
    name: 'postgres-restart',
    statuses: [503],
    async fault({ postgres, say, awayMs }) {
      for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
        say(`  PostgreSQL ends by ${signal}, and starts again`);
        await postgres.end(signal);
        await postgres.start();
        await setTimeout(awayMs / (4 * N_RESTARTS));
      }
      return [];
    },
  },
  {
    name: 'postgres-pause',
    statuses: [503],
    async fault({ postgres, platform, awayMs }) {
      postgres.pause(true);
      await setTimeout(awayMs / 4);
      const status = await ready(platform.base);
      postgres.pause(false);
      return [readiness(status, 503)];
    },
  },
  {
    name: 'postgres-away',
    statuses: [503],
    async fault({ postgres, platform, awayMs }) {
      await postgres.end('SIGINT');
      await setTimeout(awayMs);
      const status = await ready(platform.base);
      await postgres.start();
      return [readiness(status, 503)];
    },
  },
  {
    name: 'redis-away',
    statuses: [],
    async fault({ redis, platform, awayMs }) {
      await redis.kill();
      await setTimeout(awayMs);
      const status = await ready(platform.base);
      await redis.start();
      return [readiness(status, 200)];
    },
  },
  {
    name: 'temporal-away',
    statuses: [],
    async fault({ platform, awayMs }) {
      await platform.kill('temporal');
      await setTimeout(awayMs);
      const status = await ready(platform.base);
      await platform.startTemporal();
      return [readiness(status, 200)];
    },
  },
  {
    name: 'pgbouncer',
    lacks: () => (existsSync(PGBOUNCER) ? undefined : 'apt-get install pgbouncer'),
    needs: 'pooler',
    statuses: [503],
    async fault({ pooler, platform, awayMs, say }) {
      for (let i = 0; i < N_RESTARTS; i++) {
        say('  PgBouncer is killed (-9), and starts again');
        await pooler!.kill('SIGKILL');
        await pooler!.start();
        await setTimeout(awayMs / (4 * N_RESTARTS));
      }
      await pooler!.kill('SIGKILL');
      await setTimeout(awayMs / 4);
      const status = await ready(platform.base);
      await pooler!.start();
      return [readiness(status, 503)];
    },
  },
  {
    name: 'disk-full',
    lacks: () => (process.getuid?.() === 0 ? undefined : 'root, to mount a small disk'),
    needs: 'small disk',
    statuses: [503],
    async fault({ diskFolder, postgres, upload, awayMs, say }) {
      const ballast = join(diskFolder, 'ballast');
      const { bavail, bsize } = statfsSync(diskFolder);
      const free = bavail * bsize;
      writeFileSync(ballast, Buffer.alloc(free));
      say(`  ${(free / 1e6).toFixed(0)} MB are filled: the disk of PostgreSQL has no room left`);
      const statuses = new Set<number>();
      for (const deadline = Date.now() + awayMs / 4; Date.now() < deadline; ) {
        statuses.add(await upload());
        await setTimeout(CREATE_EVERY_MS);
      }
      rmSync(ballast);
      if (!postgres.isUp()) say('  PostgreSQL has ended, and is started again');
      await postgres.start();
      await eventually(async () => (await upload()) === 201 || undefined, 'an upload when the disk has room again');
      return [
        {
          what: 'uploads while the disk was full',
          value: [...statuses].join(', '),
          ok: statuses.has(503) && [...statuses].every((status) => [201, 503].includes(status)),
        },
      ];
    },
  },
  ...['+1h', '-1h'].map(
    (offset): Outage => ({
      name: `worker-clock${offset}`,
      lacks: () => (FAKETIME.some((path) => existsSync(path)) ? undefined : 'apt-get install libfaketime'),
      statuses: [],
      async fault({ platform, awayMs }) {
        await platform.kill('worker', 'SIGTERM');
        await platform.startWorker({
          LD_PRELOAD: FAKETIME.find((path) => existsSync(path))!,
          FAKETIME: offset,
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
        });
        await setTimeout(awayMs / 4);
        await platform.kill('worker', 'SIGTERM');
        await platform.startWorker();
        return [];
      },
    }),
  ),
  {
    name: 'slow-database',
    statuses: [],
    async fault({ door, platform, awayMs }) {
      door.slow(SLOW_PACKET_MS);
      await setTimeout(awayMs / 4);
      const status = await ready(platform.base);
      door.slow(0);
      return [readiness(status, 200)];
    },
  },
];

/** @returns whether nothing was lost in any outage */
export async function drillOutages({ minutesAway, only }: OutageOptions, say: Say): Promise<boolean> {
  const chosen = OUTAGES.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0)
    throw new Error(`No outage ${only}; there are ${OUTAGES.map(({ name }) => name).join(', ')}`);
  const failed: string[] = [];
  for (const outage of chosen) {
    const lacking = outage.lacks?.();
    if (lacking !== undefined) {
      say(`${outage.name}: NOT TRIED, it needs ${lacking}`);
      failed.push(outage.name);
      continue;
    }
    const from = performance.now();
    say(`${outage.name}:`);
    const verdicts = await inDrillFolder((folder) => runOutage(outage, folder, minutesAway * 60_000, say));
    const ok = printed(verdicts, say);
    if (!ok) failed.push(outage.name);
    say(
      `${outage.name}: ${ok ? 'nothing lost' : 'BREACH'}, after ${((performance.now() - from) / 60_000).toFixed(1)} min`,
    );
  }
  say(failed.length === 0 ? `${chosen.length} outages: nothing lost` : `BREACH or not tried: ${failed.join(', ')}`);
  return failed.length === 0;
}

async function runOutage(outage: Outage, folder: string, awayMs: number, say: Say): Promise<Verdict[]> {
  const stops: (() => unknown)[] = [];
  const diskFolder = join(folder, 'disk');
  mkdirSync(diskFolder, { mode: 0o755 });
  try {
    if (outage.needs === 'small disk') {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m,mode=0755`, 'tmpfs', diskFolder]);
      stops.push(() => void execFileSync('umount', [diskFolder]));
    }
    const postgres = await startPostgresServer(diskFolder, say);
    stops.push(() => postgres.end('SIGINT'));
    const server = new URL(postgres.url);
    const door = await doorTo(server.hostname, Number(server.port));
    await door.open();
    stops.push(() => door.close());
    const redis = await startRedis();
    stops.push(() => redis.kill());
    const pooler = outage.needs === 'pooler' ? await startPgBouncer(postgres.url, 20) : undefined;
    if (pooler) stops.push(() => pooler.stop());
    const throughDoor = Object.assign(new URL(postgres.url), { host: `127.0.0.1:${door.port}` }).href;
    const platform = await launchPlatform(
      pooler?.url ?? throughDoor,
      { ...SETTINGS, REDIS_URL: redis.url, ...(pooler && { DATABASE_DIRECT_URL: postgres.url }) },
      guard,
    );
    stops.push(() => platform.stop());
    await Promise.all([platform.startTemporal(), platform.startApi()]);
    await platform.startWorker();
    const receiver = new Receiver();
    stops.push(() => receiver.stop());
    const { client, key, weatherId } = await newDrillCustomer(platform.base, receiver);

    /** Sends one request, once. @returns its status and body; undefined without an answer */
    const send = async (path: string, body: string | Uint8Array, idempotencyKey: string) => {
      const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
      const from = performance.now();
      const answer = await fetch(`${platform.base}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': type, 'idempotency-key': idempotencyKey },
        body,
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      })
        .then(async (response) => ({ status: response.status, body: (await response.json()) as { id: string } }))
        .catch((error: Error) => ({ status: 0, body: { id: String(error.cause ?? error.message) } }));
      slowestMs = Math.max(slowestMs, performance.now() - from);
      return answer;
    };
    let slowestMs = 0;
    const statuses = new Map<number, number>();
    const count = (status: number): number => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      return status;
    };

    const works: Readonly<Record<string, { readonly path: string; readonly body: object }>> = {
      // Seconds each, so that they still run when the fault comes.
      analysis: { path: '/v1/solar/analyze', body: longAnalysis(weatherId, 25) },
      search: { path: '/v1/solar/optimize', body: { ...longSearch(weatherId), n_iterations: 250 } },
      layout: { path: '/v1/wind/optimize', body: { ...LONG_LAYOUT_SEARCH, n_iterations: 600 } },
      small: {
        path: '/v1/solar/analyze',
        body: { weather_id: weatherId, system: { dc_capacity_kw: 100 }, include_series: false },
      },
    };
    const bodies = Object.fromEntries(Object.entries(works).map(([name, { body }]) => [name, JSON.stringify(body)]));
    const jobs = new Map<string, string>();
    let isClosed = false;
    stops.push(() => {
      isClosed = true;
    });
    /** Creates a job, by as many requests with the same key as it takes. */
    const create = async (work: string): Promise<void> => {
      for (const idempotencyKey = randomUUID(); !isClosed; await setTimeout(CREATE_EVERY_MS)) {
        const { status, body } = await send(works[work].path, bodies[work], idempotencyKey);
        count(status);
        if (status === 202) {
          jobs.set(body.id, work);
          return;
        }
      }
    };
    await Promise.all(['analysis', 'search', 'layout'].map(create));
    await eventually(async () => {
      const { data } = await client.request('GET /v1/jobs', { query: { status: 'running' } });
      return data.length > 0 || undefined;
    }, 'a running job');

    // One creation at a time: a client whose creation is refused repeats it before it creates more.
    let isOver = false;
    const creating = (async () => {
      for (; !isOver; await setTimeout(CREATE_EVERY_MS)) await create('small');
    })();
    const file = weatherFile(WEATHER.greensboro);
    const upload = async (): Promise<number> =>
      count((await send(`/v1/weather?name=${randomUUID()}`, file, randomUUID())).status);
    const scene = { awayMs, platform, postgres, redis, door, pooler, diskFolder, upload, say };
    const seen = await outage.fault(scene).finally(() => {
      isOver = true;
    });
    const over = performance.now();
    await creating;
    const acceptedMs = performance.now() - over;
    say(`  the fault is over; ${jobs.size} jobs are accepted`);

    // The same again, undisturbed.
    const expected = new Map<string, string>();
    for (const work of Object.keys(works)) await create(work);
    for (const [id, work] of [...jobs].slice(-Object.keys(works).length))
      expected.set(work, JSON.stringify((await client.waitForJob(id)).result));
    const verdicts = await judgeJobs(postgres.url, jobs, expected, receiver);
    const unmeant = [...statuses].filter(
      ([status]) => !(status >= 200 && status < 300) && !outage.statuses.includes(status),
    );
    return [
      ...verdicts,
      {
        what: 'answers',
        value: [...statuses].map(([status, n]) => `${n} x ${status}`).join(', '),
        ok: unmeant.length === 0,
      },
      { what: 'slowest answer [s]', value: (slowestMs / 1000).toFixed(1), ok: slowestMs < ANSWER_LIMIT_MS },
      {
        what: 'a creation accepted after the fault [s]',
        value: (acceptedMs / 1000).toFixed(1),
        ok: acceptedMs < 60_000,
      },
      ...seen,
    ];
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/**
 * The drill of releases: two API and two worker processes are replaced three times each, once by workers of a new build, while
 * clients send requests at a rate that does not wait for answers, follow jobs by streams, and 50 jobs run.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readServerSentEvents } from '../../src/client/server-sent-events.ts';
import { eventually } from '../../test/support/eventually.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { LONG_LAYOUT_SEARCH, longAnalysis, longSearch } from '../../test/support/long-jobs.ts';
import { launchPlatform } from '../../test/support/platform-processes.ts';
import { guard } from '../../test/support/shared.ts';
import { Balancer } from './balancer.ts';
import {
  cpuSeconds,
  inDrillFolder,
  judgeJobs,
  newDrillCustomer,
  none,
  printed,
  Receiver,
  SETTINGS,
  type Say,
  startPostgresServer,
  type Verdict,
} from './rig.ts';

export interface RollingOptions {
  /** Requests a second; default: the most, up to 200, at which one API process stays below half a core */
  readonly rate?: number;
}

const N_ROUNDS = 3;
const N_JOBS = 50;
const N_STREAMS = 20;
const MAX_RATE = 200;
const MAX_CORES = 0.5;
const TRIAL_RATE = 20;
const TRIAL_MS = 10_000;
const N_TRIALS = 4;
/** The undisturbed load before the replacements */
const BEFORE_MS = 30_000;
const DRAIN_S = 5;
const LOW_PRIORITY = 5;
type Process = Awaited<ReturnType<typeof launchPlatform>>;

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0;

type Works = Readonly<Record<string, { readonly path: string; readonly body: string }>>;

/** Clients that send a request when its time has come, whether or not earlier ones are answered. */
class Load {
  readonly unmeant: string[] = [];
  readonly counts = new Map<number, number>();
  latenciesMs: number[] = [];
  /** Jobs that were accepted, with what they compute */
  readonly jobs = new Map<string, string>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #base: string;
  readonly #key: string;
  readonly works: Works;
  readonly #open = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #n = 0;

  constructor(base: string, key: string, works: Works) {
    this.#base = base;
    this.#key = key;
    this.works = works;
  }

  start(rate: number): void {
    const from = performance.now();
    let sent = 0;
    this.#timer = globalThis.setInterval(() => {
      for (; sent < ((performance.now() - from) / 1000) * rate; sent++) this.#begin(this.#one());
    }, 5);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
  }

  /** Creates a job of a kind of work. */
  async create(work: string): Promise<void> {
    const { path, body } = this.works[work];
    const answer = await this.send('POST', path, 202, body);
    if (answer !== undefined) this.jobs.set((JSON.parse(answer) as { id: string }).id, work);
  }

  #begin(one: Promise<unknown>): void {
    const open = one.then(() => void this.#open.delete(open));
    this.#open.add(open);
  }

  /** 90 % reads, of which one in a hundred asks for what is not there; 10 % creations, of which one in ten is an upload */
  #one(): Promise<unknown> {
    const n = this.#n++;
    if (n % 100 === 5)
      return this.send('POST', `/v1/weather?name=${randomUUID()}`, 201, weatherFile(WEATHER.greensboro));
    if (n % 100 === 15) return this.create('small');
    if (n % 10 === 5) {
      const site = { name: `drill ${n}`, latitude_deg: 36.1, longitude_deg: -79.95 };
      return this.send('POST', '/v1/sites', 201, JSON.stringify(site));
    }
    if (n % 100 === 50) return this.send('GET', '/v1/jobs/job_unknown', 404);
    const [job] = this.jobs.keys();
    return this.send('GET', [`/v1/jobs/${job}`, '/v1/jobs?limit=20', '/v1/sites?limit=20', '/v1/weather'][n % 4], 200);
  }

  /** Sends one request, once. @returns the body of an answer that was meant */
  send(method: string, path: string, meant: number, body?: string | Uint8Array): Promise<string | undefined> {
    const from = performance.now();
    return new Promise((resolve) => {
      const fail = (why: string): void => {
        this.unmeant.push(`${method} ${path.split('?')[0]}: ${why}`);
        resolve(undefined);
      };
      const sent = request(
        `${this.#base}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            authorization: `Bearer ${this.#key}`,
            ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
            ...(body && { 'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream' }),
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part) => (text += part));
          answer.on('error', (error) => fail(error.message));
          answer.on('end', () => {
            const status = answer.statusCode!;
            this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
            this.latenciesMs.push(performance.now() - from);
            if (status === meant) resolve(text);
            else fail(`${status} ${text.slice(0, 200)}`);
          });
        },
      );
      sent.on('error', (error) => fail(error.message));
      sent.end(body);
    });
  }
}

/** Follows jobs by their events until it is stopped; an end that is no proper end of a stream, and a gap, are faults. */
async function follow(
  base: string,
  key: string,
  jobs: Load['jobs'],
  faults: string[],
  signal: AbortSignal,
): Promise<number> {
  let nEvents = 0;
  while (!signal.aborted) {
    const open = [...jobs.keys()].slice(-N_JOBS);
    const id = open[Math.floor(Math.random() * open.length)];
    for (let last = 0, ended = false; !ended && !signal.aborted; ) {
      try {
        const answer = await fetch(`${base}/v1/jobs/${id}/events`, {
          headers: { authorization: `Bearer ${key}`, 'last-event-id': String(last), accept: 'text/event-stream' },
          signal,
        });
        if (answer.status === 204) break;
        if (!answer.ok) {
          faults.push(`stream of ${id}: ${answer.status}`);
          break;
        }
        for await (const event of readServerSentEvents(answer.body!)) {
          if (Number(event.id) !== last + 1) faults.push(`stream of ${id}: event ${event.id} after ${last}`);
          last = Number(event.id);
          nEvents++;
          ended = /succeeded|failed|cancelled/.test(event.event);
        }
      } catch (error) {
        if (signal.aborted) break;
        const { message, cause } = error as Error & { cause?: Error };
        faults.push(`stream of ${id}: ${cause?.message ?? message}`);
      }
    }
  }
  return nEvents;
}

/** @returns whether no request, stream or job noticed the replacements */
export function drillRolling({ rate }: RollingOptions, say: Say): Promise<boolean> {
  return inDrillFolder(async (folder) => {
    const stops: (() => unknown)[] = [];
    try {
      const verdicts = await run(folder, rate, stops, say);
      return printed(verdicts, say);
    } finally {
      for (const stop of stops.reverse()) await stop();
    }
  });
}

async function run(
  folder: string,
  wantedRate: number | undefined,
  stops: (() => unknown)[],
  say: Say,
): Promise<Verdict[]> {
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o755 });
  const postgres = await startPostgresServer(data, say);
  stops.push(() => postgres.end('SIGINT'));
  const settings = {
    ...SETTINGS,
    DRAIN_SECONDS: String(DRAIN_S),
    RATE_LIMIT_DEFAULT: '10000000',
    WORKER_CONCURRENCY: String(N_JOBS / 2),
    TEMPORAL_DEPLOYMENT_NAME: 'tessellate',
    TEMPORAL_BUILD_ID: 'v1',
    // Two APIs, two workers and one more of each.
    DATABASE_POOL_SIZE: '8',
  };
  const first = await launchPlatform(postgres.url, settings, guard);
  stops.push(() => first.stop());
  await first.startTemporal();
  const second = await launchPlatform(postgres.url, { ...settings, TEMPORAL_ADDRESS: first.temporalAddress }, guard);
  stops.push(() => second.stop());
  const processes: readonly Process[] = [first, second];
  for (const process of processes) await process.startApi();
  const startWorker = async (process: Process, more: Record<string, string> = {}): Promise<void> => {
    await process.startWorker(more);
    // In production workers have machines of their own: here they compute when the APIs leave time.
    for (const thread of readdirSync(`/proc/${process.pidOf('worker')}/task`))
      setPriority(Number(thread), LOW_PRIORITY);
  };
  for (const process of processes) await startWorker(process);
  const setCurrent = async (build: string): Promise<void> => {
    const { status, output } = await first.tessellateWith({ TEMPORAL_BUILD_ID: build }, 'ops', 'set-current-version');
    if (status !== 0) throw new Error(output);
  };
  await setCurrent('v1');

  const balancer = new Balancer(processes.map(({ base }) => base));
  const base = await balancer.start();
  stops.push(() => balancer.stop());
  const bothReady = () =>
    eventually(async () => processes.every((one) => balancer.isReady(one.base)) || undefined, 'both APIs ready');
  await bothReady();
  const receiver = new Receiver();
  stops.push(() => receiver.stop());
  const { key, client, weatherId } = await newDrillCustomer(base, receiver);

  // Some seconds of computation each.
  const work = (path: string, body: object) => ({ path, body: JSON.stringify(body) });
  const running = {
    analysis: work('/v1/solar/analyze', longAnalysis(weatherId, 8)),
    search: work('/v1/solar/optimize', { ...longSearch(weatherId), n_iterations: 80 }),
    layout: work('/v1/wind/optimize', { ...LONG_LAYOUT_SEARCH, n_iterations: 150 }),
  };
  const small = { weather_id: weatherId, system: { dc_capacity_kw: 100 }, include_series: false };
  const load = new Load(base, key, { ...running, small: work('/v1/solar/analyze', small) });
  const names = Object.keys(running);
  for (const name of [...names, 'small']) await load.create(name);
  const expected = new Map<string, string>();
  for (const [id, name] of load.jobs) expected.set(name, JSON.stringify((await client.waitForJob(id)).result));
  say(`${expected.size} undisturbed jobs have ended`);

  const rate = wantedRate ?? (await findRate(processes, key, load, say));
  /** NaN where the answer was not meant, which the load counts */
  const count = async (status: string): Promise<number> => {
    const answer = await load.send('GET', `/v1/jobs?status=${status}&limit=200`, 200);
    return answer === undefined ? Number.NaN : (JSON.parse(answer) as { data: unknown[] }).data.length;
  };
  // A new job for each that ends, so that 50 are open.
  const feeding = new AbortController();
  const feeder = (async () => {
    for (let n = 0; !feeding.signal.aborted; ) {
      const nOpen = (await count('running')) + (await count('queued'));
      const lacking = Number.isNaN(nOpen) ? 0 : Math.max(0, N_JOBS - nOpen);
      await Promise.all(Array.from({ length: lacking }, () => load.create(names[n++ % names.length])));
      await setTimeout(1_000);
    }
  })();
  stops.push(async () => {
    feeding.abort();
    await feeder.catch(() => undefined); // the drill has failed already, and says why
  });
  const nRunning = await eventually(async () => {
    const n = await count('running');
    return n >= N_JOBS * 0.8 ? n : undefined;
  }, 'running jobs');
  const faults: string[] = [];
  const following = new AbortController();
  const streams = Array.from({ length: N_STREAMS }, () => follow(base, key, load.jobs, faults, following.signal));

  load.latenciesMs = [];
  load.start(rate);
  await setTimeout(BEFORE_MS);
  const before = load.latenciesMs;
  load.latenciesMs = [];
  say(`${nRunning} jobs run, ${N_STREAMS} streams are open; p99 before ${quantile(before, 0.99).toFixed(0)} ms`);
  let build = 'v1';
  for (let round = 1; round <= N_ROUNDS; round++) {
    const isNewBuild = round === 2;
    if (isNewBuild) build = 'v2';
    for (const [i, process] of processes.entries()) {
      const from = performance.now();
      await process.kill('api', 'SIGTERM');
      await process.startApi();
      await bothReady();
      const apiMs = performance.now() - from;
      await process.kill('worker', 'SIGTERM');
      await startWorker(process, { TEMPORAL_BUILD_ID: build });
      if (isNewBuild && i === 0) await setCurrent(build);
      say(
        `round ${round}: API ${i + 1} replaced in ${(apiMs / 1000).toFixed(1)} s, worker ${i + 1} by build ${build} in ${(
          (performance.now() - from - apiMs) / 1000
        ).toFixed(1)} s`,
      );
    }
  }
  const during = load.latenciesMs;
  feeding.abort();
  await feeder;
  await load.stop();
  say(`${load.jobs.size} jobs accepted; waiting for their ends`);
  const judged = await judgeJobs(postgres.url, load.jobs, expected, receiver);
  following.abort();
  const nEvents = (await Promise.all(streams)).reduce((sum, n) => sum + n, 0);
  const p99 = (values: readonly number[]): Verdict => ({
    what: `p99 ${values === before ? 'before' : 'during'} the replacements [ms]`,
    value: `${quantile(values, 0.99).toFixed(0)} (median ${quantile(values, 0.5).toFixed(0)}, ${values.length} answers)`,
    ok: values.length > 0,
  });
  return [
    { what: 'requests a second', value: String(rate), ok: rate > 0 },
    {
      what: 'answers',
      value: [...load.counts].map(([status, n]) => `${n} x ${status}`).join(', '),
      ok: load.counts.size > 0,
    },
    none('answers that were not meant, connections reset', load.unmeant),
    none('requests that a server broke off', balancer.broken),
    { what: 'events received by streams', value: String(nEvents), ok: nEvents > 0 },
    none('streams that broke or had gaps', faults),
    p99(before),
    p99(during),
    ...judged,
  ];
}

/** Sends requests to the first API only. @returns the highest rate at which it stays below half a core */
async function findRate([{ base, pidOf }]: readonly Process[], key: string, load: Load, say: Say): Promise<number> {
  const coresAt = async (rate: number): Promise<number> => {
    const trial = new Load(base, key, load.works);
    // Reads need a job.
    await trial.create('small');
    const [cpu, from] = [cpuSeconds(pidOf('api')), performance.now()];
    trial.start(rate);
    await setTimeout(TRIAL_MS);
    const cores = (cpuSeconds(pidOf('api')) - cpu) / ((performance.now() - from) / 1000);
    await trial.stop();
    for (const [id, work] of trial.jobs) load.jobs.set(id, work);
    load.unmeant.push(...trial.unmeant);
    say(`${rate} requests a second to one API: ${cores.toFixed(2)} cores`);
    return cores;
  };
  let best = 0;
  for (let rate = TRIAL_RATE, trial = 0; trial < N_TRIALS; trial++) {
    const cores = await coresAt(rate);
    if (cores < MAX_CORES) best = Math.max(best, rate);
    if (best === MAX_RATE) break;
    rate = Math.min(MAX_RATE, Math.floor((0.97 * rate * MAX_CORES) / cores));
  }
  return best;
}

/**
 * The drill of webhooks: the platform as `npm start` runs it, real jobs of two organizations, receivers of which a
 * third fail at random, processes killed on the way. It prints what was promised and what was received, and fails on
 * any difference.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { TessellateClient } from '../../src/client/client.ts';
import { verifyWebhook } from '../../src/client/webhook.ts';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { RETRY_WAITS_S, waitAfter } from '../../src/contracts/webhooks/webhooks.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { Random } from '../../src/statistics/random.ts';
import { emitEvent } from '../../src/services/webhooks/events.ts';
import { type Embedded, startEmbedded } from '../../temporal/embedded/embedded.ts';
import { readPidFile } from '../../temporal/embedded/processes.ts';

export interface DrillOptions {
  readonly deliveries: number;
  readonly endpoints: number;
  /**
   * Maximum number of failures of one delivery before the receiver accepts it; 3 needs the whole schedule, six minutes.
   */
  readonly failures: number;
  readonly workerKills: number;
  readonly apiKills: number;
  /** Deliveries of one throughput measurement; 0 omits the measurement. */
  readonly throughput: number;
  readonly seed: number;
}

const WEATHER = '723170TYA.CSV.gz';
const ORGANIZATIONS = 2;
const THROUGHPUT_ROUNDS = 5;
const THROUGHPUT_GOAL = 0.5;
/** Number of bare workflows at the same time: that of the activity slots of the queue `default`. */
const AT_ONCE = 100;
const JOBS_AT_ONCE = 4;
const ASKED_WAIT_S = 15;
/**
 * Most retries are on time. Retries that run when a worker is killed wait until its loss is noticed (10 s) and it is
 * back, on a busy machine too.
 */
const LATE_LIMIT_S = { median: 5, most: 120 };
const EARLY_TOLERANCE_S = 0.05;
/** Ends the drill when nothing was received for this long: longer than the longest wait of the schedule. */
const STILL_LIMIT_MS = 600_000;

interface Endpoint {
  readonly index: number;
  readonly orgId: string;
  readonly secret: string;
  readonly isFailing: boolean;
}
interface Delivered {
  readonly ids: Set<string>;
  requests: number;
  taken: number;
  failuresLeft: number;
}

/** Receives deliveries, counts them, and fails when the drill requires it. */
class Receiver {
  readonly endpoints: Endpoint[] = [];
  /** By endpoint and job. */
  readonly seen = new Map<string, Delivered>();
  readonly strangers: string[] = [];
  requests = 0;
  taken = 0;
  /** Whether the failing ones fail now. */
  isHostile = false;
  readonly #random: Random;
  readonly #maxFailures: number;
  readonly #server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    this.#receive(request.url ?? '', request.headers, body, response);
  });

  constructor({ seed, failures }: DrillOptions) {
    this.#random = Random.fromSeed(seed);
    this.#maxFailures = failures;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #receive(path: string, headers: NodeJS.Dict<string | string[]>, body: string, response: ServerResponse): void {
    this.requests++;
    const endpoint = this.endpoints[Number(path.slice('/e/'.length))];
    try {
      const { type, data } = verifyWebhook<{ job_id: string }>(body, headers, endpoint.secret);
      if (type !== 'job.succeeded') throw new Error(`${type} was not asked for`);
      const key = `${endpoint.index} ${data.job_id}`;
      const delivery = this.seen.get(key) ?? this.#first(key, endpoint);
      delivery.ids.add(String(headers['webhook-id']));
      delivery.requests++;
      if (delivery.failuresLeft > 0) {
        delivery.failuresLeft--;
        this.#fail(response);
        return;
      }
      delivery.taken++;
      this.taken++;
      response.writeHead(204).end();
    } catch (error) {
      this.strangers.push(`${path}: ${(error as Error).message}`);
      response.writeHead(400).end();
    }
  }

  #first(key: string, { isFailing }: Endpoint): Delivered {
    let failuresLeft = 0;
    // Half of them fail once, a quarter twice and so on.
    if (isFailing && this.isHostile)
      while (failuresLeft < this.#maxFailures && this.#random.uniform() < 0.5) failuresLeft++;
    const made: Delivered = { ids: new Set(), requests: 0, taken: 0, failuresLeft };
    this.seen.set(key, made);
    return made;
  }

  #fail(response: ServerResponse): void {
    const way = this.#random.uniform();
    if (way < 0.4) response.writeHead(500).end('no');
    else if (way < 0.7) response.writeHead(503, { 'retry-after': String(ASKED_WAIT_S) }).end();
    else response.destroy();
  }
}

interface Line {
  readonly name: string;
  readonly value: string;
  readonly limit: string;
  readonly ok: boolean;
}

/** @returns whether every promise was kept */
export async function drillWebhooks(options: DrillOptions, say: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-drill-'));
  chmodSync(folder, 0o755);
  const receiver = new Receiver(options);
  const target = await receiver.start();
  const environment = { ...inheritedEnvironment(), RATE_LIMIT_DEFAULT: '10000000', LOG_LEVEL: 'WARNING' };
  const platform = await startEmbedded(folder, say, environment);
  const database = await Database.connect({ url: platform.databaseUrl, poolSize: 4, applicationName: 'drill' });
  try {
    const clients = await register(platform, receiver, target, options);
    const lines: Line[] = [];
    if (options.throughput > 0) lines.push(...(await throughput(platform, database, receiver, options, say)));
    receiver.seen.clear();
    receiver.requests = 0;
    receiver.taken = 0;
    receiver.isHostile = true;
    await database.query('DELETE FROM webhook_deliveries');
    lines.push(...(await run(folder, database, receiver, clients, options, say)));
    const width = (part: (line: Line) => string) => Math.max(...lines.map((line) => part(line).length));
    const [names, values, limits] = [
      width(({ name }) => name),
      width(({ value }) => value),
      width(({ limit }) => limit),
    ];
    for (const { name, value, limit, ok } of lines)
      say(`${name.padEnd(names)}  ${value.padStart(values)}  ${limit.padEnd(limits)}  ${ok ? 'ok' : 'BREACH'}`);
    return lines.every(({ ok }) => ok);
  } finally {
    await database.close();
    await platform.stop();
    receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Organizations with their endpoints; each has one endpoint that subscribes to another event. */
async function register(
  { api }: Embedded,
  receiver: Receiver,
  target: string,
  { endpoints }: DrillOptions,
): Promise<{ client: TessellateClient; weatherId: string; orgId: string }[]> {
  const clients: { client: TessellateClient; weatherId: string; orgId: string }[] = [];
  const file = readFileSync(new URL(`../../../data/weather/${WEATHER}`, import.meta.url));
  for (let i = 0; i < ORGANIZATIONS; i++) {
    const account = {
      email: `drill${i}@example.com`,
      password: 'only for the drill',
      name: 'D',
      organization_name: 'D',
    };
    const session = await new TessellateClient({ baseUrl: api }).call<{
      access_token: string;
      organization: { id: string };
    }>('POST', '/v1/auth/register', account);
    const owner = new TessellateClient({ baseUrl: api, credentials: session.access_token });
    const { key } = await owner.call<{ key: string }>('POST', '/v1/api-keys', { name: 'drill' });
    // An API that is killed is back within seconds.
    const client = new TessellateClient({ baseUrl: api, credentials: key, maxAttempts: 12 });
    const { id: weatherId } = await client.upload('/v1/weather', new Uint8Array(file), {
      name: 'drill',
    });
    clients.push({ client, weatherId, orgId: session.organization.id });
  }
  for (let index = 0; index < endpoints + ORGANIZATIONS; index++) {
    const { client, orgId } = clients[index % ORGANIZATIONS];
    const events = index < endpoints ? ['job.succeeded'] : ['job.failed', 'report.ready'];
    const { secret } = await client.call<{ secret: string }>('POST', '/v1/webhooks', {
      url: `${target}/e/${index}`,
      events,
    });
    receiver.endpoints.push({ index, orgId, secret, isFailing: index < endpoints && index % 3 === 0 });
  }
  return clients;
}

async function run(
  folder: string,
  database: Database,
  receiver: Receiver,
  clients: readonly { client: TessellateClient; weatherId: string; orgId: string }[],
  { deliveries, endpoints, failures, workerKills, apiKills }: DrillOptions,
  say: (line: string) => void,
): Promise<Line[]> {
  const perOrganization = Math.ceil(deliveries / endpoints);
  const expected = new Set<string>();
  const from = performance.now();
  const elapsed = (): string => `${((performance.now() - from) / 1000).toFixed(0).padStart(4)} s`;
  const kills = [
    ...Array.from({ length: workerKills }, (_one, i) => ({ name: 'worker', at: (i + 1) / (workerKills + 1.5) })),
    ...Array.from({ length: apiKills }, (_one, i) => ({ name: 'api', at: (i + 1) / (apiKills + 1) })),
  ].sort((a, b) => a.at - b.at);
  let killed = 0;
  const submitting = Promise.all(
    clients.map(async ({ client, weatherId, orgId }) => {
      let left = perOrganization;
      const own = receiver.endpoints.filter((one) => one.orgId === orgId && one.index < endpoints);
      const next = async (): Promise<void> => {
        while (left-- > 0) {
          const { id } = await client.submit('/v1/solar/analyze', {
            weather_id: weatherId,
            system: { dc_capacity_kw: 100 },
            include_series: false,
          });
          for (const { index } of own) expected.add(`${index} ${id}`);
        }
      };
      await Promise.all(Array.from({ length: JOBS_AT_ONCE }, next));
    }),
  );
  let isSubmitted = false;
  submitting.then(
    () => {
      isSubmitted = true;
    },
    () => undefined,
  );
  const total = perOrganization * endpoints;
  let requests = 0;
  let lastAt = performance.now();
  const isStill = (): boolean => performance.now() - lastAt > STILL_LIMIT_MS;
  for (let lastReport = 0; !isStill(); await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (receiver.requests > requests) {
      requests = receiver.requests;
      lastAt = performance.now();
    }
    const { name, at } = kills[0] ?? { name: '', at: 2 };
    if (receiver.seen.size / total >= at) {
      kills.shift();
      killed++;
      say(`${elapsed()}  ${receiver.seen.size} of ${total} seen; ${name} is killed (-9)`);
      process.kill(pidOf(folder, name), 'SIGKILL');
    }
    if (performance.now() - lastReport > 30_000) {
      lastReport = performance.now();
      say(`${elapsed()}  ${expected.size} promised, ${receiver.seen.size} seen, ${receiver.taken} taken`);
    }
    const open = [...expected].some((key) => !receiver.seen.get(key)?.taken);
    if (isSubmitted && !open) break;
  }
  await submitting;
  say(`${elapsed()}  ${receiver.taken} taken; waiting for the log`);
  const unended = async (): Promise<number> =>
    (
      await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM webhook_deliveries WHERE status = 'pending'`)
    )[0].n;
  while ((await unended()) > 0 && !isStill()) await new Promise((resolve) => setTimeout(resolve, 200));
  const [log] = await database.query<{ deliveries: number; succeeded: number; attempts: number }>(
    `SELECT (SELECT count(*) FROM webhook_deliveries)::int AS deliveries,
       (SELECT count(*) FROM webhook_deliveries WHERE status = 'succeeded')::int AS succeeded,
       (SELECT count(*) FROM webhook_attempts)::int AS attempts`,
  );
  const missing = [...expected].filter((key) => !receiver.seen.get(key)?.taken).length;
  const others = [...receiver.seen.keys()].filter((key) => !expected.has(key)).length + receiver.strangers.length;
  for (const stranger of receiver.strangers.slice(0, 5)) say(stranger);
  const ambiguous = [...receiver.seen.values()].filter(({ ids }) => ids.size !== 1).length;
  const names = new Map<string, string>();
  for (const [key, { ids }] of receiver.seen)
    for (const id of ids) {
      const job = key.split(' ')[1];
      names.set(id, names.get(id) === undefined || names.get(id) === job ? job : 'several');
    }
  const shared = [...names.values()].filter((job) => job === 'several').length;
  const { early, late } = await schedule(database);
  const at = (q: number): number => late[Math.floor(q * (late.length - 1))] ?? 0;
  const number = (value: number): string => value.toLocaleString('en-US');
  const line = (name: string, value: number | string, limit: string, ok: boolean): Line => ({
    name,
    value: typeof value === 'number' ? number(value) : value,
    limit,
    ok,
  });
  return [
    line('deliveries promised', expected.size, `>= ${number(deliveries)}`, expected.size >= deliveries),
    line('processes killed', killed, `= ${workerKills + apiKills}`, killed === workerKills + apiKills),
    line('never taken by their receiver', missing, '= 0', missing === 0),
    line('sent to others, or not as promised', others, '= 0', others === 0),
    line('notified with more than one webhook-id', ambiguous + shared, '= 0', ambiguous + shared === 0),
    line(
      'log: deliveries succeeded',
      log.succeeded,
      `= ${number(expected.size)}`,
      log.succeeded === expected.size && log.deliveries === expected.size,
    ),
    line(
      'requests that are not in the log (repeated after kills)',
      receiver.requests - log.attempts,
      '>= 0',
      receiver.requests >= log.attempts,
    ),
    line('retries on the schedule', late.length, failures > 0 ? '> 0' : '= 0', late.length > 0 === failures > 0),
    line('retries before their time', early, '= 0', early === 0),
    line(
      'retry later than its time, median [s]',
      at(0.5).toFixed(2),
      `<= ${LATE_LIMIT_S.median}`,
      at(0.5) <= LATE_LIMIT_S.median,
    ),
    line('retry later than its time, p99 [s]', at(0.99).toFixed(2), '', true),
    line(
      'retry later than its time, most [s]',
      at(1).toFixed(2),
      `<= ${LATE_LIMIT_S.most}`,
      at(1) <= LATE_LIMIT_S.most,
    ),
  ];
}

function pidOf(folder: string, name: string): number {
  const pids = join(folder, 'run', 'pids');
  const file = readdirSync(pids).find((one) => one.endsWith(`-${name}.json`));
  const entry = file && readPidFile(join(pids, file));
  if (!entry) throw new Error(`no process ${name}`);
  return entry.pid;
}

/** Compares the waits between a failed attempt and the next one with the schedule. */
async function schedule(database: Database): Promise<{ early: number; late: number[] }> {
  const gaps = await database.query<{ attempt: number; status_code: number | null; gap_s: number }>(
    `SELECT a.attempt, a.status_code, extract(epoch FROM b.started_at - a.started_at)::float8 - a.latency_ms / 1000 AS gap_s
     FROM webhook_attempts a JOIN webhook_attempts b
       ON b.delivery_id = a.delivery_id AND b.round = a.round AND b.attempt = a.attempt + 1`,
  );
  const late = gaps
    .map(
      ({ attempt, status_code, gap_s }) => gap_s - waitAfter(attempt, status_code === 503 ? ASKED_WAIT_S : undefined),
    )
    .sort((a, b) => a - b);
  return { early: late.filter((s) => s < -EARLY_TOLERANCE_S).length, late };
}

/** Compares deliveries per second with bare one-activity workflows per second, alternately, on the same server. */
async function throughput(
  { databaseUrl, temporalAddress }: Embedded,
  database: Database,
  receiver: Receiver,
  { throughput: count, endpoints }: DrillOptions,
  say: (line: string) => void,
): Promise<Line[]> {
  const program = fileURLToPath(new URL('../suites/bare-process.js', import.meta.url));
  const bare: ChildProcess = spawn(process.execPath, [program, temporalAddress, databaseUrl], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: bare.stdout! }).once('line', () => resolve());
      bare.once('exit', (code) => reject(new Error(`the bare process ended with ${code}`)));
    });
    const temporal = new Client({ connection });
    let number = 0;
    const bareRate = async (): Promise<number> => {
      const from = performance.now();
      let left = count;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (left-- > 0)
            await temporal.workflow.execute('bare', { taskQueue: 'bench-bare', workflowId: `bare-${++number}` });
        }),
      );
      return (1000 * count) / (performance.now() - from);
    };
    const orgs = [...new Set(receiver.endpoints.map(({ orgId }) => orgId))];
    const ourRate = async (): Promise<number> => {
      const before = receiver.taken;
      const events = Math.round(count / endpoints);
      const from = performance.now();
      for (let i = 0; i < events; i++)
        for (const orgId of orgs)
          await database.transaction((tx) => emitEvent(tx, orgId, 'job.succeeded', { job_id: `job_${++number}` }));
      const made = events * endpoints;
      for (;;) {
        if (receiver.taken - before >= made) {
          const [{ open }] = await database.query<{ open: boolean }>(
            `SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE status = 'pending') AS open`,
          );
          if (!open) return (1000 * made) / (performance.now() - from);
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const pairs: { bare: number; ours: number }[] = [];
    // The first round warms both sides.
    for (let round = 0; round <= THROUGHPUT_ROUNDS; round++) {
      const pair = { bare: await bareRate(), ours: await ourRate() };
      say(
        `throughput: bare ${pair.bare.toFixed(0)}/s, deliveries ${pair.ours.toFixed(0)}/s${round === 0 ? ' (warm-up)' : ''}`,
      );
      if (round > 0) pairs.push(pair);
    }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];
    const ratio = median(pairs.map(({ bare: one, ours }) => ours / one));
    return [
      {
        name: 'bare workflows, median [1/s]',
        value: median(pairs.map((pair) => pair.bare)).toFixed(1),
        limit: '',
        ok: true,
      },
      {
        name: 'deliveries, median [1/s]',
        value: median(pairs.map((pair) => pair.ours)).toFixed(1),
        limit: '',
        ok: true,
      },
      {
        name: 'ratio, median [1]',
        value: ratio.toFixed(2),
        limit: `>= ${THROUGHPUT_GOAL}`,
        ok: ratio >= THROUGHPUT_GOAL,
      },
    ];
  } finally {
    bare.kill();
    await connection.close();
  }
}

export const FULL_DRILL: DrillOptions = {
  deliveries: 10_000,
  endpoints: 50,
  failures: RETRY_WAITS_S.length,
  workerKills: 2,
  apiKills: 1,
  throughput: 400,
  seed: 1,
};

/** What the drills of operations share: servers and processes that a drill ends and starts again, and customers with their webhooks. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MIGRATIONS } from '../../migrations/index.ts';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { TessellateClient } from '../../src/client/client.ts';
import { verifyWebhook } from '../../src/client/webhook.ts';
import { embeddedPostgres } from '../../temporal/embedded/embedded-postgres.ts';
import { freePort } from '../../temporal/embedded/ports.ts';
import { startOf } from '../../temporal/embedded/processes.ts';
import { eventually } from '../../test/support/eventually.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { guard } from '../../test/support/shared.ts';

export type Say = (line: string) => void;

export interface Verdict {
  readonly what: string;
  readonly value: string;
  readonly ok: boolean;
}
/** A count that must be 0 */
export const none = (what: string, faults: readonly string[]): Verdict => ({
  what,
  value: faults.length === 0 ? '0' : `${faults.length}: ${faults.slice(0, 5).join('; ')}`,
  ok: faults.length === 0,
});

/** Prints the verdicts. @returns whether all are good */
export function printed(verdicts: readonly Verdict[], say: Say): boolean {
  const width = Math.max(...verdicts.map(({ what }) => what.length));
  for (const { what, value, ok } of verdicts) say(`  ${what.padEnd(width)}  ${value}  ${ok ? 'ok' : 'BREACH'}`);
  return verdicts.every(({ ok }) => ok);
}

/** Linux counts processor time in this unit [1/s]. */
const TICKS_PER_S = 100;

/** Processor time that a process has used [s] */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

/** Settings of processes in drills */
export const SETTINGS = {
  SECRET_KEY: 'a secret that only this drill uses, of 40 letters',
  WEBHOOK_ALLOW_LOOPBACK: 'true',
  LOG_LEVEL: 'WARNING',
};

/** Runs a drill in a folder of its own; whatever the drill started ends with it, also if the drill is killed. */
export async function inDrillFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-drill-'));
  chmodSync(folder, 0o755);
  // The servers of tests have a guardian that ends them; it knows the drill by this folder.
  const guarded = join(folder, 'guarded');
  mkdirSync(guarded);
  process.env.TESSELLATE_TEST_RUN = guarded;
  try {
    return await run(folder);
  } finally {
    const guardians = readdirSync(guarded).map((name) => Number(readFileSync(join(guarded, name, 'pid'), 'utf8')));
    writeFileSync(join(guarded, 'over'), '');
    while (guardians.some((pid) => startOf(pid) !== undefined)) await setTimeout(50);
    rmSync(folder, { recursive: true, force: true });
  }
}

const running = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** PostgreSQL with a database that has all tables. It writes to disk as in production. @param folder of its data */
export async function startPostgresServer(folder: string, say: Say) {
  const port = await freePort();
  const spec = (await embeddedPostgres(folder, port, 'drill', inheritedEnvironment(), say)).child;
  const url = `postgresql://postgres:drill@127.0.0.1:${port}/tessellate`;
  const log = openSync(join(folder, '..', 'postgres.log'), 'a');
  let server: ChildProcess;
  const postgres = {
    url,
    isUp: () => running(server),
    /** Waits until it answers; a server that was killed may find its memory still in use, and is started again. */
    async start(): Promise<void> {
      await eventually(async () => {
        if (!server || !running(server)) {
          const { command, args, uid, gid } = spec;
          server = spawn(command, args, { uid, gid, stdio: ['ignore', log, log], cwd: folder });
          await once(server, 'spawn');
          await guard(server).catch(() => undefined); // it has ended already: the next look starts another
        }
        return (await spec.healthy()) || undefined;
      }, 'PostgreSQL');
    },
    async end(signal: NodeJS.Signals): Promise<void> {
      if (!running(server)) return;
      server.kill(signal);
      await once(server, 'exit');
    },
    /** The server and its backends */
    pids(): number[] {
      const backends = execFileSync('pgrep', ['-P', String(server.pid)], { encoding: 'utf8' });
      return [server.pid!, ...backends.trim().split('\n').map(Number)];
    },
    /** Stops or continues all of its processes: connections stay open, and nothing answers. */
    pause(on: boolean): void {
      for (const pid of postgres.pids()) process.kill(pid, on ? 'SIGSTOP' : 'SIGCONT');
    },
  };
  await postgres.start();
  const database = await Database.connect({ url, poolSize: 1, applicationName: 'drill' });
  await new Migrator(database.dataSource, MIGRATIONS).up().finally(() => database.close());
  return postgres;
}

/** Receives webhooks, and counts the ids of each job. */
export class Receiver {
  secret = '';
  readonly ids = new Map<string, Set<string>>();
  readonly refused: string[] = [];
  readonly #server = createServer(async (request, response) => {
    try {
      let body = '';
      for await (const part of request) body += part;
      const { type, data } = verifyWebhook<{ job_id: string }>(body, request.headers, this.secret);
      const key = `${data.job_id} ${type}`;
      this.ids.set(key, (this.ids.get(key) ?? new Set()).add(String(request.headers['webhook-id'])));
      response.writeHead(204).end();
    } catch (error) {
      this.refused.push((error as Error).message);
      response.writeHead(400).end();
    }
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}/`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** An organization with a key, weather, and a receiver of webhooks. */
export async function newDrillCustomer(baseUrl: string, receiver: Receiver) {
  const account = { email: `${randomUUID()}@example.com`, password: randomUUID(), name: 'D', organization_name: 'D' };
  const { access_token: token } = await new TessellateClient({ baseUrl }).request('POST /v1/auth/register', {
    body: account,
  });
  const owner = new TessellateClient({ baseUrl, credentials: token });
  const { key } = await owner.request('POST /v1/api-keys', { body: { name: 'drill' } });
  const client = new TessellateClient({ baseUrl, credentials: key });
  const events = ['job.succeeded' as const, 'job.failed' as const];
  const webhook = await client.request('POST /v1/webhooks', { body: { url: await receiver.start(), events } });
  receiver.secret = webhook.secret;
  const { id: weatherId } = await client.upload('/v1/weather', weatherFile(WEATHER.greensboro), { name: 'drill' });
  return { key, client, weatherId, webhookId: webhook.id };
}

/**
 * Waits until all jobs have ended and their webhooks are delivered.
 * @param jobs what each job computes, by its id: jobs that compute the same must have the same bits
 * @param expected the results of undisturbed jobs, by what they compute
 */
export async function judgeJobs(
  databaseUrl: string,
  jobs: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
  receiver: Receiver,
): Promise<Verdict[]> {
  const database = await Database.connect({ url: databaseUrl, poolSize: 1, applicationName: 'drill' });
  try {
    const ids = [...jobs.keys()];
    const open = async (sql: string): Promise<number> => (await database.query<{ n: number }>(sql, [ids]))[0].n;
    await eventually(
      async () =>
        (await open(
          `SELECT count(*)::int AS n FROM jobs WHERE id = ANY($1) AND status NOT IN ('succeeded', 'failed', 'cancelled')`,
        )) === 0 || undefined,
      'the end of all jobs',
    );
    const lacking = () => ids.filter((id) => !receiver.ids.has(`${id} job.succeeded`));
    const deadline = Date.now() + WEBHOOKS_LIMIT_MS;
    while (lacking().length > 0 && Date.now() < deadline) await setTimeout(100);
    const rows = await database.query<{ id: string; status: string; result: object; error: object }>(
      'SELECT id, status, result, error FROM jobs WHERE id = ANY($1)',
      [ids],
    );
    const [{ n: nStored }] = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM jobs');
    const failed = rows.filter(({ status }) => status !== 'succeeded');
    const other = rows.filter(
      ({ id, status, result }) => status === 'succeeded' && JSON.stringify(result) !== expected.get(jobs.get(id)!),
    );
    const repeated = [...receiver.ids].filter(([, one]) => one.size > 1);
    const unknown = [...receiver.ids.keys()].filter((key) => !jobs.has(key.split(' ')[0]));
    return [
      { what: 'jobs accepted', value: String(jobs.size), ok: rows.length === jobs.size },
      { what: 'jobs stored that nobody was promised', value: String(nStored - jobs.size), ok: nStored === jobs.size },
      none(
        'jobs that did not succeed',
        failed.map(({ id, status, error }) => `${id} ${status} ${JSON.stringify(error)}`),
      ),
      none(
        'results with other bits than undisturbed ones',
        other.map(({ id }) => `${id} ${jobs.get(id)}`),
      ),
      none('ends of jobs without a webhook', lacking()),
      none('ends of jobs with more than one webhook id, or unknown ones', [
        ...repeated.map(([key]) => key),
        ...unknown,
      ]),
      none('webhooks that the receiver refused', receiver.refused),
    ];
  } finally {
    await database.close();
  }
}

/** Longer than all waits between the attempts at a delivery */
const WEBHOOKS_LIMIT_MS = 500_000;

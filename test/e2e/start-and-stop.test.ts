/** How the programs start, fail to start and stop, as separate processes with real servers. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { queueStates } from '../../src/adapters/temporal/queue-states.ts';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { freePort } from '../../temporal/embedded/ports.ts';
import { doorTo } from '../support/door.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { guard } from '../support/shared.ts';

const API = ['dist/src/api/server.js'];
const worker = (...options: string[]): string[] => ['dist/src/cli/main.js', 'worker', ...options];

let platform: Platform;
let environment: NodeJS.ProcessEnv;

/** Starts a program with the platform's settings; `output` grows while it runs. */
async function program(
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
  command = process.execPath,
) {
  const child = spawn(command, args, { env: { ...environment, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const one = {
    child,
    output: '',
    ended: () => closed,
  };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      one.output += part;
    });
  await guard(child);
  return one;
}
type Program = Awaited<ReturnType<typeof program>>;

/** @returns the only line of a program that could not start, which is JSON */
async function failure(one: Program): Promise<Record<string, unknown>> {
  await one.ended();
  const lines = one.output.trim().split('\n');
  expect([one.child.exitCode, lines.length]).toEqual([1, 1]);
  return JSON.parse(lines[0]) as Record<string, unknown>;
}

const statusOf = (address: string): Promise<number> =>
  fetch(address).then(
    ({ status }) => status,
    () => 0,
  );
/** Waits until the address answers with the status. @throws at once if the program that should has ended */
const becomes = (address: string, status: number, one?: Program) =>
  eventually(async () => {
    if (one && one.child.exitCode !== null) throw new Error(`It ended before ${status}:\n${one.output}`);
    return (await statusOf(address)) === status ? true : undefined;
  }, `${status} of ${address}`);

beforeAll(async () => {
  platform = await startPlatform();
  await platform.startTemporal();
  environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    APP_ENV: 'development',
    HOST: '127.0.0.1',
    DATABASE_URL: platform.database.options.url,
    TEMPORAL_ADDRESS: platform.temporalAddress,
    PORT: String(await freePort()),
    WORKER_HEALTH_PORT: String(await freePort()),
  };
});
afterAll(() => platform?.stop());

test('production without keys of Stripe says once that billing is off', async () => {
  const production = {
    APP_ENV: 'production',
    SECRET_KEY: 'a secret of this test, of more than 32 characters',
    JWT_SECRET_KEY: 'another secret of this test, of more than 32 characters',
    API_BASE_URL: 'https://api.example.com',
    SENDGRID_API_KEY: 'SG.test',
    NLR_API_KEY: 'test',
    WORKERS: '1',
  };
  const api = await program(API, production);
  await becomes(`http://127.0.0.1:${environment.PORT}/health`, 200, api);
  expect(api.output.match(/Billing is off: STRIPE_SECRET_KEY is not set/g)).toHaveLength(1);
  api.child.kill('SIGTERM');
  await api.ended();
});

describe('a process that cannot start ends with status 1 and one JSON line', () => {
  let taken: Server;
  let takenPort: string;
  beforeAll(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    takenPort = String((taken.address() as { port: number }).port);
  });
  afterAll(() => {
    taken?.close();
  });

  test.each<[string, string[], Record<string, string>, string]>([
    ['settings that are refused', API, { PORT: 'x', LOG_LEVEL: 'LOUD' }, 'The environment has 2 problem'],
    ['a wrong password of the database', API, { DATABASE_URL: 'WRONG' }, 'password authentication failed'],
    ['no namespace', worker(), { TEMPORAL_NAMESPACE: 'nowhere' }, 'Namespace nowhere is not found'],
    ['TLS to a server without it', worker(), { TEMPORAL_TLS_ENABLED: 'true' }, 'InvalidData'],
    [
      'an option that is refused',
      worker('--concurrency', '0'),
      {},
      'WORKER_CONCURRENCY: expected an integer from 1 to 256',
    ],
    ['a queue that does not exist', worker('--queues', 'sun'), {}, 'No queue sun; there are'],
  ])('%s', async (_name, args, more, expected) => {
    const wrong = Object.assign(new URL(platform.database.options.url), { password: 'wrong' }).href;
    const settings = more.DATABASE_URL ? { DATABASE_URL: wrong } : more;
    const line = await failure(await program(args, settings));
    expect([line.level, String(line.message)]).toEqual(['ERROR', expect.stringContaining(expected)]);
  });

  test.each<[string, string[], string]>([
    ['the API', API, 'PORT'],
    ['the worker', worker(), 'WORKER_HEALTH_PORT'],
  ])('the port of %s is taken', async (_name, args, variable) => {
    const { message } = await failure(await program(args, { [variable]: takenPort }));
    expect(message).toContain(`EADDRINUSE: address already in use 127.0.0.1:${takenPort}`);
  });

  test('what it waits for does not come in time', async () => {
    const nobody = `postgresql://a:b@127.0.0.1:${await freePort()}/c`;
    const { message } = await failure(await program(API, { DATABASE_URL: nobody, START_WAIT_SECONDS: '0' }));
    expect(message).toContain('PostgreSQL was not ready within 0 s: connect ECONNREFUSED');
  });
});

test('the command line fails with one line and status 1', async () => {
  for (const [args, text] of [
    [['ops', 'queues'], 'tessellate: TEMPORAL_ADDRESS is not set. Set it to host:port'],
    [['migrate', 'up'], 'tessellate: DATABASE_URL is not set'],
  ] as const) {
    const one = await program(['dist/src/cli/main.js', ...args], { TEMPORAL_ADDRESS: '', DATABASE_URL: '' });
    await one.ended();
    expect(one.child.exitCode).toBe(1);
    expect(one.output.trim().split('\n')).toEqual([expect.stringContaining(text)]);
  }
});

describe('a process that waits', () => {
  test('the API answers 503 until PostgreSQL is there, then it serves', async () => {
    const url = new URL(platform.database.options.url);
    const postgres = await doorTo(url.hostname, Number(url.port));
    url.port = String(postgres.port);
    const api = await program(API, { DATABASE_URL: url.href });
    const health = `http://127.0.0.1:${environment.PORT}/health`;
    await becomes(health, 503);
    expect(await statusOf(`${health}/ready`)).toBe(503);
    await postgres.open();
    await becomes(health, 200, api);
    expect(api.output).toContain('"message":"PostgreSQL is not ready; the next attempt is in 1 s"');
    api.child.kill('SIGTERM');
    await api.ended();
    postgres.close();
    expect(api.child.exitCode).toBe(0);
  });

  test('the worker has its health port open until Temporal is there, then it polls', async () => {
    const [host, port] = platform.temporalAddress.split(':');
    const temporal = await doorTo(host, Number(port));
    const one = await program(worker(), { TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}` });
    const health = `http://127.0.0.1:${environment.WORKER_HEALTH_PORT}/health`;
    await becomes(health, 503);
    await eventually(async () => one.output.includes('Temporal is not ready') || undefined, 'its log');
    await temporal.open();
    await becomes(health, 200, one);
    one.child.kill('SIGTERM');
    await one.ended();
    temporal.close();
    expect(one.child.exitCode).toBe(0);
  });

  test('SIGTERM ends it at once', async () => {
    const one = await program(worker(), { TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` });
    await eventually(async () => one.output.includes('Temporal is not ready') || undefined, 'its log');
    one.child.kill('SIGTERM');
    await one.ended();
    expect(one.child.exitCode).toBe(0);
  });
});

test('the worker takes its options from the command line, and Temporal shows its identity', async () => {
  const options = ['--queues', 'solar', '--concurrency', '3', '--max-tasks-per-child', '50'];
  const one = await program(worker(...options, '--log-level', 'warning', '--identity', 'solar-worker@here'));
  await becomes(`http://127.0.0.1:${environment.WORKER_HEALTH_PORT}/health`, 200, one);
  const temporal = new TemporalClient({ address: platform.temporalAddress, namespace: 'default' });
  await eventually(async () => {
    const states = await queueStates(temporal.client);
    const identities = states.filter(({ queue }) => queue === 'solar').flatMap(({ pollers }) => pollers);
    return identities.some(({ identity }) => identity === 'solar-worker@here') || undefined;
  }, 'its identity in Temporal');
  await temporal.close();
  const metrics = await (await fetch(`http://127.0.0.1:${environment.WORKER_HEALTH_PORT}/metrics`)).text();
  expect(metrics).toMatch(/^temporal_worker_task_slots_available\{.*worker_type="ActivityWorker".*\} 3$/m);
  one.child.kill('SIGTERM');
  await one.ended();
  expect(one.child.exitCode).toBe(0);
  // INFO lines are below the level.
  expect(one.output).not.toContain('Worker polls');
});

describe('SIGTERM', () => {
  test('of the API: readiness fails, requests are served for DRAIN_SECONDS, then the port closes and it ends with 0', async () => {
    const api = await program(API, { DRAIN_SECONDS: '3' });
    const base = `http://127.0.0.1:${environment.PORT}`;
    await becomes(`${base}/health/ready?require=database`, 200, api);
    api.child.kill('SIGTERM');
    await becomes(`${base}/health/ready?require=database`, 503);
    expect(await (await fetch(`${base}/health/ready`)).json()).toMatchObject({
      checks: { database: 'ok', process: 'error: the process is stopping' },
    });
    expect(await statusOf(`${base}/openapi.json`)).toBe(200);
    await becomes(base, 0);
    await api.ended();
    expect(api.child.exitCode).toBe(0);
  });

  /** Runs a command as PID 1 of a namespace of its own. */
  const asFirstProcess = (command: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    return program([...user, '--pid', '--fork', '--kill-child', ...command], more, 'unshare');
  };
  const entry = (...inner: string[]) => asFirstProcess(['sh', 'deploy/docker-entrypoint.sh', ...inner]);
  /** Sends SIGTERM to PID 1 of the namespace, once there is one; unshare itself passes no signal on. */
  const signal = async ({ child }: { readonly child: ChildProcess }): Promise<void> => {
    const pid = await eventually(async () => {
      if (child.exitCode !== null) return 'ended' as const;
      const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' });
      return Number(stdout) || undefined;
    }, 'PID 1 of the namespace');
    if (pid !== 'ended') spawnSync('kill', ['-TERM', String(pid)]);
  };

  test('reaches the entry of an image as PID 1 while it migrates, and the process afterwards', async () => {
    // The migration waits: somebody else holds its lock.
    await platform.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(7461733661)');
      const early = await entry('node', '-e', 'console.log("has started")');
      await eventually(async () => early.output.includes('waiting for another migration') || undefined, 'its line');
      await signal(early);
      await early.ended();
      expect([early.child.exitCode, early.output]).toEqual([143, 'waiting for another migration\n']);
    });

    const late = await entry('node', ...API);
    await becomes(`http://127.0.0.1:${environment.PORT}/health`, 200, late);
    await signal(late);
    await late.ended();
    expect(late.child.exitCode).toBe(0);
    expect(late.output).toContain('"message":"API has stopped"');
  });

  test('reaches the programs as PID 1 before they have loaded', async () => {
    for (const args of [API, worker()]) {
      const elsewhere = { START_WAIT_SECONDS: '60', TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` };
      const one = await asFirstProcess([process.execPath, ...args], elsewhere);
      // Until Node runs the first line, PID 1 ignores the signal: it is repeated.
      await eventually(async () => {
        if (one.child.exitCode !== null) return true;
        await signal(one);
        return undefined;
      }, 'its end');
      // 143 before the program has set what to do, 0 afterwards.
      expect([0, 143]).toContain(one.child.exitCode);
      expect(one.output).toBe('');
    }
  });
});

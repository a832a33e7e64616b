/** A real Redis for tests: the system's redis-server. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freePort } from './postgres.ts';
import { guard } from './shared.ts';

export interface TestRedis {
  readonly url: string;
  start(): Promise<void>;
  isUp(): boolean;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** SIGSTOP and SIGCONT: it holds its connections and answers nothing. */
  hang(on: boolean): void;
}

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}/0`,
    isUp: () => server !== undefined && server.exitCode === null && server.signalCode === null,
    async start() {
      server = spawn(
        'redis-server',
        [
          ...['--port', String(port), '--bind', '127.0.0.1'],
          ...['--save', '', '--appendonly', 'no', '--maxmemory', '256mb'],
        ],
        {
          stdio: 'ignore',
        },
      );
      await guard(server);
      const probe = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null });
      probe.on('error', () => undefined); // the loop repeats until it answers
      await eventually(
        () =>
          probe
            .connect()
            .then(() => true as const)
            .catch(() => undefined),
        'Redis',
      );
      probe.disconnect();
    },
    async kill(signal = 'SIGKILL') {
      if (!server || !redis.isUp()) return;
      server.kill('SIGCONT');
      server.kill(signal);
      await once(server, 'exit');
    },
    hang: (on) => void server?.kill(on ? 'SIGSTOP' : 'SIGCONT'),
  };
  await redis.start();
  return redis;
}

/** A real Redis for tests, from the system's redis-server; where there is none the tests say that they are skipped, in CI they fail. */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freePort } from './postgres.ts';

const there = spawnSync('redis-server', ['--version']).status === 0;

/** `describe` of tests that need Redis. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (there) describe(name, tests);
  else if (process.env.CI)
    test(name, () => {
      throw new Error('redis-server is not installed; in CI nothing is skipped');
    });
  else describe.skip(`${name} (SKIPPED: redis-server is not installed)`, tests);
}

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
        ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
        {
          stdio: 'ignore',
        },
      );
      const probe = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null });
      probe.on('error', () => undefined); // it is asked until it answers
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

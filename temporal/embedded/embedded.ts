/**
 * The whole platform on one machine: embedded PostgreSQL, a Temporal development server with its Web UI, the API and a
 * worker.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MIGRATIONS } from '../../migrations/index.ts';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { installationSecrets } from '../../src/adapters/config/installation-secrets.ts';
import { INSTANCE_HEADER } from '../../src/contracts/operations/operations.schema.ts';
import { TASK_QUEUES } from '../../src/contracts/jobs/kinds.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { cliCache, devServer, findTemporalCli, serverVersion } from './dev-server.ts';
import { embeddedPostgres } from './embedded-postgres.ts';
import { claimPort, freePort, releasePorts } from './ports.ts';
import { type Identity, identify, isAlive } from './processes.ts';
import { endOrphans, Supervisor } from './supervisor.ts';

export interface Addresses {
  readonly api: string;
  readonly docs: string;
  /** Absent when TEMPORAL_ADDRESS names a server whose Web UI is not known. */
  readonly temporalUi?: string;
}

export interface Embedded extends Addresses {
  readonly databaseUrl: string;
  /** host:port */
  readonly temporalAddress: string;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Lock extends Identity {
  /** Called when it is ready. */
  readonly addresses?: Addresses;
}

/** Another process uses this data folder. */
export class AlreadyRunning extends Error {
  readonly addresses: Addresses | undefined;

  constructor(lock: Lock) {
    super(`Process ${lock.pid} runs the platform on this data folder already`);
    this.name = 'AlreadyRunning';
    this.addresses = lock.addresses;
  }
}

const DIST = fileURLToPath(new URL('../..', import.meta.url));
const USUAL_PORTS = { api: 8000, worker: 8081, postgres: 5433, temporal: 7233, temporalUi: 8233 };
/** The first server version with fairness between organizations. */
const FAIRNESS_SINCE = 1.32;
const START_LIMIT_MS = 60_000;

/**
 * Starts all servers on this machine.
 * @param folder contains everything that survives a restart
 * @param environment of the children; DATABASE_URL, TEMPORAL_ADDRESS and PORT are honoured
 * @param signal ends a start that is under way
 * @throws AlreadyRunning, or Error with the log of the part that did not start
 */
export async function startEmbedded(
  folder: string,
  say: (line: string) => void,
  environment: Environment = inheritedEnvironment(),
  signal: AbortSignal = new AbortController().signal,
): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  const lockFile = join(folder, 'lock.json');
  takeLock(lockFile);
  const supervisorFolder = join(folder, 'run');
  const orphans = await endOrphans(join(supervisorFolder, 'pids'));
  if (orphans.length > 0) say(`ended what an earlier start left behind: ${orphans.join(', ')}`);
  const supervisor = new Supervisor(supervisorFolder, say);
  let ports: typeof USUAL_PORTS | undefined;
  const stop = async (): Promise<void> => {
    await supervisor.stop();
    if (ports) releasePorts(Object.values(ports));
    rmSync(lockFile, { force: true });
  };
  // Parts start side by side: when one fails, the others end.
  const failure = new AbortController();
  const ending = AbortSignal.any([signal, failure.signal]);
  ending.addEventListener('abort', () => void supervisor.stop(), { once: true });
  try {
    ports = await choosePorts(environment, say);
    const parts = await startParts({ folder, supervisor, say, environment, ports }, ending);
    const { api, docs, temporalUi } = parts;
    const lock: Lock = { ...identify(process.pid), addresses: { api, docs, temporalUi } };
    writeFileSync(`${lockFile}.new`, JSON.stringify(lock));
    renameSync(`${lockFile}.new`, lockFile);
    return { ...parts, stop };
  } catch (error) {
    failure.abort();
    await stop();
    throw error;
  }
}

interface Start {
  readonly folder: string;
  readonly supervisor: Supervisor;
  readonly say: (line: string) => void;
  readonly environment: Environment;
  readonly ports: typeof USUAL_PORTS;
}

async function startParts(
  { folder, supervisor, say, environment, ports }: Start,
  signal: AbortSignal,
): Promise<Omit<Embedded, 'stop'>> {
  const secrets = installationSecrets(folder);

  async function startDatabase(): Promise<string> {
    let url = environment.DATABASE_URL;
    if (url) say('PostgreSQL: DATABASE_URL');
    else {
      const postgres = await embeddedPostgres(folder, ports.postgres, secrets.database, environment, say);
      await supervisor.start(postgres.child);
      url = postgres.url;
      say(`PostgreSQL: 127.0.0.1:${ports.postgres}`);
    }
    const database = await Database.connect({ url, poolSize: 1, applicationName: 'tessellate-migrate' });
    try {
      const applied = await new Migrator(database.dataSource, MIGRATIONS).up();
      if (applied.length > 0) say(`migrations applied: ${applied.length}`);
    } finally {
      await database.close();
    }
    return url;
  }

  async function startTemporal(): Promise<{ address: string; ui?: string }> {
    if (environment.TEMPORAL_ADDRESS) {
      say(`Temporal: TEMPORAL_ADDRESS, ${environment.TEMPORAL_ADDRESS}`);
      return { address: environment.TEMPORAL_ADDRESS, ui: environment.TEMPORAL_UI_URL };
    }
    const executable = await findTemporalCli(cliCache(), say, signal);
    const version = serverVersion(executable) ?? '0.0';
    const fairness = Number(version.split('.').slice(0, 2).join('.')) >= FAIRNESS_SINCE;
    if (!fairness) say(`Temporal server ${version}: no fairness between organizations, which needs ${FAIRNESS_SINCE}`);
    const address = `127.0.0.1:${ports.temporal}`;
    const { close, ...child } = devServer(
      {
        executable,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        fairness,
        // An older server cannot read a newer one's file.
        file: join(folder, `temporal-${version.split('.').slice(0, 2).join('.')}.db`),
        namespace: `installation-${(await sha256(Buffer.from(secrets.database))).slice(0, 16)}`,
      },
      environment,
    );
    try {
      await supervisor.start(child);
    } finally {
      await close();
    }
    say(`Temporal: ${address}, server ${version}`);
    return { address, ui: `http://127.0.0.1:${ports.temporalUi}` };
  }

  const [databaseUrl, temporal] = await Promise.all([startDatabase(), startTemporal()]);
  const api = `http://127.0.0.1:${ports.api}`;
  // Shows that the server that answers is the one that was started here.
  const instance = randomBytes(16).toString('hex');
  const env = {
    ...environment,
    INSTANCE_ID: instance,
    // What the user has set goes before these.
    SECRET_KEY: environment.SECRET_KEY ?? secrets.application,
    WORKER_CONCURRENCY: environment.WORKER_CONCURRENCY ?? String(Math.min(4, availableParallelism())),
    HOST: environment.HOST ?? '127.0.0.1',
    WEBHOOK_ALLOW_LOOPBACK: environment.WEBHOOK_ALLOW_LOOPBACK ?? 'true',
    MAIL_FOLDER: environment.MAIL_FOLDER ?? join(folder, 'mails'),
    METERING_JOURNAL_DIR: environment.METERING_JOURNAL_DIR ?? join(folder, 'metering'),
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_UI_URL: temporal.ui,
    API_BASE_URL: environment.API_BASE_URL ?? api,
    PORT: String(ports.api),
    WORKER_HEALTH_PORT: String(ports.worker),
  };
  const child = (name: string, args: string[], health: string) =>
    supervisor.start({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', ...args],
      env,
      healthy: () =>
        fetch(health).then(
          ({ ok, headers }) => ok && headers.get(INSTANCE_HEADER) === instance,
          () => false,
        ),
      startLimitMs: START_LIMIT_MS,
      stopSignal: 'SIGTERM',
      stopLimitMs: 20_000,
    });
  await Promise.all([
    child('api', [join(DIST, 'src', 'api', 'server.js')], `${api}/health`),
    child(
      'worker',
      [join(DIST, 'src', 'cli', 'main.js'), 'worker', '--queues', TASK_QUEUES.join(',')],
      `http://127.0.0.1:${ports.worker}/health`,
    ),
  ]);
  return { api, docs: `${api}/docs`, temporalUi: temporal.ui, databaseUrl, temporalAddress: temporal.address };
}

/**
 * Allows one supervisor for each data folder. The lock file appears with its content, because a link is created
 * atomically.
 */
function takeLock(file: string): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  try {
    for (;;) {
      try {
        linkSync(own, file);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const lock = readLock(file);
      if (lock && isAlive(lock)) throw new AlreadyRunning(lock);
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own);
  }
}

function readLock(file: string): Lock | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lock;
  } catch {
    // The file was deleted meanwhile, or a full disk cut it short: nobody holds the lock.
    return undefined;
  }
}

/** Returns the ports of what will be started here, claimed by this process. */
async function choosePorts(environment: Environment, say: (line: string) => void): Promise<typeof USUAL_PORTS> {
  const chosen = { ...USUAL_PORTS, api: Number(environment.PORT) || USUAL_PORTS.api };
  const needed: (keyof typeof USUAL_PORTS)[] = [
    'api',
    'worker',
    ...(environment.DATABASE_URL ? [] : (['postgres'] as const)),
    ...(environment.TEMPORAL_ADDRESS ? [] : (['temporal', 'temporalUi'] as const)),
  ];
  for (const name of needed) {
    const usual = chosen[name];
    if (await claimPort(usual)) continue;
    do chosen[name] = await freePort();
    while (
      needed.some((other) => other !== name && chosen[other] === chosen[name]) ||
      !(await claimPort(chosen[name]))
    );
    say(`port ${usual} is taken; ${name} uses ${chosen[name]}`);
  }
  return chosen;
}

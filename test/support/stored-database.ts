/** Databases of earlier commits, as test/fixtures/database keeps them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { ROOT } from './fixtures.ts';

const LAST_MIGRATION = {
  d1737ab: 'StartDeliveriesInTurn1795900000000',
  '524e8fc': 'RenameStoredNames1795968000000',
} as const;

/** Brings an empty database to a commit's last migration and fills it with the rows that the commit's platform wrote. */
export async function restoreDatabase(dataSource: DataSource, commit: keyof typeof LAST_MIGRATION): Promise<void> {
  const names = MIGRATIONS.map(({ name }) => name);
  const last = names.indexOf(LAST_MIGRATION[commit]);
  await new Migrator(dataSource, MIGRATIONS.slice(0, last + 1)).up();
  const file = join(ROOT, 'test', 'fixtures', 'database', `${commit}.jsonl.br`);
  const lines = brotliDecompressSync(readFileSync(file)).toString().trim().split('\n');
  await dataSource.transaction(async (tx) => {
    for (const line of lines) {
      const [table, row] = JSON.parse(line) as [string, object];
      await tx.query(`INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1)`, [row]);
    }
    await tx.query(`SELECT setval(pg_get_serial_sequence('outbox', 'id'), (SELECT max(id) FROM outbox))`);
  });
}

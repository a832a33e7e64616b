/** The migration commands of an operator. */
import { writeFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { registerSearchAttributes } from '../../../temporal/search-attributes.ts';
import { type Config, loadSettings } from '../../adapters/config/config.ts';
import { directUrl, TEMPORAL_SETTINGS, temporalOptions } from '../../adapters/config/connections.ts';
import { grantApplicationRole } from '../../adapters/database/application-role.ts';
import { createDataSource } from '../../adapters/database/database.ts';
import { Migrator, migrationSource } from '../../adapters/database/migrator.ts';
import { TemporalClient } from '../../adapters/temporal/temporal-client.ts';

/**
 * Runs a command of `npm run migrate`.
 * @throws Error that says what to do if DATABASE_URL is absent or a migration fails
 */
export async function runMigrate(command: string, args: readonly string[]): Promise<void> {
  const config = loadSettings([
    'DATABASE_URL',
    'DATABASE_DIRECT_URL',
    'DATABASE_OWNER_URL',
    'DATABASE_ECHO',
    'DATABASE_LOCK_TIMEOUT',
    ...TEMPORAL_SETTINGS,
  ]);
  const url = config.DATABASE_OWNER_URL ?? directUrl(config);
  if (url === '') throw new Error('DATABASE_URL is not set; set it to postgresql://user:password@host:5432/database');
  const dataSource = await createDataSource({
    url,
    poolSize: 2,
    applicationName: 'tessellate-migrate',
    echo: config.DATABASE_ECHO,
  }).initialize();
  try {
    const migrator = new Migrator(dataSource, MIGRATIONS, {
      lockTimeoutS: config.DATABASE_LOCK_TIMEOUT,
      say: (line) => console.log(line),
    });
    const print = (done: string, names: readonly string[]) =>
      console.log(names.length === 0 ? 'nothing to do' : names.map((name) => `${done} ${name}`).join('\n'));
    switch (command) {
      case 'current':
        console.log((await migrator.current()) ?? 'no migration is applied');
        break;
      case 'history':
        for (const { name, applied } of await migrator.history())
          console.log(`${applied ? 'applied' : 'pending'}  ${name}`);
        break;
      case 'generate': {
        if (!/^[A-Z][A-Za-z0-9]+$/.test(args[0]))
          throw new Error(`'${args[0]}' is no migration name; expected a verb and a noun such as AddWindJobs`);
        const difference = await migrator.difference();
        if (difference.up.length === 0) {
          console.log('the database is what the entities say');
          break;
        }
        const timestampMs = Date.now();
        const file = `migrations/${timestampMs}-${args[0].replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.ts`;
        writeFileSync(file, migrationSource(args[0], timestampMs, difference));
        console.log(`wrote ${file}; review it and add it to migrations/index.ts`);
        break;
      }
      case 'up':
        print('applied', await migrator.up());
        await grantRights(dataSource, config);
        await registerAttributes(config);
        break;
      case 'up-one':
        print('applied', await migrator.up(1));
        await grantRights(dataSource, config);
        break;
      case 'down-one':
        print('rolled back', await migrator.down(1));
        break;
      case 'down-to':
        print('rolled back', await migrator.down(args[0]));
        break;
      case 'down-all':
        if (!args.includes('--yes')) {
          const n = (await migrator.history()).filter(({ applied }) => applied).length;
          throw new Error(`This would roll back ${n} migrations and delete all data; --yes does it`);
        }
        print('rolled back', await migrator.down('base'));
        break;
      case 'stamp': {
        const { added, removed } = await migrator.stamp(args[0]);
        const lines = [
          ...added.map((name) => `recorded as applied ${name}`),
          ...removed.map((name) => `recorded as pending ${name}`),
        ];
        console.log(lines.join('\n') || 'nothing to do');
        break;
      }
      case 'check': {
        const pending = await migrator.pending();
        if (pending.length > 0) throw new Error(`${pending.length} migrations are pending, first ${pending[0]}`);
        const { up } = await migrator.difference();
        if (up.length > 0)
          throw new Error(`The schema differs from what this release expects; this would change it: ${up.join('; ')}`);
        console.log('the database is what the entities say');
        break;
      }
      case 'sql': {
        const direction = args[0] ?? 'up';
        if (direction !== 'up' && direction !== 'down') throw new Error(`'${direction}': expected up or down`);
        console.log((await migrator.sql(direction)).join('\n') || '-- nothing to do');
        break;
      }
      default:
        throw new Error(`unknown migration command '${command}'`);
    }
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Registers the search attributes with Temporal. If Temporal cannot be reached, the API can still start, because
 * workers register them too before they poll.
 */
async function registerAttributes(config: Pick<Config, (typeof TEMPORAL_SETTINGS)[number]>): Promise<void> {
  if (!config.TEMPORAL_ADDRESS) return;
  const temporal = new TemporalClient(temporalOptions(config));
  try {
    await temporal.ping();
    const registered = await registerSearchAttributes(temporal.client);
    if (registered.length > 0) console.log(`registered search attributes ${registered.join(', ')}`);
  } catch (error) {
    console.error(`search attributes are left to the workers: ${(error as Error).message}`);
  } finally {
    await temporal.close();
  }
}

/** Where the application connects as another role than the owner, it needs rights on what a migration has made. */
async function grantRights(
  dataSource: DataSource,
  { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: url }: Pick<Config, 'DATABASE_OWNER_URL' | 'DATABASE_URL'>,
): Promise<void> {
  if (ownerUrl === undefined || url === undefined) return;
  const role = await grantApplicationRole(dataSource, url);
  if (role !== undefined) console.log(`${role} may read and write rows; the audit log it may only add to`);
}

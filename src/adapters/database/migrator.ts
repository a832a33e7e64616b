/**
 * Migration commands over an explicit list, under an advisory lock, one transaction for each migration.
 * TypeORM's own runner lacks "down to one" and "SQL only"; its table of migrations keeps its form.
 */
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

export interface AppliedMigration {
  readonly name: string;
  readonly timestamp: number;
}

const LOCK = 7_461_733_661;
const TABLE = `CREATE TABLE IF NOT EXISTS "migrations" (id SERIAL PRIMARY KEY, "timestamp" bigint NOT NULL, name varchar NOT NULL)`;
const timestampOf = (name: string): number => Number(name.slice(-13));

export class Migrator {
  readonly #dataSource: DataSource;
  readonly #migrations: readonly MigrationClass[];

  constructor(dataSource: DataSource, migrations: readonly MigrationClass[]) {
    this.#dataSource = dataSource;
    this.#migrations = [...migrations].sort((a, b) => timestampOf(a.name) - timestampOf(b.name));
  }

  /** All known migrations, oldest first, with whether each is applied. */
  async history(): Promise<{ name: string; applied: boolean }[]> {
    const runner = this.#dataSource.createQueryRunner();
    try {
      const applied = new Set((await this.#applied(runner)).map(({ name }) => name));
      return this.#migrations.map(({ name }) => ({ name, applied: applied.has(name) }));
    } finally {
      await runner.release();
    }
  }

  /** Returns the newest applied migration, or undefined on an empty database. */
  async current(): Promise<string | undefined> {
    return (await this.history()).filter(({ applied }) => applied).at(-1)?.name;
  }

  /** Applies pending migrations. @param limit how many; all if absent @returns their names */
  up(limit = Number.POSITIVE_INFINITY): Promise<string[]> {
    return this.#locked(async (runner) => {
      const applied = new Set((await this.#applied(runner)).map(({ name }) => name));
      const pending = this.#migrations.filter(({ name }) => !applied.has(name)).slice(0, limit);
      for (const migration of pending) await this.#step(runner, migration, 'up');
      return pending.map(({ name }) => name);
    });
  }

  /**
   * Rolls back the newest migrations.
   * @param target how many, or the name of the migration that stays the newest; all if 'base'
   */
  down(target: number | string = 1): Promise<string[]> {
    return this.#locked(async (runner) => {
      const applied = (await this.#applied(runner)).map(({ name }) => name).reverse();
      let names = applied;
      if (typeof target === 'number') names = applied.slice(0, target);
      else if (target !== 'base') {
        const matching = applied.filter((name) => name === target || name.startsWith(target) || name.endsWith(target));
        if (matching.length !== 1)
          throw new Error(`'${target}' names ${matching.length} applied migrations; run 'migrate history' for names`);
        names = applied.slice(0, applied.indexOf(matching[0]));
      }
      for (const name of names) await this.#step(runner, this.#byName(name), 'down');
      return names;
    });
  }

  /** Returns the SQL that `up` or `down` would run. It runs in a transaction that is rolled back. */
  sql(direction: 'up' | 'down'): Promise<string[]> {
    return this.#locked(async (runner) => {
      const applied = (await this.#applied(runner)).map(({ name }) => name);
      const steps =
        direction === 'up'
          ? this.#migrations.filter(({ name }) => !applied.includes(name))
          : applied.slice(-1).map((name) => this.#byName(name));
      const statements: string[] = [];
      const original = runner.query.bind(runner);
      runner.query = ((query: string, ...rest: []) => {
        statements.push(`${query.trim().replace(/;$/, '')};`);
        return original(query, ...rest);
      }) as typeof runner.query;
      await runner.startTransaction();
      statements.length = 0;
      try {
        for (const Migration of steps) await new Migration()[direction](runner);
      } finally {
        runner.query = original as typeof runner.query;
        await runner.rollbackTransaction();
      }
      return statements;
    });
  }

  /**
   * SQL that would change the database to match the entities, and SQL that would change it back; both are empty if they
   * match already.
   */
  async difference(): Promise<{ up: string[]; down: string[] }> {
    const { upQueries, downQueries } = await this.#dataSource.driver.createSchemaBuilder().log();
    return { up: upQueries.map(({ query }) => query), down: downQueries.map(({ query }) => query).reverse() };
  }

  #byName(name: string): MigrationClass {
    const migration = this.#migrations.find((candidate) => candidate.name === name);
    if (!migration) throw new Error(`The database has migration ${name}, which this version does not know`);
    return migration;
  }

  async #applied(runner: QueryRunner): Promise<AppliedMigration[]> {
    const [{ present }] = await runner.query(`SELECT to_regclass('migrations') IS NOT NULL AS present`);
    return present ? await runner.query(`SELECT name, "timestamp"::float8 FROM migrations ORDER BY "timestamp"`) : [];
  }

  async #step(runner: QueryRunner, Migration: MigrationClass, direction: 'up' | 'down'): Promise<void> {
    await runner.startTransaction();
    try {
      await new Migration()[direction](runner);
      if (direction === 'up')
        await runner.query(`INSERT INTO migrations ("timestamp", name) VALUES ($1, $2)`, [
          timestampOf(Migration.name),
          Migration.name,
        ]);
      else await runner.query(`DELETE FROM migrations WHERE name = $1`, [Migration.name]);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw new Error(`Migration ${Migration.name} failed going ${direction}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  async #locked<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.#dataSource.createQueryRunner();
    await runner.connect();
    try {
      await runner.query('SELECT pg_advisory_lock($1)', [LOCK]);
      await runner.query(TABLE);
      return await work(runner);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      await runner.release();
    }
  }
}

/** Returns the source of a migration file from SQL, for `migrate generate NAME`. */
export function migrationSource(name: string, timestampMs: number, sql: { up: string[]; down: string[] }): string {
  const body = (queries: string[]) =>
    queries.map((query) => `    await runner.query(\`${query.replace(/[`$\\]/g, '\\$&')}\`);`).join('\n');
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${name}${timestampMs} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
${body(sql.up)}
  }

  async down(runner: QueryRunner): Promise<void> {
${body(sql.down)}
  }
}
`;
}

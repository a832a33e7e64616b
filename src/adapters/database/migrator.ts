/**
 * Migration commands over an explicit list. Each migration is one transaction, which holds an advisory lock: nothing
 * depends on the session, so that a pooler of transactions does not break it. TypeORM's own runner lacks "down to one"
 * and "SQL only"; its table of migrations keeps its form.
 */
import { setTimeout } from 'node:timers/promises';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

export interface AppliedMigration {
  readonly name: string;
  readonly timestamp: number;
}

const LOCK = 7_461_733_661;
const LOCK_NOT_AVAILABLE = '55P03';
const TABLE = `CREATE TABLE IF NOT EXISTS "migrations" (id SERIAL PRIMARY KEY, "timestamp" bigint NOT NULL, name varchar NOT NULL)`;
/** Time between two attempts to begin while another process migrates [ms] */
const RETRY_MS = 500;
const timestampOf = (name: string): number => Number(name.slice(-13));

export interface MigratorOptions {
  /** A statement that waits longer for a lock fails, because requests queue behind it [s]; 0 sets no limit. */
  readonly lockTimeoutS?: number;
  /** How long another process may migrate [s] */
  readonly waitS?: number;
  readonly say?: (line: string) => void;
}

export class Migrator {
  readonly #dataSource: DataSource;
  readonly #migrations: readonly MigrationClass[];
  readonly #lockTimeoutS: number;
  readonly #waitS: number;
  readonly #say: (line: string) => void;

  constructor(
    dataSource: DataSource,
    migrations: readonly MigrationClass[],
    { lockTimeoutS = 10, waitS = 600, say = () => undefined }: MigratorOptions = {},
  ) {
    this.#dataSource = dataSource;
    this.#lockTimeoutS = lockTimeoutS;
    this.#waitS = waitS;
    this.#say = say;
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

  /** Returns the names of migrations that are not applied, oldest first. */
  async pending(): Promise<string[]> {
    return (await this.history()).filter(({ applied }) => !applied).map(({ name }) => name);
  }

  /** Applies pending migrations. @param limit how many; all if absent @returns their names */
  async up(limit = Number.POSITIVE_INFINITY): Promise<string[]> {
    const done: string[] = [];
    while (done.length < limit) {
      // Another process may have applied some meanwhile: each step looks again.
      const name = await this.#step(async (runner) => {
        const applied = await this.#appliedNames(runner);
        const next = this.#migrations.find((migration) => !applied.includes(migration.name));
        if (next) await this.#run(runner, next, 'up');
        return next?.name;
      });
      if (name === undefined) break;
      done.push(name);
    }
    return done;
  }

  /**
   * Rolls back the newest migrations.
   * @param target how many, or the name of the migration that stays the newest; all if 'base'
   */
  async down(target: number | string = 1): Promise<string[]> {
    const applied = (await this.history()).filter((one) => one.applied).map(({ name }) => name);
    const all = await this.#step((runner) => this.#appliedNames(runner));
    const unknown = all.find((name) => !applied.includes(name));
    if (unknown) throw new Error(`The database has migration ${unknown}, which this version does not know`);
    const newestFirst = applied.reverse();
    let names = newestFirst;
    if (typeof target === 'number') names = newestFirst.slice(0, target);
    else if (target !== 'base') names = newestFirst.slice(0, newestFirst.indexOf(one(target, newestFirst)));
    for (const name of names) await this.#step((runner) => this.#run(runner, this.#byName(name), 'down'));
    return names;
  }

  /**
   * Records migrations as applied without running them: all up to this one and none after it.
   * @returns names that were recorded, and names whose record was deleted
   */
  async stamp(target: string): Promise<{ added: string[]; removed: string[] }> {
    const names = this.#migrations.map(({ name }) => name);
    const wanted = names.slice(0, names.indexOf(one(target, names)) + 1);
    return this.#step(async (runner) => {
      const applied = await this.#appliedNames(runner);
      const added = wanted.filter((name) => !applied.includes(name));
      const removed = applied.filter((name) => !wanted.includes(name));
      for (const name of added) await record(runner, name);
      await runner.query('DELETE FROM migrations WHERE name = ANY($1)', [removed]);
      return { added, removed };
    });
  }

  /** Returns the SQL that `up` or `down` would run. It runs in a transaction that is rolled back. */
  async sql(direction: 'up' | 'down'): Promise<string[]> {
    const statements: string[] = [];
    await this.#step(async (runner) => {
      const applied = await this.#appliedNames(runner);
      const steps =
        direction === 'up'
          ? this.#migrations.filter(({ name }) => !applied.includes(name))
          : applied.slice(-1).map((name) => this.#byName(name));
      const original = runner.query.bind(runner);
      runner.query = ((query: string, ...rest: []) => {
        statements.push(`${query.trim().replace(/;$/, '')};`);
        return original(query, ...rest);
      }) as typeof runner.query;
      try {
        for (const Migration of steps) await new Migration()[direction](runner);
      } finally {
        runner.query = original as typeof runner.query;
      }
    }, 'ROLLBACK');
    return statements;
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

  async #appliedNames(runner: QueryRunner): Promise<string[]> {
    return (await this.#applied(runner)).map(({ name }) => name);
  }

  async #run(runner: QueryRunner, Migration: MigrationClass, direction: 'up' | 'down'): Promise<void> {
    try {
      await new Migration()[direction](runner);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const fix =
        code === LOCK_NOT_AVAILABLE
          ? '; nothing was changed. Another transaction holds the table: run the command again when it has ended'
          : '; nothing of it was changed';
      throw new Error(`Migration ${Migration.name} failed going ${direction}: ${message}${fix}`, { cause: error });
    }
    if (direction === 'up') await record(runner, Migration.name);
    else await runner.query('DELETE FROM migrations WHERE name = $1', [Migration.name]);
  }

  /** Runs one transaction while no other process migrates. */
  async #step<T>(work: (runner: QueryRunner) => Promise<T>, end: 'COMMIT' | 'ROLLBACK' = 'COMMIT'): Promise<T> {
    const runner = this.#dataSource.createQueryRunner();
    const until = Date.now() + this.#waitS * 1000;
    try {
      for (let waits = 0; ; waits++) {
        await runner.startTransaction();
        try {
          const [{ free }] = await runner.query('SELECT pg_try_advisory_xact_lock($1) AS free', [LOCK]);
          if (free) {
            await runner.query(`SET LOCAL lock_timeout = '${this.#lockTimeoutS}s'`);
            await runner.query(TABLE);
            const result = await work(runner);
            if (end === 'COMMIT') await runner.commitTransaction();
            return result;
          }
        } finally {
          if (runner.isTransactionActive) await runner.rollbackTransaction();
        }
        if (waits === 0) this.#say('waiting for another migration');
        if (Date.now() > until)
          throw new Error(`Another process has migrated for ${this.#waitS} s; pg_stat_activity shows its statement`);
        await setTimeout(RETRY_MS);
      }
    } finally {
      await runner.release();
    }
  }
}

const record = (runner: QueryRunner, name: string): Promise<unknown> =>
  runner.query(`INSERT INTO migrations ("timestamp", name) VALUES ($1, $2)`, [timestampOf(name), name]);

/** Returns the only name that begins or ends with the text. */
function one(text: string, names: readonly string[]): string {
  const matching = names.filter((name) => name === text || name.startsWith(text) || name.endsWith(text));
  if (matching.length !== 1)
    throw new Error(`'${text}' names ${matching.length} migrations; run 'migrate history' for names`);
  return matching[0];
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

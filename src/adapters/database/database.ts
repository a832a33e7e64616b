/** The data source. Services reach PostgreSQL only through it: `query`, `transaction`, TypeORM repositories. */
import type { Pool, PoolClient } from 'pg';
import { Client } from 'pg';
import type { EntityManager, MigrationInterface, ObjectLiteral } from 'typeorm';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { PoolState } from '../observability/metrics.ts';
import { createLogger, type Logger } from '../observability/logger.ts';
import { metrics, observePool } from '../observability/metrics.ts';
import { ENTITIES } from './entities.ts';
import { Migrator } from './migrator.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections of this process. */
  readonly poolSize: number;
  /** Connections that all services and others may open together; the start fails if the server takes fewer. */
  readonly budget?: { readonly connections: number; readonly parts: string };
  readonly poolTimeoutMs?: number;
  /** Limits that the server applies [ms]; 0 or absent: those of the server */
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly idleInTransactionTimeoutMs?: number;
  readonly echo?: boolean;
  readonly applicationName: string;
}

/** A server that hangs applies no limit: the client gives up this long after the server should have [ms]. */
const HUNG_AFTER_MS = 2_000;
const NO_ANSWER = 'Query read timeout';

/**
 * Measures the time of every statement of a pool: single statements, those of transactions, and TypeORM's own. A connection on
 * which no answer arrives is closed, because the next statement would wait behind the one that hangs.
 */
class TimedClient extends Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg's overloads, passed on as they are
  override query(...args: any[]): any {
    const end = metrics.dbQueryDuration.startTimer();
    const callback = args.at(-1);
    if (typeof callback === 'function')
      args[args.length - 1] = (...outcome: unknown[]) => {
        end();
        this.#closeIfHung(outcome[0]);
        callback(...outcome);
      };
    const running: unknown = Reflect.apply(super.query, this, args);
    if (running instanceof Promise)
      running.then(
        () => end(),
        (error: unknown) => {
          end();
          this.#closeIfHung(error);
        },
      );
    return running;
  }

  #closeIfHung(error: unknown): void {
    if (error instanceof Error && error.message === NO_ANSWER) void this.end();
  }
}

/** Says of a value what it is, and not what it contains. */
const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string' || value instanceof Uint8Array)
    return `${value instanceof Uint8Array ? 'bytes' : 'text'}(${value.length})`;
  if (Array.isArray(value)) return `array(${value.length})`;
  return value instanceof Date ? 'time' : typeof value;
};

/** Returns a client that also logs every statement: DATABASE_ECHO. */
const echoing = (log: Logger): typeof Client =>
  class extends TimedClient {
    // biome-ignore lint/suspicious/noExplicitAny: pg's overloads, passed on as they are
    override query(...args: any[]): any {
      const [config, second] = args as [string | { text?: string; values?: unknown[] }, unknown];
      const text = typeof config === 'string' ? config : config?.text;
      const values = (typeof config === 'string' ? undefined : config?.values) ?? (Array.isArray(second) ? second : []);
      const started = performance.now();
      const end = (): void =>
        void log.info('SQL', {
          statement: text?.replace(/\s+/g, ' ').trim(),
          values: values.map(kindOf),
          duration_ms: Math.round((performance.now() - started) * 10) / 10,
        });
      const callback = args.at(-1);
      if (typeof callback === 'function')
        args[args.length - 1] = (...outcome: unknown[]) => {
          end();
          callback(...outcome);
        };
      const running: unknown = super.query(...args);
      if (running instanceof Promise) running.then(end, end);
      return running;
    }
  };

/** Creates TypeORM's data source with all tables; it is not connected yet. */
export function createDataSource(
  options: DatabaseOptions,
  migrations: readonly (new () => MigrationInterface)[] = MIGRATIONS,
): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    entities: ENTITIES,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    poolSize: options.poolSize,
    applicationName: options.applicationName,
    connectTimeoutMS: options.poolTimeoutMs ?? 30_000,
    logging: false,
    extra: {
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      Client: options.echo ? echoing(createLogger({ service: options.applicationName, level: 'INFO' })) : TimedClient,
      ...(options.statementTimeoutMs && {
        statement_timeout: options.statementTimeoutMs,
        query_timeout: options.statementTimeoutMs + HUNG_AFTER_MS,
      }),
      ...(options.lockTimeoutMs && { lock_timeout: options.lockTimeoutMs }),
      ...(options.idleInTransactionTimeoutMs && {
        idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs,
      }),
    },
  });
}

/** Runs one statement; inside `transaction` it is bound to that transaction. */
export interface Queryable {
  query<Row extends ObjectLiteral>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export interface Transaction extends Queryable {
  readonly manager: EntityManager;
}

export class Database implements Queryable {
  readonly dataSource: DataSource;
  readonly options: DatabaseOptions;

  private constructor(dataSource: DataSource, options: DatabaseOptions) {
    this.dataSource = dataSource;
    this.options = options;
  }

  static async connect(options: DatabaseOptions): Promise<Database> {
    const database = new Database(await createDataSource(options).initialize(), options);
    await database.#checkConnections().catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
    observePool(() => database.poolState);
    return database;
  }

  // Otherwise the fault would only show under load: requests would wait for a connection that the server refuses.
  async #checkConnections(): Promise<void> {
    const { budget } = this.options;
    if (budget === undefined) return;
    const [{ free }] = await this.query<{ free: number }>(
      `SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS free`,
    );
    if (budget.connections > free)
      throw new AppError(
        'service.unavailable',
        `All services may open ${budget.connections} connections (${budget.parts}); the database server takes ${free}`,
        { fix: 'Lower DATABASE_POOL_SIZE or DATABASE_MAX_OVERFLOW, or raise max_connections of the server.' },
      );
  }

  /** @returns names of migrations that this release knows and the database does not have yet */
  pendingMigrations(): Promise<string[]> {
    return new Migrator(this.dataSource, MIGRATIONS).pending();
  }

  /** TypeORM's manager. Its errors say if the database cannot be reached, like those of `query`. */
  get manager(): EntityManager {
    return new Proxy(this.dataSource.manager, {
      get(manager, name) {
        const member: unknown = Reflect.get(manager, name);
        if (typeof member !== 'function') return member;
        return (...parameters: unknown[]) => {
          const outcome: unknown = member.apply(manager, parameters);
          return outcome instanceof Promise
            ? outcome.catch((error: unknown) => {
                throw unavailable(error) ?? error;
              })
            : outcome;
        };
      },
    });
  }

  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  get poolState(): PoolState {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { size: this.options.poolSize, checkedOut: totalCount - idleCount, waiting: waitingCount };
  }

  async query<Row extends ObjectLiteral>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(sql, parameters as unknown[])).rows;
    } catch (error) {
      throw unavailable(error) ?? error;
    }
  }

  /** Runs `work` in one transaction, which is rolled back if it throws. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.dataSource
      .transaction((manager) =>
        work({
          manager,
          query: async <Row extends ObjectLiteral>(sql: string, parameters: readonly unknown[] = []) => {
            const client = (await manager.queryRunner!.connect()) as PoolClient;
            return (await client.query<Row>(sql, parameters as unknown[])).rows;
          },
        }),
      )
      .catch((error) => {
        throw unavailable(error) ?? error;
      });
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** Whether the error of a connection or statement may pass by itself. */
export const isDatabaseAway = (error: unknown): boolean => unavailable(error) !== undefined;

const AWAY =
  /EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|terminat|57P0[123]|53300|timeout exceeded when trying to connect/i;

/** What PgBouncer answers (code 08P01, which lasting errors have too) while it cannot reach the server or has no place */
const POOLER_AWAY =
  /server conn crashed|server login has been failing|server DNS lookup failed|client_login_timeout|query_wait_timeout|no more connections allowed|shutting down/;

/** Statements that the limits of time ended: by the server, waiting for a lock, or without an answer */
const LATE = new RegExp(`57014|55P03|${NO_ANSWER}`);

/** Returns the error to show if PostgreSQL cannot be reached or is too slow, otherwise undefined. */
function unavailable(error: unknown): AppError | undefined {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof AppError) return undefined;
  const text = `${code ?? ''} ${message ?? ''}`;
  const reason =
    AWAY.test(text) || POOLER_AWAY.test(text)
      ? 'The database cannot be reached at the moment'
      : LATE.test(text)
        ? 'The database does not answer in time at the moment'
        : undefined;
  return reason && new AppError('service.unavailable', reason, { cause: error, retryAfterS: 5 });
}

/** Tells whether the error is a violation of this unique index. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  const inner = (error as { driverError?: { code?: string; constraint?: string } }).driverError;
  return (code ?? inner?.code) === '23505' && (constraint ?? inner?.constraint) === index;
}

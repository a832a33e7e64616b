/** The data source. Services reach PostgreSQL only through it: `query`, `transaction`, TypeORM repositories. */
import type { Pool, PoolClient } from 'pg';
import { Client } from 'pg';
import type { EntityManager, MigrationInterface, ObjectLiteral } from 'typeorm';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { PoolState } from '../observability/metrics.ts';
import { metrics, observePool } from '../observability/metrics.ts';
import { ENTITIES } from './entities.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections of this process. */
  readonly poolSize: number;
  /** Connections of all processes of the service together; the start fails if the server has fewer. */
  readonly serviceConnections?: number;
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
    logging: options.echo ? ['query', 'error'] : false,
    extra: {
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      Client: TimedClient,
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
    const { serviceConnections: wanted } = this.options;
    if (wanted === undefined) return;
    const [{ free }] = await this.query<{ free: number }>(
      `SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS free`,
    );
    if (wanted > free)
      throw new AppError(
        'service.unavailable',
        `DATABASE_POOL_SIZE + DATABASE_MAX_OVERFLOW is ${wanted}; the database server takes ${free} connections in all`,
        { fix: 'Lower them, or raise max_connections of the server.' },
      );
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

const AWAY =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|terminat|57P0[123]|53300|timeout exceeded when trying to connect/i;

/** Statements that the limits of time ended: by the server, waiting for a lock, or without an answer */
const LATE = new RegExp(`57014|55P03|${NO_ANSWER}`);

/** Returns the error to show if PostgreSQL cannot be reached or is too slow, otherwise undefined. */
function unavailable(error: unknown): AppError | undefined {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof AppError) return undefined;
  const text = `${code ?? ''} ${message ?? ''}`;
  const reason = AWAY.test(text)
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

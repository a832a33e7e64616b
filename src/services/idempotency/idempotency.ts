/**
 * Requests that run once: one that is sent again with the same Idempotency-Key gets the answer of the first. An answer may
 * hold a secret that is shown once, so answers are stored sealed.
 */
import { createHash } from 'node:crypto';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import type { IdempotencyRow } from '../../adapters/database/tables/jobs.ts';
import type { SecretBox } from '../webhooks/secret-box.ts';

/** A request with an Idempotency-Key. A key belongs to an organization; the same key of another caller is another request. */
export interface RepeatableRequest {
  readonly orgId: string;
  readonly key: string;
  /** Says which request it is, see `requestHash`. */
  readonly hash: string;
}

/** Returns what tells requests apart. @param parts caller, operation, address, and a digest of the body */
export const requestHash = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

export interface KeptAnswer {
  readonly status: number;
  readonly location?: string;
  /** JSON; empty for an answer without content */
  readonly body: string;
}
/** A job that the first request has started; a job is shown as it is now. */
export interface KeptJob {
  readonly jobId: string;
}

/** A process that ends leaves requests open: after this time their keys may be used again [s]. */
const LEASE_S = 30;
const RENEW_MS = (LEASE_S * 1000) / 3;
const LEASE = `now() + interval '${LEASE_S} s'`;
const OPEN = 'WHERE org_id = $1 AND key = $2 AND request_hash = $3 AND status IS NULL';
const parametersOf = ({ orgId, key, hash }: RepeatableRequest): readonly string[] => [orgId, key, hash];

export class Idempotency {
  readonly #database: Database;
  readonly #box: SecretBox;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  /**
   * Runs `work` unless an earlier request with the key was answered. If `work` fails the key becomes free, so that the request
   * may be mended and sent again.
   * @param work returns the answer to keep; undefined if it has kept it with `keep` or `keepJob`
   * @returns the answer of `work`, or what the earlier request was answered
   * @throws AppError `idempotency.in_progress`, `idempotency.key_reused`, and what `work` throws
   */
  async once(
    request: RepeatableRequest,
    work: () => Promise<KeptAnswer | undefined>,
  ): Promise<{ readonly isReplayed: boolean; readonly answer?: KeptAnswer | KeptJob }> {
    const earlier = await this.#begin(request);
    if (earlier) return { isReplayed: true, answer: earlier };
    const same = parametersOf(request);
    const renewal = setInterval(
      () =>
        void this.#database
          .query(`UPDATE idempotency_keys SET leased_until = ${LEASE} ${OPEN}`, same)
          .catch(() => undefined), // the next renewal follows before the lease ends
      RENEW_MS,
    );
    try {
      const answer = await work();
      if (answer) await this.keep(request, answer);
      return { isReplayed: false, answer };
    } catch (error) {
      await this.#database.query(`DELETE FROM idempotency_keys ${OPEN}`, same);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  async keep(request: RepeatableRequest, answer: KeptAnswer): Promise<void> {
    await this.#database.query(`UPDATE idempotency_keys SET status = $4, sealed_answer = $5 ${OPEN}`, [
      ...parametersOf(request),
      answer.status,
      this.#box.seal(JSON.stringify(answer)),
    ]);
  }

  /** @returns what an earlier request was answered; undefined if this one is the first and now begins */
  async #begin(request: RepeatableRequest): Promise<KeptAnswer | KeptJob | undefined> {
    const begun = await this.#database.query(
      `INSERT INTO idempotency_keys AS known (org_id, key, request_hash, leased_until) VALUES ($1, $2, $3, ${LEASE})
       ON CONFLICT (org_id, key) DO UPDATE
         SET request_hash = excluded.request_hash, leased_until = excluded.leased_until, created_at = now()
         WHERE known.status IS NULL AND known.leased_until < now() RETURNING key`,
      parametersOf(request),
    );
    if (begun.length > 0) return undefined;
    const [known] = await this.#database.query<IdempotencyRow>(
      'SELECT * FROM idempotency_keys WHERE org_id = $1 AND key = $2',
      [request.orgId, request.key],
    );
    if (known && known.request_hash !== request.hash)
      throw new AppError('idempotency.key_reused', 'This Idempotency-Key was used for a different request', {
        fix: 'Send a new key for a new request; a key stays valid for the request that first used it.',
      });
    if (known?.sealed_answer) return this.#opened(known.sealed_answer);
    if (known?.response) return { jobId: known.response.job_id };
    throw inProgress(); // or it has failed since the first statement
  }

  #opened(sealed: Buffer): KeptAnswer {
    try {
      return JSON.parse(this.#box.open(sealed)) as KeptAnswer;
    } catch (error) {
      throw new AppError(
        'idempotency.key_reused',
        'The answer to this request can no longer be read: SECRET_KEY has changed',
        {
          fix: 'Read what the request has created in the list of its kind.',
          cause: error,
        },
      );
    }
  }
}

/**
 * Keeps the job that a request starts, in the transaction that accepts it: a process that ends between the two starts no
 * second job.
 * @throws AppError `idempotency.in_progress` if another process has taken the request over
 */
export async function keepJob(tx: Transaction, request: RepeatableRequest, jobId: string): Promise<void> {
  const updated = await tx.query(`UPDATE idempotency_keys SET status = 202, response = $4 ${OPEN} RETURNING key`, [
    ...parametersOf(request),
    { job_id: jobId },
  ]);
  if (updated.length === 0) throw inProgress();
}

const inProgress = (): AppError =>
  new AppError('idempotency.in_progress', 'The first request with this Idempotency-Key has not been answered yet', {
    fix: 'Send the request again after Retry-After, with the same key.',
    retryAfterS: 1,
  });

/**
 * Limits on guessing secrets, counted in PostgreSQL, so that they are exact over all processes. Failures are counted for an
 * account from one address, for the account from all addresses, and for an address on all accounts. After the free ones each
 * further failure doubles the wait until the next attempt. An attempt counts as failed from its beginning until it has turned
 * out right, so that many at once gain nothing.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import type { UserRow } from '../../adapters/database/tables/accounts.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { networkOf } from '../../contracts/accounts/address-ranges.ts';
import { mailGuessed } from './account-mails.ts';
import { hashToken } from './credentials.ts';

/** The longest wait [s] */
const MAX_WAIT_S = 900;
/** Time after which one failure on an account is forgotten; as long as the longest wait, so that guesses gain nothing by it [s] */
const FORGET_S = 900;
/** A person gets at most one mail about guesses in this time. */
const MAIL_INTERVAL = '1 hour';

/** Failures that cause no wait */
export interface FreeGuesses {
  readonly accountAndAddress: number;
  readonly account: number;
  /** Forgotten at this rate in a quarter of an hour, because many people may share an address */
  readonly address: number;
}

export interface Attempt {
  /** A person, an organization, or a digest; undefined where the secret names none */
  readonly account?: string;
  readonly address: string | undefined;
  /** Whether success shows everything that the account asks for, so that its failures are forgotten */
  readonly isWholeProof: boolean;
}

interface Count {
  readonly policy: 'guesses_account_address' | 'guesses_account' | 'guesses_address';
  readonly key: string;
  readonly free: number;
  readonly forgetS: number;
  /** Whether it refuses attempts, or only counts them */
  readonly refuses: boolean;
}
interface Counted extends Count {
  readonly n: number;
  /** Whether further attempts have to wait */
  readonly waits: boolean;
  /** With microseconds */
  readonly nextAt: string;
}

/** Errors that say that a guess was wrong: of a secret, and of an address that is not taken */
const WRONG_GUESS: ReadonlySet<string> = new Set([
  'auth.invalid',
  'auth.link_invalid',
  'auth.token_reused',
  'auth.email_taken',
]);

const OWNERS = {
  email: 'SELECT id FROM users WHERE email = $1',
  link: 'SELECT user_id AS id FROM account_links WHERE token_hash = $1',
  refresh_token: 'SELECT user_id AS id FROM refresh_tokens WHERE token_hash = $1',
} as const;

export class Guesses {
  readonly #database: Database;
  readonly #free: FreeGuesses;

  constructor(database: Database, free: FreeGuesses) {
    this.#database = database;
    this.#free = free;
  }

  /**
   * Returns the account that a secret belongs to, one over all kinds of secrets. An address without an account is limited as
   * one with an account; a token that nobody has names none.
   */
  async accountOf(kind: keyof typeof OWNERS, sent: string): Promise<string | undefined> {
    const value = kind === 'email' ? sent.toLowerCase() : hashToken(sent);
    const [owner] = await this.#database.query<{ id: string }>(OWNERS[kind], [value]);
    return owner?.id ?? (kind === 'email' ? digestOf(sent) : undefined);
  }

  /**
   * Runs `work`, unless too many attempts have failed.
   * @throws AppError `rate_limit.exceeded` with the wait; what `work` throws
   */
  async attempt<Done>(attempt: Attempt, work: () => Promise<Done>): Promise<Done> {
    const counted = await this.#count(attempt);
    try {
      const done = await work();
      await this.#takeBack(counted, attempt.isWholeProof);
      return done;
    } catch (error) {
      if (error instanceof AppError && WRONG_GUESS.has(error.code)) await this.#notify(attempt, counted);
      else await this.#takeBack(counted, false);
      throw error;
    }
  }

  /** Every attempt locks its rows in the order of these counts. */
  async #counts(tx: Transaction, { account, address = '' }: Attempt): Promise<Count[]> {
    const network = networkOf(address);
    const ofAddress = {
      policy: 'guesses_address',
      key: `address ${network}`,
      free: this.#free.address,
      forgetS: FORGET_S / this.#free.address,
      refuses: true,
    } as const;
    if (account === undefined) return [ofAddress];
    const known = await tx.query<{ address: string }>(
      'SELECT DISTINCT address FROM refresh_tokens WHERE user_id = $1 AND address IS NOT NULL',
      [account],
    );
    return [
      {
        policy: 'guesses_account_address',
        key: `both ${account} ${network}`,
        free: this.#free.accountAndAddress,
        forgetS: FORGET_S,
        refuses: true,
      },
      {
        policy: 'guesses_account',
        key: `account ${account}`,
        free: this.#free.account,
        forgetS: FORGET_S,
        // Guesses from elsewhere lock nobody out where they have logged in before.
        refuses: !known.some((login) => networkOf(login.address) === network),
      },
      ofAddress,
    ];
  }

  #count(attempt: Attempt): Promise<Counted[]> {
    return this.#database.transaction(async (tx) => {
      const counts = await this.#counts(tx, attempt);
      await tx.query('INSERT INTO guesses (key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
        counts.map(({ key }) => key),
      ]);
      const counted: Counted[] = [];
      for (const count of counts) counted.push(await countOne(tx, count));
      return counted;
    });
  }

  #takeBack(counted: readonly Counted[], forgets: boolean): Promise<void> {
    return this.#database.transaction(async (tx) => {
      for (const { policy, key, forgetS, nextAt } of counted)
        if (forgets && policy !== 'guesses_address')
          await tx.query('UPDATE guesses SET clear_at = now(), next_at = now() WHERE key = $1', [key]);
        else
          await tx.query(
            `UPDATE guesses SET clear_at = clear_at - $2 * interval '1 second',
               next_at = CASE WHEN next_at = $3::timestamptz THEN now() ELSE next_at END WHERE key = $1`,
            [key, forgetS, nextAt],
          );
    });
  }

  /** Mails the person once the account is locked, once until its failures are forgotten. */
  async #notify({ account, address }: Attempt, counted: readonly Counted[]): Promise<void> {
    const ofAccount = counted.find(({ policy }) => policy === 'guesses_account');
    if (!ofAccount || !counted.some(({ policy, waits }) => waits && policy !== 'guesses_address')) return;
    await this.#database.transaction(async (tx) => {
      const [episode] = await tx.query<{ began_at: Date }>(
        `UPDATE guesses SET mailed_at = now() WHERE key = $1 AND (mailed_at IS NULL
           OR mailed_at < began_at AND mailed_at < now() - interval '${MAIL_INTERVAL}') RETURNING began_at`,
        [ofAccount.key],
      );
      const [user] = episode ? await tx.query<UserRow>('SELECT * FROM users WHERE id = $1', [account]) : [];
      if (user)
        await mailGuessed(tx, user, { nFailed: ofAccount.n, since: episode.began_at, address: address ?? null });
    });
  }
}

/** Stands for an account that need not exist. */
export const digestOf = (name: string): string => hashToken(name.toLowerCase()).toString('base64url');

// The clock is read after the row was locked; now() would be that of the transaction's beginning.
const N = `(round(greatest(extract(epoch FROM clear_at - clock_timestamp()), 0) / $2::numeric) + 1)`;

async function countOne(tx: Transaction, count: Count): Promise<Counted> {
  const { policy, key, free, forgetS, refuses } = count;
  const [row] = await tx.query<{ n: number; next_at: string; waits: boolean }>(
    `UPDATE guesses SET
       began_at = CASE WHEN clear_at > clock_timestamp() THEN began_at ELSE clock_timestamp() END,
       clear_at = greatest(clear_at, clock_timestamp()) + $2::numeric * interval '1 second',
       next_at = clock_timestamp()
         + CASE WHEN ${N} < $3 THEN 0 ELSE least(power(2, least(${N} - $3, 20)), ${MAX_WAIT_S}) END * interval '1 second'
     WHERE key = $1 AND (next_at <= clock_timestamp() OR NOT $4)
     RETURNING round(extract(epoch FROM clear_at - clock_timestamp()) / $2::numeric)::int AS n, next_at::text,
       next_at > clock_timestamp() AS waits`,
    [key, forgetS, free, refuses],
  );
  if (row) return { ...count, n: row.n, nextAt: row.next_at, waits: row.waits };
  const [{ wait_s }] = await tx.query<{ wait_s: number }>(
    'SELECT ceil(extract(epoch FROM next_at - clock_timestamp()))::int AS wait_s FROM guesses WHERE key = $1',
    [key],
  );
  metrics.rateLimited.inc({ policy });
  const retryAfterS = Math.max(1, wait_s);
  throw new AppError(
    'rate_limit.exceeded',
    `Too many attempts have failed; the next one may be made in ${retryAfterS} s`,
    {
      retryAfterS,
    },
  );
}

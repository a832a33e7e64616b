/** Seals again, under the current key, what is sealed under previous keys or not at all, so that these can be taken away. */
import type { Database } from '../../adapters/database/database.ts';
import type { WebhookRow } from '../../adapters/database/tables/webhooks.ts';
import { type SecretBox, sealHeaders } from './secret-box.ts';

/** Rows of one transaction: deliveries to these endpoints wait for it. */
const BATCH = 100;

export interface Resealed {
  /** Values that were sealed again. */
  readonly values: number;
  /** Webhooks with a value whose key is not here, and why it cannot be opened. */
  readonly unopened: readonly { readonly id: string; readonly reason: string }[];
}

const SEALED = ['secret', 'previous_secret', 'sealed_headers'] as const;
type Row = Pick<WebhookRow, 'id' | 'headers' | (typeof SEALED)[number]>;

/** Can be repeated and interrupted: it only handles what is not under the current key. */
export async function resealWebhookSecrets(database: Database, box: SecretBox): Promise<Resealed> {
  const unopened: { id: string; reason: string }[] = [];
  let values = await sealPlainHeaders(database, box);
  const isOther = SEALED.map((column) => `substring(${column} FOR $3) <> $2`).join(' OR ');
  await inBatches(database, isOther, [box.header, box.header.length], (row) => {
    try {
      const changed = SEALED.map((column) => [column, resealed(row[column])] as const);
      values += changed.filter(([column, value]) => value !== row[column]).length;
      return Object.fromEntries(changed);
    } catch (error) {
      unopened.push({ id: row.id, reason: (error as Error).message });
      return undefined;
    }
  });
  return { values, unopened };

  function resealed(sealed: Buffer | null): Buffer | null {
    const isCurrent = sealed === null || sealed.subarray(0, box.header.length).equals(box.header);
    return isCurrent ? sealed : box.seal(box.open(sealed));
  }
}

/** Seals the headers that earlier releases stored as they are. @returns their number */
export async function sealPlainHeaders(database: Database, box: SecretBox): Promise<number> {
  let count = 0;
  await inBatches(database, 'headers IS NOT NULL', [], ({ headers }) => {
    count++;
    return { headers: null, sealed_headers: sealHeaders(box, headers!) };
  });
  return count;
}

/** Changes the rows of a condition, whose parameters begin with $2, batch by batch. */
async function inBatches(
  database: Database,
  condition: string,
  parameters: readonly unknown[],
  change: (row: Row) => Partial<Row> | undefined,
): Promise<void> {
  for (let last = '', count = BATCH; count === BATCH; ) {
    await database.transaction(async (tx) => {
      const rows = await tx.query<Row>(
        `SELECT id, headers, ${SEALED.join(', ')} FROM webhooks WHERE id > $1 AND (${condition})
         ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE`,
        [last, ...parameters],
      );
      count = rows.length;
      for (const row of rows) {
        last = row.id;
        const next = change(row);
        if (!next) continue;
        const { headers, secret, previous_secret, sealed_headers } = { ...row, ...next };
        await tx.query(
          'UPDATE webhooks SET headers = $2, secret = $3, previous_secret = $4, sealed_headers = $5 WHERE id = $1',
          [row.id, headers, secret, previous_secret, sealed_headers],
        );
      }
    });
  }
}

/** Seals again, under the current key, what is sealed under previous keys, so that these can be taken away. */
import type { Database } from '../../adapters/database/database.ts';
import type { WebhookRow } from '../../adapters/database/tables/webhooks.ts';
import type { SecretBox } from './secret-box.ts';

/** Rows of one transaction: deliveries to these endpoints wait for it. */
const BATCH = 100;

export interface Resealed {
  /** Values that were sealed again. */
  readonly values: number;
  /** Webhooks with a value whose key is not here, and why it cannot be opened. */
  readonly unopened: readonly { readonly webhookId: string; readonly reason: string }[];
}

/** Can be repeated and interrupted: it only handles what is not under the current key. */
export async function resealWebhookSecrets(database: Database, box: SecretBox): Promise<Resealed> {
  const unopened: { webhookId: string; reason: string }[] = [];
  let values = 0;
  for (let last = '', count = BATCH; count === BATCH; ) {
    await database.transaction(async (tx) => {
      const rows = await tx.query<Pick<WebhookRow, 'id' | 'secret' | 'previous_secret'>>(
        `SELECT id, secret, previous_secret FROM webhooks
         WHERE id > $1 AND (substring(secret FOR $3) <> $2 OR substring(previous_secret FOR $3) <> $2)
         ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE`,
        [last, box.header, box.header.length],
      );
      count = rows.length;
      for (const { id, secret, previous_secret: previous } of rows) {
        last = id;
        const next = reseal(id, secret);
        if (!next) continue;
        const nextPrevious = previous && reseal(id, previous);
        if (previous && !nextPrevious) continue;
        await tx.query('UPDATE webhooks SET secret = $2, previous_secret = $3 WHERE id = $1', [
          id,
          next.sealed,
          nextPrevious?.sealed ?? null,
        ]);
        values += next.count + (nextPrevious?.count ?? 0);
      }
    });
  }
  return { values, unopened };

  function reseal(webhookId: string, sealed: Buffer): { readonly sealed: Buffer; readonly count: number } | undefined {
    if (sealed.subarray(0, box.header.length).equals(box.header)) return { sealed, count: 0 };
    try {
      return { sealed: box.seal(box.open(sealed)), count: 1 };
    } catch (error) {
      unopened.push({ webhookId, reason: (error as Error).message });
      return undefined;
    }
  }
}

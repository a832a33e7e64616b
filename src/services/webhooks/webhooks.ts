/** Webhook endpoints of an organization and the log of their deliveries. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { DeliveryStatus, WebhookEvent } from '../../contracts/webhooks/webhooks.ts';
import { TEST_EVENT } from '../../contracts/webhooks/webhooks.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { WebhookAttemptRow, WebhookDeliveryRow, WebhookRow } from '../../adapters/database/tables/webhooks.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { audit } from '../audit/audit.ts';
import { addDeliveries } from './events.ts';
import { openHeaders, type SecretBox, sealHeaders } from './secret-box.ts';
import { newSecret } from './signature.ts';
import { checkUrl, type TargetPolicy } from './target-guard.ts';
import { lockEndpoints, queueForSlots } from './delivery-slots.ts';

export interface WebhookFields {
  readonly url: string;
  readonly description: string;
  readonly events: readonly WebhookEvent[];
  readonly headers: Readonly<Record<string, string>>;
  readonly enabled: boolean;
}

/** An endpoint with its headers, without its secrets */
export interface WebhookEndpoint extends Omit<WebhookRow, 'secret' | 'previous_secret' | 'sealed_headers' | 'headers'> {
  readonly headers: Readonly<Record<string, string>>;
}

export interface DeliveryFilter {
  readonly status?: DeliveryStatus;
  readonly eventType?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly limit: number;
  readonly before?: string;
}

/** A delivery in a list, with the number of its attempts and the outcome of the last one. */
export type ListedDelivery = WebhookDeliveryRow & {
  n_attempts: number;
  last_status_code: number | null;
  last_error: string | null;
};

/** After a rotation both secrets sign for this long. */
const OVERLAP = '24 hours';
const notFound = (id: string): AppError => new AppError('request.not_found', `No webhook ${id}`);

export class Webhooks {
  readonly #database: Database;
  readonly #box: SecretBox;
  readonly #policy: TargetPolicy;
  readonly #wakeOutbox: () => void;

  /** @param wakeOutbox called after a delivery is committed */
  constructor(database: Database, box: SecretBox, policy: TargetPolicy, wakeOutbox: () => void) {
    this.#database = database;
    this.#box = box;
    this.#policy = policy;
    this.#wakeOutbox = wakeOutbox;
  }

  /** @returns the endpoint with its secret, which is never shown again @throws AppError `webhook.target_refused` */
  async create(orgId: string, fields: WebhookFields): Promise<{ webhook: WebhookEndpoint; secret: string }> {
    checkUrl(fields.url, this.#policy);
    const secret = newSecret();
    const webhook = await this.#database.transaction(async (tx) => {
      const [row] = await tx.query<WebhookRow>(
        `INSERT INTO webhooks (id, org_id, url, description, events, sealed_headers, enabled, secret)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
        [
          newId('webhook'),
          orgId,
          fields.url,
          fields.description,
          fields.events,
          sealHeaders(this.#box, fields.headers),
          fields.enabled,
          this.#box.seal(secret),
        ],
      );
      const details = { host: new URL(fields.url).host, events: fields.events };
      await audit(tx, { orgId, type: 'webhook.created', targetId: row.id, details });
      return row;
    });
    return { webhook: this.#opened(webhook), secret };
  }

  async list(orgId: string, limit: number, before?: string): Promise<WebhookEndpoint[]> {
    const rows = await this.#database.query<WebhookRow>(
      'SELECT * FROM webhooks WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [orgId, before ?? null, limit],
    );
    return rows.map((row) => this.#opened(row));
  }

  /** @throws AppError `request.not_found` */
  async get(orgId: string, id: string): Promise<WebhookEndpoint> {
    return this.#opened(await this.#row(orgId, id));
  }

  async #row(orgId: string, id: string): Promise<WebhookRow> {
    const [row] = await this.#database.query<WebhookRow>('SELECT * FROM webhooks WHERE id = $1 AND org_id = $2', [
      id,
      orgId,
    ]);
    if (!row) throw notFound(id);
    return row;
  }

  #opened({ secret: _secret, previous_secret: _previous, sealed_headers, ...row }: WebhookRow): WebhookEndpoint {
    return { ...row, headers: openHeaders(this.#box, { headers: row.headers, sealed_headers }) };
  }

  /** Changes an endpoint. Enabling it clears the reason why it was disabled; enabling it or changing its URL clears `first_failure_at`. */
  async update(orgId: string, id: string, changes: Partial<WebhookFields>): Promise<WebhookEndpoint> {
    if (changes.url !== undefined) checkUrl(changes.url, this.#policy);
    const { headers } = changes;
    const now = { ...(await this.#row(orgId, id)), ...changes };
    return this.#database.transaction(async (tx) => {
      const [row] = await tx.query<WebhookRow>(
        `UPDATE webhooks SET url = $3, description = $4, events = $5, enabled = $7,
         headers = CASE WHEN $6::bytea IS NULL THEN headers END, sealed_headers = coalesce($6, sealed_headers),
         disabled_reason = CASE WHEN $7 THEN NULL ELSE disabled_reason END,
         first_failure_at = CASE WHEN url = $3 AND (enabled OR NOT $7) THEN first_failure_at END
       WHERE id = $1 AND org_id = $2 RETURNING *`,
        [
          id,
          orgId,
          now.url,
          now.description,
          now.events,
          headers ? sealHeaders(this.#box, headers) : null,
          now.enabled,
        ],
      );
      if (!row) throw notFound(id);
      const details = { host: new URL(row.url).host, fields: Object.keys(changes) };
      await audit(tx, { orgId, type: 'webhook.changed', targetId: id, details });
      return this.#opened(row);
    });
  }

  async delete(orgId: string, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const rows = await tx.query('DELETE FROM webhooks WHERE id = $1 AND org_id = $2 RETURNING id', [id, orgId]);
      if (rows.length === 0) throw notFound(id);
      await audit(tx, { orgId, type: 'webhook.deleted', targetId: id });
    });
  }

  /** @returns the new secret; the previous one also signs for 24 hours */
  async rotateSecret(orgId: string, id: string): Promise<string> {
    const secret = newSecret();
    await this.#database.transaction(async (tx) => {
      const rows = await tx.query(
        `UPDATE webhooks SET previous_secret = secret, previous_until = now() + interval '${OVERLAP}', secret = $3
         WHERE id = $1 AND org_id = $2 RETURNING id`,
        [id, orgId, this.#box.seal(secret)],
      );
      if (rows.length === 0) throw notFound(id);
      await audit(tx, { orgId, type: 'webhook.secret_rotated', targetId: id });
    });
    return secret;
  }

  /** Sends a test event. @returns its delivery */
  async test(orgId: string, id: string): Promise<WebhookDeliveryRow> {
    await this.#row(orgId, id);
    const data = { webhook_id: id, message: 'It works.' };
    const [deliveryId] = await this.#database.transaction((tx) => addDeliveries(tx, orgId, [id], TEST_EVENT, data));
    this.#wakeOutbox();
    return (await this.delivery(orgId, deliveryId)).delivery;
  }

  deliveries(
    orgId: string,
    webhookId: string,
    { status, eventType, since, until, limit, before }: DeliveryFilter,
  ): Promise<ListedDelivery[]> {
    return this.#database.query<ListedDelivery>(
      `SELECT d.*, coalesce(last.number, 0) AS n_attempts, last.status_code AS last_status_code, last.error AS last_error
       FROM webhook_deliveries d LEFT JOIN LATERAL (
         SELECT count(*) OVER ()::integer AS number, status_code, error FROM webhook_attempts
         WHERE delivery_id = d.id ORDER BY round DESC, attempt DESC LIMIT 1) last ON true
       WHERE org_id = $1 AND webhook_id = $2 AND ($3::text IS NULL OR status = $3)
         AND ($4::text IS NULL OR event_type = $4) AND ($5::text IS NULL OR id < $5)
         AND ($6::timestamptz IS NULL OR created_at >= $6) AND ($7::timestamptz IS NULL OR created_at < $7)
       ORDER BY id DESC LIMIT $8`,
      [orgId, webhookId, status ?? null, eventType ?? null, before ?? null, since ?? null, until ?? null, limit],
    );
  }

  /** @throws AppError `request.not_found` */
  async delivery(orgId: string, id: string): Promise<{ delivery: WebhookDeliveryRow; attempts: WebhookAttemptRow[] }> {
    const [delivery] = await this.#database.query<WebhookDeliveryRow>(
      'SELECT * FROM webhook_deliveries WHERE id = $1 AND org_id = $2',
      [id, orgId],
    );
    if (!delivery) throw new AppError('request.not_found', `No delivery ${id}`);
    const attempts = await this.#database.query<WebhookAttemptRow>(
      'SELECT * FROM webhook_attempts WHERE delivery_id = $1 ORDER BY round, attempt',
      [id],
    );
    return { delivery, attempts };
  }

  /**
   * Starts a new round of attempts for deliveries that failed or were skipped.
   * @param which one delivery, or all deliveries of an endpoint since a time
   * @returns number of deliveries that start again
   */
  async retry(
    orgId: string,
    which: { readonly deliveryId: string } | { readonly webhookId: string; readonly since: Date },
  ): Promise<number> {
    const [webhookId, deliveryId, since] =
      'deliveryId' in which
        ? [(await this.delivery(orgId, which.deliveryId)).delivery.webhook_id, which.deliveryId, null]
        : [(await this.#row(orgId, which.webhookId)).id, null, which.since];
    const count = await this.#database.transaction(async (tx) => {
      await lockEndpoints(tx, [webhookId]);
      const rows = await tx.query<{ id: string }>(
        `UPDATE webhook_deliveries SET status = 'pending', round = round + 1, ended_at = NULL
         WHERE webhook_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::timestamptz IS NULL OR created_at >= $3)
           AND status IN ('failed', 'skipped') RETURNING id`,
        [webhookId, deliveryId, since],
      );
      const ids = rows.map(({ id }) => id);
      await queueForSlots(tx, [webhookId], ids);
      return ids.length;
    });
    if (count > 0) this.#wakeOutbox();
    return count;
  }
}

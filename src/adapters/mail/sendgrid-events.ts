/** Reads what SendGrid reports about mails, by its official package. */
import { EventWebhook } from '@sendgrid/eventwebhook';
import { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import type { MailSign } from '../../contracts/mails/mails.ts';

/** What SendGrid reports about one mail, as far as the platform uses it. */
export interface MailEvent {
  readonly id: string;
  /** In lower case */
  readonly email: string;
  /** Null for mails that the platform did not send */
  readonly mailId: string | null;
  readonly sign: MailSign;
  readonly at: Date;
}

/** SendGrid repeats a delivery for 24 hours; ids of events are stored for longer. [s] */
const MAX_AGE_S = 25 * 3600;

const eventSchema = z.looseObject({
  sg_event_id: z.string().min(1).max(200),
  event: z.string(),
  email: z.string().max(320),
  timestamp: z.number().int().positive().max(1e11),
  type: z.string().optional(),
  reason: z.string().optional(),
  mail_id: z.string().max(100).optional(),
});
type Reported = z.infer<typeof eventSchema>;

/** SendGrid's reasons for a mail that it did not try to deliver */
const DROPPED: Readonly<Record<string, MailSign>> = {
  'Bounced Address': 'bounced',
  Invalid: 'bounced',
  'Spam Reporting Address': 'complained',
  'Unsubscribed Address': 'unsubscribed',
};

/** Returns what an event says about its address; undefined for events that say nothing, such as `processed`. */
function signOf({ event, type, reason }: Reported): MailSign | undefined {
  switch (event) {
    case 'bounce':
      return type === 'blocked' ? 'blocked' : 'bounced';
    case 'dropped':
      return DROPPED[reason ?? ''] ?? 'blocked';
    case 'spamreport':
      return 'complained';
    case 'unsubscribe':
    case 'group_unsubscribe':
      return 'unsubscribed';
    case 'delivered':
      return 'delivered';
  }
}

export class SendGridEvents {
  readonly #webhook = new EventWebhook();
  readonly #key: ReturnType<EventWebhook['convertPublicKeyToECDSA']>;

  /** @param publicKey verification key, in the form that SendGrid shows: DER in Base64 */
  constructor(publicKey: string) {
    this.#key = this.#webhook.convertPublicKeyToECDSA(publicKey);
  }

  /**
   * Checks the signature of a request and returns its events; those that the platform does not use are left out.
   * @throws AppError `mail.signature_invalid`; `request.malformed` if the body is not a list of events
   */
  read(payload: Buffer, signature: string | undefined, timestamp: string | undefined): MailEvent[] {
    if (!this.#isSigned(payload, signature ?? '', timestamp ?? ''))
      throw new AppError('mail.signature_invalid', 'The signature of SendGrid does not fit the body, or is too old', {
        fix: 'Set SENDGRID_WEBHOOK_PUBLIC_KEY to the verification key of the event webhook in SendGrid.',
      });
    let sent: unknown;
    try {
      sent = JSON.parse(payload.toString());
    } catch (cause) {
      throw new AppError('request.malformed', 'The body is not JSON', { cause });
    }
    if (!Array.isArray(sent)) throw new AppError('request.malformed', 'The body is not a list of events');
    return sent.flatMap((one: unknown) => {
      const { data: event } = eventSchema.safeParse(one);
      const sign = event && signOf(event);
      if (!sign) return [];
      const { sg_event_id: id, email, mail_id: mailId = null, timestamp: seconds } = event;
      return [{ id, email: email.toLowerCase(), mailId, sign, at: new Date(seconds * 1000) }];
    });
  }

  #isSigned(payload: Buffer, signature: string, timestamp: string): boolean {
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > MAX_AGE_S) return false;
    try {
      return this.#webhook.verifySignature(this.#key, payload, signature, timestamp);
    } catch {
      return false; // The package throws for what is not a signature at all.
    }
  }
}

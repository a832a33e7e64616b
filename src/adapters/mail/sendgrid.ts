/** Sends mails through SendGrid's Web API v3. */
import sendgridClient from '@sendgrid/client';
import sendgrid from '@sendgrid/mail';
import { MailError, type MailTransport, type OutgoingMail } from './transport.ts';

export interface SendGridOptions {
  readonly apiKey: string;
  readonly from: string;
  /** Another address of the service, such as the one in the European Union. */
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;
/** Error codes of connections that were never established, so nothing was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);
const TOO_MANY = 429;
/** Each package exports one shared instance; this is a separate one. */
const another = <T extends object>(instance: T): T => new (instance.constructor as new () => T)();

export class SendGridTransport implements MailTransport {
  readonly #service = another(sendgrid);
  readonly #from: string;

  constructor({ apiKey, from, baseUrl, timeoutMs = TIMEOUT_MS }: SendGridOptions) {
    const client = another(sendgridClient);
    client.setApiKey(apiKey);
    if (baseUrl) client.setDefaultRequest('baseUrl', baseUrl);
    this.#service.setClient(client);
    this.#service.setTimeout(timeoutMs);
    this.#from = from;
  }

  async send({ id, to, subject, text, html }: OutgoingMail): Promise<string> {
    try {
      const [{ headers }] = await this.#service.send({
        to,
        from: { email: this.#from, name: 'Tessellate Renewables' },
        subject,
        text,
        html,
        // Finds the mail in SendGrid's activity feed.
        customArgs: { mail_id: id },
        // Links stay what the text says.
        trackingSettings: { clickTracking: { enable: false }, openTracking: { enable: false } },
      });
      return String((headers as Record<string, unknown>)['x-message-id'] ?? '');
    } catch (error) {
      throw failureOf(error);
    }
  }
}

interface Refusal {
  readonly code?: number | string;
  readonly message: string;
  readonly response?: {
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body?: { readonly errors?: readonly { readonly message: string; readonly field?: string | null }[] };
  };
}

// The error itself is never a cause: it holds the request with its key.
function failureOf(error: unknown): MailError {
  const { code, message, response } = error as Refusal;
  if (!response)
    return NOT_CONNECTED.has(String(code))
      ? new MailError('later', `SendGrid was not reached: ${code}`)
      : new MailError('unknown', `SendGrid's answer was lost: ${code ?? message}`);
  const reasons = response.body?.errors?.map((one) => (one.field ? `${one.field}: ${one.message}` : one.message));
  const reason = `SendGrid answered ${code}: ${reasons?.join('; ') || message}`;
  if (code === TOO_MANY || Number(code) >= 500)
    return new MailError('later', reason, { retryAfterS: waitOf(response.headers) });
  return new MailError('refused', reason);
}

/**
 * Returns the wait that an answer asks for: its Retry-After in seconds or as a date, else the reset time of the rate
 * limit [s since 1970].
 */
function waitOf(headers: Readonly<Record<string, unknown>>): number | undefined {
  const until = (ms: number): number => Math.max(0, (ms - Date.now()) / 1000);
  const after = String(headers['retry-after'] ?? '');
  if (/^\d+$/.test(after)) return Number(after);
  if (!Number.isNaN(Date.parse(after))) return until(Date.parse(after));
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isFinite(reset) ? until(reset * 1000) : undefined;
}

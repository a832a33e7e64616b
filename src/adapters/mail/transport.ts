/** What a way of sending mails takes and promises. */

export interface OutgoingMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailTransport {
  /** @returns what the provider calls the mail @throws MailError */
  send(mail: OutgoingMail): Promise<string>;
}

/**
 * What is known of a mail that was not accepted. `refused`: it never will be. `later`: it was not taken, and may be.
 * `unknown`: the request went out and no answer came back.
 */
export type MailFailure = 'refused' | 'later' | 'unknown';

export class MailError extends Error {
  readonly failure: MailFailure;
  /** When the provider said so [s]. */
  readonly retryAfterS?: number;

  constructor(failure: MailFailure, message: string, options: { cause?: unknown; retryAfterS?: number } = {}) {
    super(message, { cause: options.cause });
    this.name = 'MailError';
    this.failure = failure;
    this.retryAfterS = options.retryAfterS;
  }
}

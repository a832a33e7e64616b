/** The interface of a service that sends mails. */

export interface OutgoingMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailTransport {
  /** @returns id of the mail at the provider @throws MailError */
  send(mail: OutgoingMail): Promise<string>;
}

/**
 * What is known about a mail that was not accepted. `refused`: the provider will never accept it. `later`: the provider
 * did not accept it, but may accept it later. `unknown`: the request was sent and no answer came back.
 */
export type MailFailure = 'refused' | 'later' | 'unknown';

export class MailError extends Error {
  readonly failure: MailFailure;
  /** Time after which the provider allows another attempt, if it says so [s]. */
  readonly retryAfterS?: number;

  constructor(failure: MailFailure, message: string, options: { cause?: unknown; retryAfterS?: number } = {}) {
    super(message, { cause: options.cause });
    this.name = 'MailError';
    this.failure = failure;
    this.retryAfterS = options.retryAfterS;
  }
}

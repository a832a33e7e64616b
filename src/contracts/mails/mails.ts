/** Mails: statuses, ids, what their workflow carries. */

/**
 * `sending` while a request to the provider is under way. `unconfirmed`: that request went out and its answer was lost, so
 * that the mail may have been sent; it is never sent again by itself.
 */
export const MAIL_STATUSES = ['pending', 'sending', 'sent', 'failed', 'unconfirmed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

export interface MailInput {
  readonly mailId: string;
  readonly orgId: string;
}
export const mailWorkflowId = ({ mailId }: Pick<MailInput, 'mailId'>): string => `send-mail/${mailId}`;

/** Mails: statuses, ids and the input of their workflow. */

/**
 * `sending`: a request to the provider is under way. `unconfirmed`: the request was sent and its answer was lost, so the mail may
 * have been sent; the platform never sends it again.
 */
export const MAIL_STATUSES = ['pending', 'sending', 'sent', 'failed', 'unconfirmed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

export interface MailInput {
  readonly mailId: string;
  readonly orgId: string;
}
export const mailWorkflowId = ({ mailId }: Pick<MailInput, 'mailId'>): string => `send-mail/${mailId}`;

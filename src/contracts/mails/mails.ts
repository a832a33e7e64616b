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

/** What keeps mails from an address, the worst first. `blocked` passes; to the others go only mails that the person asks for. */
export const ADDRESS_PROBLEMS = ['complained', 'unsubscribed', 'bounced', 'blocked'] as const;
export type AddressProblem = (typeof ADDRESS_PROBLEMS)[number];

/** What the provider reports about an address */
export type MailSign = AddressProblem | 'delivered';

/** What a mail says: the values that each template takes, and the blocks of which a mail consists. */
import type { Language } from '../../contracts/common/languages.ts';
import type { Role } from '../../contracts/common/scopes.ts';

/** Templates of the mails. Times are ISO 8601, UTC. */
export interface MailData {
  'account.welcome': {
    readonly name: string;
    readonly organization: string;
    readonly apiUrl: string;
    /** Confirms the address; mails of earlier releases, and mails that were sent, lack it. */
    readonly link?: string;
  };
  /** To a new or an unconfirmed address */
  'account.confirm_email': { readonly name: string; readonly link?: string; readonly linkExpiresAt: string };
  /** To the address of before */
  'account.email_changed': { readonly name: string; readonly newEmail: string; readonly changedAt: string };
  'account.reset_password': { readonly name: string; readonly link?: string; readonly linkExpiresAt: string };
  'account.password_changed': { readonly name: string; readonly changedAt: string };
  /** Somebody tries to guess a secret of the person. */
  'account.guessed': {
    readonly name: string;
    readonly nFailed: number;
    readonly since: string;
    /** Where the last attempt came from */
    readonly address: string | null;
  };
  'account.second_factor': {
    readonly name: string;
    readonly change: 'set_up' | 'ended' | 'recovery_code_used';
    /** Recovery codes that nobody has used yet */
    readonly nRecoveryCodes: number;
    readonly changedAt: string;
  };
  'organization.invitation': {
    readonly organization: string;
    readonly invitedBy: string;
    readonly role: Role;
    readonly link?: string;
    readonly linkExpiresAt: string;
  };
  'webhook.disabled': {
    readonly webhookId: string;
    readonly url: string;
    readonly description: string;
    /** In the form that the API shows. */
    readonly reason: string;
    /** The last answer, or the reason why there was none. */
    readonly lastAnswer: string;
    readonly failingSince: string | null;
    readonly apiUrl: string;
  };
  'billing.payment_failed': {
    readonly organization: string;
    readonly amount: number;
    /** ISO 4217 */
    readonly currency: string;
    /** Page at Stripe where the invoice can be paid */
    readonly invoiceUrl: string | null;
    readonly nextAttemptAt: string | null;
    /** Until when the plan remains */
    readonly graceEndsAt: string | null;
  };
  'usage.budget_reached': {
    readonly organization: string;
    readonly metric: string;
    /** Share of the amount that was reached [%] */
    readonly pct: number;
    readonly used: number;
    readonly amount: number;
    /** Whether new jobs are refused now */
    readonly stops: boolean;
  };
  'report.ready': {
    /** Who had the report sent; mails of earlier releases lack it. */
    readonly organization?: string;
    readonly title: string;
    readonly reportId: string;
    readonly files: readonly { readonly label: string; readonly url: string }[];
    readonly linksExpireAt: string;
  };
}
export type MailTemplate = keyof MailData;

/** The values of a mail and its language. Default: English. */
export type Localized<T extends MailTemplate> = MailData[T] & { readonly language?: Language };

export type Block =
  | { readonly text: string }
  | { readonly facts: readonly (readonly [name: string, value: string])[] }
  | { readonly links: readonly { readonly label: string; readonly url: string }[] }
  | { readonly code: string };

export interface Content {
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** One sentence that says why the reader gets this mail. */
  readonly because: string;
}

/** The mails in one language. */
export type MailTexts = { readonly [T in MailTemplate]: (data: MailData[T]) => Content };

export const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

export const money = (amount: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount);

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Returns the link of a mail; a mail that was sent has lost its link, because a link works like a password. */
export const linkBlock = (label: string, url: string | undefined): readonly Block[] =>
  url === undefined ? [] : [{ links: [{ label, url }] }];

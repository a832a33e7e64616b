import { hostOf, linkBlock, type MailTexts, minute, money } from '../content.ts';

const ACCOUNT = 'You get this mail because you have an account with this address.';
const SECOND_FACTOR = {
  set_up: 'Your logins take a code now',
  ended: 'Your logins take no code any more',
  recovery_code_used: 'A recovery code of your account was used',
} as const;

export const en: MailTexts = {
  'account.welcome': ({ name, organization, apiUrl, link }) => ({
    subject: `${organization} is set up`,
    blocks: [
      { text: `Hello ${name},` },
      { text: `the organization ${organization} is ready, and you are its owner.` },
      ...(link === undefined
        ? []
        : [{ text: 'Please confirm your address. Until then the organization can compute, but cannot add people.' }]),
      ...linkBlock('Confirm the address', link),
      { text: 'To start, create an API key:' },
      { code: `POST ${apiUrl}/v1/api-keys` },
      { links: [{ label: 'API reference', url: `${apiUrl}/docs` }] },
    ],
    because:
      'You get this mail because an account was created with this address. If it was not you, please ignore this mail and contact us.',
  }),
  'account.confirm_email': ({ name, link, linkExpiresAt }) => ({
    subject: 'Please confirm your address',
    blocks: [
      { text: `Hello ${name},` },
      { text: 'please confirm that this address is yours:' },
      ...linkBlock('Confirm the address', link),
      { text: `The link works once, until ${minute(linkExpiresAt)}.` },
    ],
    because: 'You get this mail because somebody named this address. If it was not you, please ignore this mail.',
  }),
  'account.email_changed': ({ name, newEmail, changedAt }) => ({
    subject: 'The address of your account has changed',
    blocks: [
      { text: `Hello ${name},` },
      { text: `you log in with ${newEmail} from now on, instead of this address (${minute(changedAt)}).` },
      { text: 'If it was not you, somebody knows your password: please contact us at once.' },
    ],
    because: 'You get this mail because your account had this address.',
  }),
  'account.reset_password': ({ name, link, linkExpiresAt }) => ({
    subject: 'Choose a new password',
    blocks: [
      { text: `Hello ${name},` },
      { text: 'somebody, probably you, has requested a new password for your account. Choose one here:' },
      ...linkBlock('Choose a new password', link),
      { text: `The link works once, until ${minute(linkExpiresAt)}. If you do nothing, your password stays as it is.` },
    ],
    because: ACCOUNT,
  }),
  'account.password_changed': ({ name, changedAt }) => ({
    subject: 'Your password has changed',
    blocks: [
      { text: `Hello ${name},` },
      { text: `your password was changed at ${minute(changedAt)}, and all your logins of before have ended.` },
      { text: 'If it was not you, request a new password at once and contact us.' },
    ],
    because: ACCOUNT,
  }),
  'account.guessed': ({ name, nFailed, since, address }) => ({
    subject: 'Failed attempts to log in to your account',
    blocks: [
      { text: `Hello ${name},` },
      {
        text: `since ${minute(since)} passwords, codes or links of your account were wrong ${nFailed} times${address === null ? '' : `, the last time from the address ${address}`}. Each further attempt now has to wait longer than the one before.`,
      },
      {
        text: 'If it was you, wait a few minutes, or request a new password. If it was not you, your account is safe as long as nobody else knows your password: choose one that you use nowhere else, and set up a second factor.',
      },
    ],
    because: ACCOUNT,
  }),
  'account.second_factor': ({ name, change, nRecoveryCodes, changedAt }) => ({
    subject: SECOND_FACTOR[change],
    blocks: [
      { text: `Hello ${name},` },
      {
        text: {
          set_up: `since ${minute(changedAt)} your logins take the code of an authenticator app besides the password. Your recovery codes open the account if you lose the device: please store them in a safe place.`,
          ended: `since ${minute(changedAt)} your logins take the password only, without a code of an authenticator app.`,
          recovery_code_used: `a recovery code was used at ${minute(changedAt)} in place of the code of your authenticator app. Codes that remain: ${nRecoveryCodes}.`,
        }[change],
      },
      { text: 'If it was not you, somebody knows your password: request a new one at once and contact us.' },
    ],
    because: ACCOUNT,
  }),
  'organization.invitation': ({ organization, invitedBy, role, link, linkExpiresAt }) => ({
    subject: `Invitation to ${organization}`,
    blocks: [
      { text: `${invitedBy} invites you to join ${organization} on Tessellate Renewables, with the role ${role}.` },
      ...linkBlock('Accept the invitation', link),
      { text: `The link works once, until ${minute(linkExpiresAt)}.` },
    ],
    because: `You get this mail because ${organization} named your address. If you do not know why, please ignore it.`,
  }),
  'webhook.disabled': ({ webhookId, url, description, reason, lastAnswer, failingSince, apiUrl }) => ({
    subject: `Webhook to ${hostOf(url)} was disabled`,
    blocks: [
      { text: `We stopped sending events to one of your endpoints: ${reason}.` },
      {
        facts: [
          ['Endpoint', url],
          ...(description ? [['Description', description] as const] : []),
          ['Id', webhookId],
          ...(failingSince ? [['Failing since', minute(failingSince)] as const] : []),
          ['Last answer', lastAnswer],
        ],
      },
      { text: 'Events that happen while the endpoint is disabled are not sent. When it works again, enable it:' },
      { code: `PATCH ${apiUrl}/v1/webhooks/${webhookId}  {"is_enabled": true}` },
      { text: 'Then send the failed deliveries again:' },
      {
        code: `POST ${apiUrl}/v1/webhooks/${webhookId}/retry  ${failingSince ? `{"starts_at": "${failingSince}"}` : '{}'}`,
      },
    ],
    because: 'You get this mail because you are an owner of the organization that this endpoint belongs to.',
  }),
  'billing.payment_failed': ({ organization, amount, currency, invoiceUrl, nextAttemptAt, graceEndsAt }) => ({
    subject: `Payment of ${organization} has failed`,
    blocks: [
      { text: `We could not collect ${money(amount, currency, 'en')} for the plan of ${organization}.` },
      ...linkBlock('Pay the invoice', invoiceUrl ?? undefined),
      ...(nextAttemptAt === null ? [] : [{ text: `The next attempt is at ${minute(nextAttemptAt)}.` }]),
      ...(graceEndsAt === null ? [] : [{ text: `Your plan remains until ${minute(graceEndsAt)}.` }]),
    ],
    because: `You get this mail because you are an owner of ${organization}.`,
  }),
  'usage.budget_reached': ({ organization, metric, pct, used, amount, stops }) => ({
    subject: `${organization} has reached ${pct} % of a budget`,
    blocks: [
      { text: `This month ${organization} has used ${Math.floor(used)} of ${amount} ${metric}.` },
      ...(stops ? [{ text: 'The budget stops new jobs until the month ends. Jobs that run continue.' }] : []),
    ],
    because: `You get this mail because you are an owner of ${organization}.`,
  }),
  'report.ready': ({ organization = 'A customer of ours', title, reportId, files, linksExpireAt }) => ({
    subject: `Report of ${organization}: ${title}`,
    blocks: [
      { text: `${organization} has had the report "${title}" written. You can download it:` },
      { links: files },
      {
        text: `The links work until ${minute(linksExpireAt)}; the API can create new ones for ${reportId} at any time.`,
      },
    ],
    because: `You get this mail because ${organization} named your address. If you do not know why, please ignore it.`,
  }),
};

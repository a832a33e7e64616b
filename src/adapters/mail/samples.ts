/** Values for each mail, as the preview and the tests show them. */
import type { MailData, MailTemplate } from './content.ts';

const API = 'https://api.example.com';
const EXPIRES = '2026-11-28T10:20:30.000Z';
const link = (page: string): string => `${API}/account/${page}?language=en#Zx3v`;

export const SAMPLES: { readonly [T in MailTemplate]: MailData[T] } = {
  'account.welcome': { name: 'Ada', organization: 'Sun Ltd', apiUrl: API, link: link('confirm-email') },
  'account.confirm_email': { name: 'Ada', link: link('confirm-email'), linkExpiresAt: EXPIRES },
  'account.email_changed': { name: 'Ada', newEmail: 'ada.new@example.com', changedAt: EXPIRES },
  'account.reset_password': { name: 'Ada', link: link('reset-password'), linkExpiresAt: EXPIRES },
  'account.password_changed': { name: 'Ada', changedAt: EXPIRES },
  'account.guessed': { name: 'Ada', nFailed: 10, since: EXPIRES, address: '203.0.113.7' },
  'account.second_factor': { name: 'Ada', change: 'recovery_code_used', nRecoveryCodes: 9, changedAt: EXPIRES },
  'organization.invitation': {
    organization: 'Sun Ltd',
    invitedBy: 'Ada',
    role: 'member',
    link: link('accept-invitation'),
    linkExpiresAt: EXPIRES,
  },
  'webhook.disabled': {
    webhookId: 'whk_1',
    url: 'https://hooks.example.com/a?b=1&c=2',
    description: 'Our planner',
    reason: 'it failed for five days',
    lastAnswer: '500',
    failingSince: '2026-11-21T10:20:30.000Z',
    apiUrl: API,
  },
  'billing.payment_failed': {
    organization: 'Sun Ltd',
    amount: 49,
    currency: 'eur',
    invoiceUrl: 'https://invoice.example.com/i/1',
    nextAttemptAt: EXPIRES,
    graceEndsAt: EXPIRES,
  },
  'usage.budget_reached': {
    organization: 'Sun Ltd',
    metric: 'compute_s',
    pct: 100,
    used: 36_020,
    amount: 36_000,
    stops: true,
  },
  'report.ready': {
    organization: 'Sun Ltd',
    title: 'Greensboro, 5 MW',
    reportId: 'rpt_1',
    files: [{ label: 'Greensboro.pdf', url: `${API}/v1/files/1?signature=a&expires=2` }],
    linksExpireAt: EXPIRES,
  },
};

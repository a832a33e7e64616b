/** The audit log: which acts have entries, and who acts. */
export const AUDIT_TYPES = [
  'organization.registered',
  'organization.renamed',
  'organization.plan_changed',
  'organization.second_factor_changed',
  'organization.sign_in_changed',
  'organization.identity_provider_set',
  'organization.identity_provider_removed',
  'auth.login',
  'auth.logins_failed',
  'auth.logout',
  'auth.logout_everywhere',
  'auth.token_reused',
  'auth.password_changed',
  'auth.password_reset',
  'auth.email_confirmed',
  'auth.email_changed',
  'auth.identity_linked',
  'auth.second_factor_set_up',
  'auth.second_factor_ended',
  'auth.recovery_code_used',
  'auth.recovery_codes_replaced',
  'member.added',
  'member.invited',
  'member.invitation_revoked',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'api_key.created',
  'api_key.rotated',
  'api_key.revoked',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.secret_rotated',
  'webhook.disabled',
  'site.created',
  'site.changed',
  'site.deleted',
  'budget.created',
  'budget.deleted',
  'job.cancelled',
  'job.deleted',
  'weather.deleted',
  'report.requested',
  'report.deleted',
  'organization.suspended',
  'organization.resumed',
  'organization.exported',
  'organization.deletion_requested',
  'organization.deleted',
  'job.run_again',
  'delivery.retried',
  'rate_limit.cleared',
  'experiment.started',
  'experiment.stopped',
  'plan.created',
  'plan.changed',
  'admin.created',
  'admin.removed',
  'admin.login',
] as const;
export type AuditType = (typeof AUDIT_TYPES)[number];

/** Stands for the platform where an entry concerns no organization */
export const PLATFORM = 'platform';

/** `anonymous`: a request without credentials, such as a login; `system`: the platform itself, such as an event of Stripe */
export const ACTOR_KINDS = ['user', 'api_key', 'administrator', 'anonymous', 'system'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Failed logins of one person in a quarter of an hour that make an entry */
export const FAILED_LOGINS = 5;

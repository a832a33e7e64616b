/** Accounts in answers: the caller, organizations, users, API keys. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { FEATURES } from '../common/plans.ts';
import { ADDRESS_PROBLEMS } from '../mails/mails.ts';
import { LANGUAGES } from '../common/languages.ts';
import { ROLES, SCOPES } from '../common/scopes.ts';

export const organizationSchema = z
  .strictObject({
    id: idOf('organization', 'Id'),
    name: z.string(),
    plan: z.string().describe('Id of the plan, see GET /v1/plans'),
    is_second_factor_required: z
      .boolean()
      .describe('Whether people without a second factor may do nothing but set one up'),
    is_identity_provider_required: z
      .boolean()
      .describe('Whether people other than owners sign in only at the identity provider'),
    created_at: instant('Created'),
  })
  .meta({ id: 'Organization' });

const limit = (description: string) => z.int().nullable().describe(description);
const featureSchema = z.enum(FEATURES);
export const planSchema = z
  .strictObject({
    id: z.string().describe('Name of the plan in requests and answers: free'),
    name: z.string().describe('Name of the plan for readers'),
    n_requests_per_minute: limit(
      'Requests a minute by each API key and each person; null: as the installation sets it',
    ),
    n_burst_requests: limit('Requests in a minute above that; null: as the installation sets it'),
    n_organization_requests_per_minute: limit(
      'Requests a minute by the whole organization; null: five times those of a key',
    ),
    n_open_jobs: limit('Jobs that may wait or run at the same time; null: any number'),
    monthly_compute_s: limit('Compute time of the jobs created in a month, UTC [s]; null: any'),
    n_retention_days: limit('Ended jobs are deleted after this time [d]; null: never'),
    features: z.array(featureSchema).describe('Parts of the platform that the plan includes'),
  })
  .meta({ id: 'Plan' });
export const planListSchema = z.strictObject({ data: z.array(planSchema) }).meta({ id: 'PlanList' });

export const ownOrganizationSchema = z
  .strictObject({
    ...organizationSchema.shape,
    limits: planSchema.describe('The plan of the organization, with its limits'),
    is_confirmed: z
      .boolean()
      .describe('Whether an owner has confirmed an email address; otherwise the organization adds and mails nobody'),
    features: z
      .array(
        z.strictObject({
          name: z.string().describe(`${FEATURES.join(', ')}, events (server-sent events), or a technology`),
          is_on: z.boolean(),
          off_by: z.enum(['plan', 'installation']).nullable().describe('What switches it off; null if it is on'),
        }),
      )
      .describe('Parts of the platform, and whether the organization has them'),
  })
  .meta({ id: 'OwnOrganization' });

export const userSchema = z
  .strictObject({
    id: idOf('user', 'Id'),
    email: z.string().describe('Email address in lower case'),
    name: z.string(),
    role: z
      .enum(ROLES)
      .describe(
        'Role: owner, admin (all but what concerns owners), member (all but keys and people) or viewer (reads)',
      ),
    language: z.enum(LANGUAGES).describe('Language of mails to the person'),
    email_confirmed_at: instant('When the person confirmed the address; null: not yet').nullable(),
    has_second_factor: z.boolean().describe('Whether logins of the person take a code besides the password'),
    created_at: instant('Registered'),
  })
  .meta({ id: 'User' });
export const addressProblem = z
  .enum(ADDRESS_PROBLEMS)
  .nullable()
  .describe(
    'What keeps mails from the address, as SendGrid reports it: complained (reported as spam), unsubscribed, bounced (there is no such address), blocked (for now); null: nothing known',
  );
const memberSchema = z.strictObject({ ...userSchema.shape, email_problem: addressProblem }).meta({ id: 'Member' });
export const memberPageSchema = pageOf(memberSchema, 'MemberPage');

export const sessionSchema = z
  .strictObject({
    access_token: z.string().describe('Access token (JWT), sent as Authorization: Bearer'),
    refresh_token: z.string().describe('Refresh token for POST /v1/auth/refresh; it works once'),
    token_type: z.literal('Bearer'),
    expires_in: z.int().describe('Life of the access token [s]'),
    user: userSchema,
    organization: organizationSchema,
  })
  .meta({
    id: 'Session',
    description: 'A login: an access token for half an hour, and a refresh token for the next pair of tokens',
  });

export const cookieSessionSchema = z
  .strictObject({ user: userSchema, organization: organizationSchema, expires_at: instant('End of the session') })
  .meta({
    id: 'CookieSession',
    description: 'A login of a browser; its token stands in a cookie that scripts cannot read',
  });

export const identityProviderSchema = z
  .strictObject({
    issuer: z.string().describe('Issuer, as the metadata of the provider states it'),
    client_id: z.string().describe('Client id that the provider has for the platform'),
    email_domains: z.array(z.string()).describe('Domains of the verified addresses that may sign in; empty: all'),
    is_membership_automatic: z
      .boolean()
      .describe('Whether somebody without an account becomes a viewer of the organization'),
    redirect_uri: z.string().describe('Address that the provider sends browsers back to; it has to allow this one'),
    sign_in_url: z.string().describe('Page where the people of the organization sign in'),
    changed_at: instant('Last change'),
  })
  .meta({ id: 'IdentityProvider', description: 'Where people sign in besides the platform, by OpenID Connect' });
export const begunSignInSchema = z
  .strictObject({
    url: z.string().describe('Page of the identity provider to open in the browser'),
    expires_at: instant('When the sign-in must be complete'),
  })
  .meta({ id: 'BegunSignIn' });

const loginSchema = z
  .strictObject({
    id: idOf('refreshToken', 'Id of the login'),
    is_current: z.boolean().describe('Whether this request has its credentials'),
    is_cookie: z.boolean().describe('Whether a browser holds it in a cookie; otherwise a program holds its tokens'),
    client: z.string().nullable().describe('User-Agent of the program that logged in or renewed the tokens last'),
    address: z.string().nullable().describe('Address from which it did so'),
    started_at: instant('Begin of the login'),
    last_renewed_at: instant('When the tokens were last exchanged for new ones'),
    expires_at: instant('When the login ends, unless its tokens are exchanged before'),
  })
  .meta({ id: 'Login' });
export const loginPageSchema = pageOf(loginSchema, 'LoginPage');

export const invitationSchema = z
  .strictObject({
    id: idOf('invitation', 'Id'),
    email: z.string().describe('Address that the invitation was sent to'),
    role: z.enum(ROLES).describe('Role that the person gets'),
    invited_by: idOf('user', 'Who invited').nullable(),
    status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
    expires_at: instant('When the link in the mail ends'),
    created_at: instant('Sent'),
  })
  .meta({ id: 'Invitation' });
export const invitationPageSchema = pageOf(invitationSchema, 'InvitationPage');

export const meSchema = z
  .strictObject({
    kind: z.enum(['user', 'api_key']),
    id: z.string().describe('Id of the caller: usr_... or key_...'),
    scopes: z.array(z.enum(SCOPES)),
    is_second_factor_missing: z
      .boolean()
      .describe(
        'Whether the organization requires a second factor that the person has not set up: nothing else is allowed',
      ),
    organization: organizationSchema,
  })
  .meta({ id: 'Me', description: 'The owner of the credentials and what they may do' });

const apiKeySchema = z
  .strictObject({
    id: idOf('apiKey', 'Id'),
    name: z.string(),
    prefix: z.string().describe('First characters of the key, by which its owner recognises it'),
    scopes: z.array(z.enum(SCOPES)).describe('At most those that its maker has at the moment take effect'),
    created_by: idOf('user', 'Who created it: the person, also by means of another key').nullable(),
    parent_key_id: idOf('apiKey', 'Key with which it was made; revoking that key revokes this one too').nullable(),
    replaces_key_id: idOf('apiKey', 'Key in whose place it was made').nullable(),
    expires_at: instant('When the key ends; null: never').nullable(),
    allowed_addresses: z
      .array(z.string())
      .nullable()
      .describe('Ranges of addresses from which the key may be used; null: all'),
    is_test: z
      .boolean()
      .describe(
        'Whether it is for tests: its jobs are not billed, their reports are marked as a test, and it mails nobody',
      ),
    created_at: instant('Created'),
    last_used_at: instant('When the key was last used, to the minute').nullable(),
    revoked_at: instant('When the key was revoked; it is refused from then on').nullable(),
  })
  .meta({ id: 'ApiKey' });
export const newApiKeySchema = z
  .strictObject({ ...apiKeySchema.shape, key: z.string().describe('The key itself; only this answer contains it') })
  .meta({ id: 'NewApiKey' });
export const apiKeyPageSchema = pageOf(apiKeySchema, 'ApiKeyPage');

export const newSecondFactorSchema = z
  .strictObject({
    secret: z.string().describe('Secret in base32, for people who type it into the app; only this answer contains it'),
    uri: z.string().describe('The same for the app to read from a QR code: otpauth://totp/...'),
  })
  .meta({ id: 'NewSecondFactor' });
export const recoveryCodesSchema = z
  .strictObject({
    recovery_codes: z.array(z.string()).describe('Each works once in place of a code; only this answer contains them'),
  })
  .meta({ id: 'RecoveryCodes' });
export const secondFactorSchema = z
  .strictObject({
    is_on: z.boolean().describe('Whether logins take a code besides the password'),
    set_up_at: instant('Since when; null: they do not').nullable(),
    n_recovery_codes: z.int().describe('Recovery codes that nobody has used yet'),
  })
  .meta({ id: 'SecondFactor' });

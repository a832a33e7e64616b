/** Accounts in answers: the caller, organizations, users, API keys. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { ROLES, SCOPES } from '../common/scopes.ts';

export const organizationSchema = z
  .strictObject({
    id: idOf('organization', 'Id'),
    name: z.string(),
    plan: z.string().describe('Plan: free, starter, pro or enterprise'),
    created_at: instant('Created'),
  })
  .meta({ id: 'Organization' });

export const userSchema = z
  .strictObject({
    id: idOf('user', 'Id'),
    email: z.string().describe('Email address in lower case'),
    name: z.string(),
    role: z.enum(ROLES).describe('Members may do everything except manage keys and people'),
    created_at: instant('Registered'),
  })
  .meta({ id: 'User' });
export const userPageSchema = pageOf(userSchema, 'UserPage');

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

export const meSchema = z
  .strictObject({
    kind: z.enum(['user', 'api_key']),
    id: z.string().describe('Id of the caller: usr_... or key_...'),
    scopes: z.array(z.enum(SCOPES)),
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
    created_at: instant('Created'),
    last_used_at: instant('When the key was last used, to the minute').nullable(),
    revoked_at: instant('When the key was revoked; it is refused from then on').nullable(),
  })
  .meta({ id: 'ApiKey' });
export const newApiKeySchema = z
  .strictObject({ ...apiKeySchema.shape, key: z.string().describe('The key itself; only this answer contains it') })
  .meta({ id: 'NewApiKey' });
export const apiKeyPageSchema = pageOf(apiKeySchema, 'ApiKeyPage');

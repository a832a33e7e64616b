/** API keys: made within what their maker has, replaced by new ones, and revoked with what they made. */
import { AppError } from '../../contracts/common/app-error.ts';
import { areWithin } from '../../contracts/accounts/address-ranges.ts';
import type { Principal, Scope } from '../../contracts/common/scopes.ts';
import { DEFAULT_KEY_SCOPES, requireGrantable } from '../../contracts/common/scopes.ts';
import type { Transaction } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { ApiKey, type ApiKeyRow } from '../../adapters/database/tables/accounts.ts';
import { audit } from '../audit/audit.ts';
import { newApiKey } from './credentials.ts';
import { announce } from './logins.ts';

/** What a new key may do, from where, and until when. */
export interface KeyTerms {
  readonly name: string;
  /** Default: those of the maker, without those for keys, people, billing and mails */
  readonly scopes?: readonly Scope[];
  /** Default: never, or when the key that makes it does */
  readonly expiresAt?: Date | null;
  /** Default: all, or those of the key that makes it */
  readonly allowedAddresses?: readonly string[] | null;
  /** Its jobs are not billed and their reports are marked; see docs/accounts.md */
  readonly isTest?: boolean;
}

/** A key with what only its maker sees. */
export interface NewKey {
  readonly row: ApiKeyRow;
  readonly key: string;
}

/** @throws AppError `auth.forbidden` for what the maker lacks; `request.invalid` for what a key gives and does not have itself */
export async function insertKey(
  tx: Transaction,
  maker: Principal,
  terms: KeyTerms,
  replaces?: ApiKeyRow,
): Promise<NewKey> {
  const { scopes } = terms;
  const isTest = terms.isTest === true;
  requireGrantable(maker, scopes ?? [], '/scopes');
  const granted = [...new Set(scopes ?? DEFAULT_KEY_SCOPES.filter((scope) => maker.scopes.has(scope)))];
  if (granted.length === 0)
    throw new AppError('auth.forbidden', 'These credentials have no scope that they could grant');
  const others = granted.filter((scope) => !DEFAULT_KEY_SCOPES.includes(scope));
  if (isTest && others.length > 0)
    throw new AppError('request.invalid', `A test key cannot have the scope ${others.join(', ')}`, {
      pointer: '/scopes',
      fix: 'Make a live key, or leave these scopes out: test keys mail nobody and manage nothing.',
    });
  const parent = maker.kind === 'api_key' ? await lockKey(tx, maker.id) : undefined;
  const { expiresAt, allowedAddresses } = withinParent(terms, parent);
  const { key, prefix, keyHash } = newApiKey(isTest ? 'test' : 'live');
  const row: ApiKeyRow = {
    id: newId('apiKey'),
    org_id: maker.orgId,
    name: terms.name,
    prefix,
    key_hash: keyHash,
    scopes: [...granted],
    created_by: maker.personId,
    parent_key_id: parent?.id ?? null,
    replaces_key_id: replaces?.id ?? null,
    expires_at: expiresAt,
    allowed_addresses: allowedAddresses && [...allowedAddresses],
    is_test: isTest,
    created_at: new Date(),
    last_used_at: null,
    revoked_at: null,
  };
  await tx.manager.insert(ApiKey, row);
  await audit(tx, {
    orgId: row.org_id,
    type: replaces ? 'api_key.rotated' : 'api_key.created',
    targetId: row.id,
    details: {
      scopes: row.scopes,
      ...(replaces && { replaces: replaces.id }),
      ...(row.expires_at && { expires_at: row.expires_at.toISOString() }),
      ...(isTest && { is_test: true }),
    },
    personal: { name: row.name },
  });
  return { row, key };
}

/**
 * Locks a key that makes something, so that its revocation comes before or after: it also revokes what the key has made.
 * @throws AppError `auth.invalid` if it was revoked
 */
export async function lockKey(tx: Transaction, id: string): Promise<ApiKeyRow> {
  const [key] = await tx.query<ApiKeyRow>('SELECT * FROM api_keys WHERE id = $1 AND revoked_at IS NULL FOR SHARE', [
    id,
  ]);
  if (!key) throw invalidKey();
  return key;
}

/** A key gives no more time and no more addresses than it has. @throws AppError `request.invalid` */
function withinParent(
  { expiresAt, allowedAddresses }: KeyTerms,
  parent: ApiKeyRow | undefined,
): { readonly expiresAt: Date | null; readonly allowedAddresses: readonly string[] | null } {
  const latest = parent?.expires_at ?? null;
  const until = expiresAt ?? latest;
  if (until !== null && until <= new Date())
    throw new AppError('request.invalid', `${until.toISOString()} has passed`, { pointer: '/expires_at' });
  if (latest !== null && until !== null && until > latest)
    throw new AppError(
      'request.invalid',
      `A key makes no key that lasts longer: it expires at ${latest.toISOString()}`,
      {
        pointer: '/expires_at',
      },
    );
  const outer = parent?.allowed_addresses ?? null;
  const from = allowedAddresses ?? outer;
  if (outer !== null && from !== null && !areWithin(from, outer))
    throw new AppError('request.invalid', `A key allows no addresses that it does not have: ${outer.join(', ')}`, {
      pointer: '/allowed_addresses',
    });
  return { expiresAt: until, allowedAddresses: from };
}

/**
 * Makes a key that takes the place of another one, which works for `overlapH` longer.
 * @throws AppError as `insertKey`; `request.not_found`; `request.conflict` for a key that has ended or has a successor
 */
export async function replaceKey(
  tx: Transaction,
  maker: Principal,
  {
    keyId,
    overlapH,
    expiresAt,
  }: { readonly keyId: string; readonly overlapH: number; readonly expiresAt?: Date | null },
): Promise<NewKey> {
  const [old] = await tx.query<ApiKeyRow>('SELECT * FROM api_keys WHERE org_id = $1 AND id = $2 FOR UPDATE', [
    maker.orgId,
    keyId,
  ]);
  if (!old) throw new AppError('request.not_found', `No API key ${keyId}`);
  if (old.revoked_at !== null || (old.expires_at !== null && old.expires_at <= new Date()))
    throw new AppError('request.conflict', `${keyId} has ended`, { fix: 'Make a key with POST /v1/api-keys.' });
  const [successor] = await tx.query<{ id: string }>(
    'SELECT id FROM api_keys WHERE replaces_key_id = $1 AND revoked_at IS NULL',
    [keyId],
  );
  if (successor)
    throw new AppError('request.conflict', `${successor.id} has taken the place of ${keyId}`, {
      fix: `Rotate ${successor.id}, or revoke it first.`,
    });
  const made = await insertKey(
    tx,
    maker,
    {
      name: old.name,
      scopes: old.scopes,
      expiresAt: expiresAt === undefined ? old.expires_at : expiresAt,
      allowedAddresses: old.allowed_addresses,
      isTest: old.is_test,
    },
    old,
  );
  await tx.query(`UPDATE api_keys SET expires_at = least(expires_at, now() + $2 * interval '1 hour') WHERE id = $1`, [
    keyId,
    overlapH,
  ]);
  await announce(tx, keyId);
  return made;
}

/**
 * Revokes a key, the open invitations that were sent with it, and, unless they stay, the keys that it made with theirs;
 * idempotent.
 * @returns the ids of the revoked keys
 * @throws AppError `request.not_found`
 */
export async function revokeKeys(tx: Transaction, orgId: string, keyId: string, keepMade: boolean): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE org_id = $1 AND id = $2 RETURNING id',
    [orgId, keyId],
  );
  if (rows.length === 0) throw new AppError('request.not_found', `No API key ${keyId}`);
  const ids = [keyId];
  // Generation by generation: the locks of one keep it from making more of the next.
  for (let parents = keepMade ? [] : ids; parents.length > 0; ) {
    const children = await tx.query<{ id: string }>(
      'UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE parent_key_id = ANY($1) RETURNING id',
      [parents],
    );
    parents = children.map(({ id }) => id);
    ids.push(...parents);
  }
  await tx.query(
    `UPDATE invitations SET revoked_at = now()
     WHERE invited_with_key = ANY($1) AND accepted_at IS NULL AND revoked_at IS NULL`,
    [ids],
  );
  for (const id of ids) {
    await audit(tx, { orgId, type: 'api_key.revoked', targetId: id });
    await announce(tx, id);
  }
  return ids;
}

export const invalidKey = (): AppError =>
  new AppError('auth.invalid', 'The API key is not valid or was revoked', {
    fix: 'Create a key with POST /v1/api-keys; keys begin with tsl_live_ or tsl_test_.',
  });

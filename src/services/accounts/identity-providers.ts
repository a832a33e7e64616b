/**
 * Sign-in by OpenID Connect: an organization names its identity provider, whose word opens the accounts of the organization's
 * people. Authorization code flow with PKCE, state and nonce; the three stand in PostgreSQL, so that any process can finish
 * what another one began.
 */
import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Principal } from '../../contracts/common/scopes.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import type { IdentityProviderRow, ProviderLoginRow, UserRow } from '../../adapters/database/tables/accounts.ts';
import { User } from '../../adapters/database/tables/accounts.ts';
import { audit } from '../audit/audit.ts';
import { guardedFetch } from '../webhooks/guarded-fetch.ts';
import type { SecretBox } from '../webhooks/secret-box.ts';
import type { TargetPolicy } from '../webhooks/target-guard.ts';
import { mailLink, requireConfirmed } from './account-mails.ts';
import { type Accounts, type CookieSession, newUser, refuseTakenEmail, signInUrl } from './accounts.ts';
import { hashPassword, hashToken } from './credentials.ts';
import { type Device, endLogin, type Login } from './logins.ts';

/** Time for a sign-in at the provider [min] */
const SIGN_IN_MIN = 10;
const ANSWER_LIMIT_S = 10;

export interface ProviderSettings
  extends Pick<IdentityProviderRow, 'issuer' | 'client_id' | 'email_domains' | 'is_membership_automatic'> {
  readonly client_secret: string;
}
/** A provider as answers show it */
export interface ShownProvider extends Omit<IdentityProviderRow, 'org_id' | 'sealed_client_secret'> {
  /** Where the provider sends browsers back to; it has to know this address. */
  readonly redirect_uri: string;
  /** Page where the people of the organization sign in */
  readonly sign_in_url: string;
}

export class IdentityProviders {
  readonly #database: Database;
  readonly #accounts: Accounts;
  readonly #box: SecretBox;
  readonly #apiUrl: string;
  readonly #policy: TargetPolicy;

  /** @param options.policy which addresses a provider may have: those that webhooks may */
  constructor(
    database: Database,
    accounts: Accounts,
    options: { readonly box: SecretBox; readonly apiUrl: string; readonly policy: TargetPolicy },
  ) {
    this.#database = database;
    this.#accounts = accounts;
    this.#box = options.box;
    this.#apiUrl = options.apiUrl;
    this.#policy = options.policy;
  }

  /** @throws AppError `request.not_found` */
  async read(orgId: string): Promise<ShownProvider> {
    return this.#shown(await this.#provider(orgId));
  }

  /**
   * Sets the provider, in place of one of before, whose logins end.
   * @throws AppError `auth.unconfirmed`; `request.invalid` if no provider is found under its issuer
   */
  async set({ orgId }: Principal, { client_secret, ...settings }: ProviderSettings): Promise<ShownProvider> {
    await requireConfirmed(this.#database, orgId);
    await this.#configuration(settings, client_secret).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'provider.sign_in_failed')) throw error;
      throw new AppError('request.invalid', error.message, {
        pointer: '/issuer',
        fix: 'Give the issuer as the metadata of the provider state it, at an address that is public.',
        cause: error,
      });
    });
    const ended = await this.#database.transaction(async (tx) => {
      const [before] = await tx.query<IdentityProviderRow>(
        'SELECT * FROM identity_providers WHERE org_id = $1 FOR UPDATE',
        [orgId],
      );
      await tx.query(
        `INSERT INTO identity_providers (org_id, issuer, client_id, sealed_client_secret, email_domains, is_membership_automatic)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id) DO UPDATE SET issuer = $2, client_id = $3,
           sealed_client_secret = $4, email_domains = $5, is_membership_automatic = $6, changed_at = now()`,
        [
          orgId,
          settings.issuer,
          settings.client_id,
          this.#box.seal(client_secret),
          settings.email_domains,
          settings.is_membership_automatic,
        ],
      );
      await audit(tx, { orgId, type: 'organization.identity_provider_set', targetId: orgId, details: settings });
      return before && before.issuer !== settings.issuer ? endProviderLogins(tx, orgId) : [];
    });
    for (const userId of ended) this.#accounts.forget(userId);
    return this.read(orgId);
  }

  /** Removes the provider; the logins by it end. @throws AppError `request.not_found`; `request.conflict` while it is required */
  async remove({ orgId }: Principal): Promise<void> {
    const ended = await this.#database.transaction(async (tx) => {
      const [{ is_required }] = await tx.query<{ is_required: boolean }>(
        'SELECT is_identity_provider_required AS is_required FROM organizations WHERE id = $1 FOR SHARE',
        [orgId],
      );
      if (is_required)
        throw new AppError('request.conflict', 'The organization requires the sign-in at this provider', {
          fix: 'Allow passwords again first: PATCH /v1/organization with is_identity_provider_required false.',
        });
      const removed = await tx.query('DELETE FROM identity_providers WHERE org_id = $1 RETURNING org_id', [orgId]);
      if (removed.length === 0) throw noProvider(orgId);
      await audit(tx, { orgId, type: 'organization.identity_provider_removed', targetId: orgId });
      return endProviderLogins(tx, orgId);
    });
    for (const userId of ended) this.#accounts.forget(userId);
  }

  /**
   * Begins a sign-in.
   * @returns the page of the provider, and what only the browser that began it may know
   * @throws AppError `request.not_found`, `provider.sign_in_failed`
   */
  async begin(orgId: string): Promise<{ url: string; browserToken: string; expiresAt: Date }> {
    const provider = await this.#provider(orgId);
    const configuration = await this.#configuration(provider, this.#box.open(provider.sealed_client_secret));
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const browserToken = randomBytes(32).toString('base64url');
    const [{ expires_at: expiresAt }] = await this.#database.query<{ expires_at: Date }>(
      `INSERT INTO provider_logins (state_hash, org_id, browser_hash, nonce, code_verifier, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + interval '${SIGN_IN_MIN} minutes') RETURNING expires_at`,
      [hashToken(state), orgId, hashToken(browserToken), nonce, verifier],
    );
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, browserToken, expiresAt };
  }

  /**
   * Finishes a sign-in, once.
   * @param address where the provider has sent the browser to
   * @throws AppError `auth.sign_in_refused`, `provider.sign_in_failed`, `organization.suspended`
   */
  async complete(address: string, browserToken: string | undefined, device: Device): Promise<CookieSession> {
    const answered = new URL(this.#redirectUri);
    answered.search = new URL(address, this.#apiUrl).search;
    const state = answered.searchParams.get('state') ?? '';
    const [begun] = await this.#database.query<ProviderLoginRow>(
      `DELETE FROM provider_logins WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > now() RETURNING *`,
      [hashToken(state), hashToken(browserToken ?? '')],
    );
    if (!begun) throw refused('this browser began no such sign-in, or not within the last 10 minutes', 'Begin again.');
    const provider = await this.#provider(begun.org_id);
    const identity = await this.#identity(provider, answered, begun, state);
    const passwordHash = await hashPassword(randomBytes(32).toString('base64url'));
    return this.#database
      .transaction(async (tx) => {
        // Whoever removes the provider waits for this login, and ends it; a later one finds no provider.
        const trusted = await tx.query('SELECT 1 FROM identity_providers WHERE org_id = $1 AND issuer = $2 FOR SHARE', [
          provider.org_id,
          provider.issuer,
        ]);
        if (trusted.length === 0) throw noProvider(provider.org_id);
        const user = await this.#person(tx, provider, identity, passwordHash);
        return this.#accounts.loginByProvider(tx, user, device);
      })
      .catch(refuseTakenEmail);
  }

  /** Returns who the provider says the person is. */
  async #identity(
    provider: IdentityProviderRow,
    answered: URL,
    { nonce, code_verifier }: ProviderLoginRow,
    state: string,
  ): Promise<Identity> {
    const configuration = await this.#configuration(provider, this.#box.open(provider.sealed_client_secret));
    const { subject, claims } = await requested(async () => {
      const tokens = await client.authorizationCodeGrant(configuration, answered, {
        pkceCodeVerifier: code_verifier,
        expectedState: state,
        expectedNonce: nonce,
      });
      const { sub, ...inToken } = tokens.claims()!;
      const isWhole = inToken.email !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined;
      const more = isWhole ? {} : await client.fetchUserInfo(configuration, tokens.access_token, sub);
      return { subject: sub, claims: { ...inToken, ...more } as Readonly<Record<string, unknown>> };
    });
    const { email, email_verified: isVerified, name } = claims;
    if (typeof email !== 'string' || isVerified !== true)
      throw refused('the identity provider states no verified email address', 'Verify your address there.');
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    if (provider.email_domains.length > 0 && !provider.email_domains.includes(domain))
      throw refused(`addresses of ${domain} are not allowed`, 'Sign in there with the address of your organization.');
    return { subject, email: email.toLowerCase(), name: typeof name === 'string' && name ? name.slice(0, 200) : email };
  }

  /** Returns the person with that identity, who is linked by the address at the first sign-in, or added. */
  async #person(
    tx: Transaction,
    { org_id: orgId, issuer, is_membership_automatic }: IdentityProviderRow,
    { subject, email, name }: Identity,
    passwordHash: string,
  ): Promise<UserRow> {
    const [known] = await tx.query<UserRow>(
      `SELECT * FROM users WHERE org_id = $1
         AND id IN (SELECT user_id FROM person_identities WHERE issuer = $2 AND subject = $3) FOR UPDATE`,
      [orgId, issuer, subject],
    );
    if (known) return known;
    let [user] = await tx.query<UserRow>('SELECT * FROM users WHERE org_id = $1 AND email = $2 FOR UPDATE', [
      orgId,
      email,
    ]);
    if (!user) {
      if (!is_membership_automatic)
        throw refused(`${email} has no account in this organization`, 'Ask an owner for an invitation.');
      user = newUser({
        org_id: orgId,
        email,
        name,
        password_hash: passwordHash,
        role: 'viewer',
        email_confirmed_at: null,
        language: 'en',
      });
      await tx.manager.insert(User, user);
      await audit(tx, {
        orgId,
        type: 'member.joined',
        targetId: user.id,
        actorId: user.id,
        details: { role: user.role, is_by_provider: true },
        personal: { email, name },
      });
      await mailLink(tx, this.#apiUrl, user, { purpose: 'confirm_email', email });
    }
    const linked = await tx.query(
      `INSERT INTO person_identities (user_id, issuer, subject) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING user_id`,
      [user.id, issuer, subject],
    );
    // An address that the provider has given to somebody else opens nothing of who had it before.
    if (linked.length === 0)
      throw refused(`${email} belongs to somebody else there`, 'Ask an owner of the organization.');
    await audit(tx, { orgId, type: 'auth.identity_linked', targetId: user.id, actorId: user.id, details: { issuer } });
    return user;
  }

  async #provider(orgId: string): Promise<IdentityProviderRow> {
    const [row] = await this.#database.query<IdentityProviderRow>(
      'SELECT * FROM identity_providers WHERE org_id = $1',
      [orgId],
    );
    if (!row) throw noProvider(orgId);
    return row;
  }

  /** Reads the provider's metadata each time: a sign-in is rare, and what has changed there applies at once. */
  #configuration(
    { issuer, client_id }: Pick<IdentityProviderRow, 'issuer' | 'client_id'>,
    secret: string,
  ): Promise<client.Configuration> {
    const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
    const send = guardedFetch(this.#policy, ANSWER_LIMIT_S * 1000);
    return requested(() =>
      client.discovery(
        new URL(issuer),
        client_id,
        undefined,
        (server, ...rest) => {
          const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
          return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
        },
        {
          timeout: ANSWER_LIMIT_S,
          execute: [
            client.enableNonRepudiationChecks, // checks the signature of ID tokens
            ...(this.#policy.allowLoopback ? [client.allowInsecureRequests] : []),
          ],
          [client.customFetch]: send,
        },
      ),
    );
  }

  get #redirectUri(): string {
    return `${this.#apiUrl}/sign-in`;
  }

  #shown({ org_id, sealed_client_secret: _secret, ...provider }: IdentityProviderRow): ShownProvider {
    return {
      ...provider,
      redirect_uri: this.#redirectUri,
      sign_in_url: signInUrl(this.#apiUrl, org_id),
    };
  }
}

interface Identity {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
}

const noProvider = (orgId: string): AppError =>
  new AppError('request.not_found', `No identity provider of the organization ${orgId}`);

const refused = (reason: string, fix: string): AppError =>
  new AppError('auth.sign_in_refused', `The sign-in opens no account: ${reason}`, { fix });

/** Runs requests to a provider. @throws AppError `auth.sign_in_refused` or `provider.sign_in_failed` */
async function requested<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError)
      throw refused(`the identity provider answers ${error.error}`, 'Begin again, and allow the sign-in there.');
    const { message, cause } = error as Error;
    throw new AppError(
      'provider.sign_in_failed',
      `The identity provider cannot be used: ${cause instanceof Error ? cause.message : message}`,
      { fix: 'An owner checks issuer, client id and client secret of the identity provider.', cause: error },
    );
  }
}

/** Ends the logins by a provider that is trusted no longer. @returns whose they were */
async function endProviderLogins(tx: Transaction, orgId: string): Promise<string[]> {
  const logins = await tx.query<Login>(
    `SELECT DISTINCT t.user_id, t.family_id FROM refresh_tokens t JOIN users u ON u.id = t.user_id
     WHERE u.org_id = $1 AND t.is_by_provider AND t.revoked_at IS NULL`,
    [orgId],
  );
  for (const login of logins) await endLogin(tx, login);
  return logins.map(({ user_id }) => user_id);
}

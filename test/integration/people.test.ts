/** Addresses, passwords and invitations by mail, sessions of browsers and the list of logins. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { People } from '../../src/services/accounts/people.ts';
import type { Principal } from '../../src/contracts/common/scopes.ts';
import type { Database } from '../../src/adapters/database/database.ts';
import type { MailTransport } from '../../src/adapters/mail/transport.ts';
import { sendMail } from '../../src/services/mails/mails.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';

const box = new SecretBox(['b'.repeat(32)]);
const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
const API = 'https://api.example.com';
const PASSWORD = 'a long password';
const linkInvalid = { code: 'auth.link_invalid' };
const refused = { code: 'auth.invalid' };
let database: Database;
let accounts: Accounts;
let people: People;
let number = 0;
const registration = () => ({
  email: `reader${++number}@example.com`,
  password: PASSWORD,
  name: 'Reader',
  organizationName: 'Sun Ltd',
  language: 'en' as const,
});
const callerOf = ({ accessToken }: { readonly accessToken: string }) => accounts.authenticate(accessToken);

/** The token of the newest mail to an address. */
async function tokenTo(email: string): Promise<string> {
  const [mail] = await database.query<{ link: string }>(
    `SELECT data->>'link' AS link FROM mails WHERE recipient = $1 AND data ? 'link' ORDER BY id DESC LIMIT 1`,
    [email],
  );
  expect(mail.link).toMatch(/^https:\/\/api\.example\.com\/account\/[a-z-]+\?language=(en|de)#[\w-]{43}$/);
  return mail.link.split('#')[1];
}
const templatesTo = async (email: string) =>
  (
    await database.query<{ template: string }>('SELECT template FROM mails WHERE recipient = $1 ORDER BY id', [email])
  ).map(({ template }) => template);
async function confirmed() {
  const person = registration();
  const session = await accounts.register(person);
  await people.confirmEmail(await tokenTo(person.email));
  return { ...session, ...person };
}

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  accounts = new Accounts(database, { jwt, apiUrl: API, box });
  people = new People(database, accounts, API);
});
afterAll(async () => {
  await database?.close();
});

describe('an address', () => {
  test('is confirmed by the link of the newest mail, once', async () => {
    const person = registration();
    const { user } = await accounts.register(person);
    expect(user.email_confirmed_at).toBeNull();
    const first = await tokenTo(person.email);
    await people.resendConfirmation(user.id);
    const second = await tokenTo(person.email);
    await expect(people.confirmEmail(first)).rejects.toMatchObject(linkInvalid);
    await people.confirmEmail(second);
    expect((await accounts.user(user.id))?.email_confirmed_at).toBeInstanceOf(Date);
    await expect(people.confirmEmail(second)).rejects.toMatchObject(linkInvalid);
    await people.resendConfirmation(user.id);
    expect(await templatesTo(person.email)).toEqual(['account.welcome', 'account.confirm_email']);
  });

  test('whose link has expired is not confirmed', async () => {
    const person = registration();
    const { user } = await accounts.register(person);
    const token = await tokenTo(person.email);
    await database.query('UPDATE account_links SET expires_at = now() WHERE user_id = $1', [user.id]);
    await expect(people.confirmEmail(token)).rejects.toMatchObject(linkInvalid);
    await expect(people.resetPassword(token, 'another password')).rejects.toMatchObject(linkInvalid);
  });

  test('changes when the link to the new one is used; the old one is notified, and its links end', async () => {
    const { user, email, password } = await confirmed();
    const next = `new.${email}`;
    await expect(people.requestEmailChange(user.id, 'wrong', next)).rejects.toMatchObject(refused);
    await people.requestEmailChange(user.id, password, next.toUpperCase());
    await expect(accounts.login(next, password)).rejects.toMatchObject(refused);
    await people.requestPasswordReset(email);
    const reset = await tokenTo(email);
    await people.confirmEmail(await tokenTo(next));
    await expect(accounts.login(next, password)).resolves.toMatchObject({ user: { email: next } });
    await expect(accounts.login(email, password)).rejects.toMatchObject(refused);
    await expect(people.resetPassword(reset, 'another password')).rejects.toMatchObject(linkInvalid);
    expect((await templatesTo(email)).at(-1)).toBe('account.email_changed');
  });

  test('that somebody else has taken in the meantime stays theirs', async () => {
    const one = await confirmed();
    const other = registration();
    await people.requestEmailChange(one.user.id, one.password, other.email);
    const token = await tokenTo(other.email);
    await accounts.register(other);
    await expect(people.confirmEmail(token)).rejects.toMatchObject({ code: 'auth.email_taken' });
  });
});

describe('a new password', () => {
  test('is chosen by a link that works once, ends every login, and is announced by mail', async () => {
    const { email, accessToken, refreshToken } = await confirmed();
    await people.requestPasswordReset(email.toUpperCase());
    const token = await tokenTo(email);
    await people.resetPassword(token, 'another password');
    await expect(accounts.authenticate(accessToken)).rejects.toMatchObject(refused);
    await expect(accounts.refresh(refreshToken)).rejects.toMatchObject(refused);
    await expect(accounts.login(email, PASSWORD)).rejects.toMatchObject(refused);
    await expect(accounts.login(email, 'another password')).resolves.toBeDefined();
    await expect(people.resetPassword(token, 'a third password')).rejects.toMatchObject(linkInvalid);
    expect(await templatesTo(email)).toEqual(['account.welcome', 'account.reset_password', 'account.password_changed']);
  });

  test.each([
    ['a new password', (id: string) => accounts.changePassword(id, PASSWORD, 'another password')],
    ['the end of all logins', (id: string) => accounts.logoutEverywhere(id)],
  ])('%s ends links to another password and to another address, which a thief may have asked for', async (_, end) => {
    const { user, email } = await confirmed();
    const thief = `thief.${email}`;
    await people.requestEmailChange(user.id, PASSWORD, thief);
    await people.requestPasswordReset(email);
    const reset = await tokenTo(email);
    await end(user.id);
    await expect(people.confirmEmail(await tokenTo(thief))).rejects.toMatchObject(linkInvalid);
    await expect(people.resetPassword(reset, 'a third password')).rejects.toMatchObject(linkInvalid);
    expect((await accounts.user(user.id))?.email).toBe(email);
  });

  test('of an address without an account writes nothing', async () => {
    const before = await database.query('SELECT id FROM mails');
    await people.requestPasswordReset('nobody@example.com');
    expect(await database.query('SELECT id FROM mails')).toHaveLength(before.length);
  });

  test('takes a link for that purpose only', async () => {
    const person = registration();
    await accounts.register(person);
    await expect(people.resetPassword(await tokenTo(person.email), 'another password')).rejects.toMatchObject(
      linkInvalid,
    );
  });
});

test('the link of a mail that was sent is stored no longer', async () => {
  const person = registration();
  await accounts.register(person);
  const [{ id }] = await database.query<{ id: string }>('SELECT id FROM mails WHERE recipient = $1', [person.email]);
  const sent: string[] = [];
  const transport: MailTransport = {
    send: async ({ text }) => {
      sent.push(text);
      return 'p';
    },
  };
  const token = await tokenTo(person.email);
  expect(await sendMail(id, database, transport)).toBe('sent');
  expect(sent[0]).toContain(token);
  expect(JSON.stringify(await database.query('SELECT * FROM mails WHERE id = $1', [id]))).not.toContain(token);
});

describe('an organization that nobody has confirmed', () => {
  test('adds nobody and invites nobody, until one of its owners confirms', async () => {
    const person = registration();
    const caller = await callerOf(await accounts.register(person));
    const invitation = { email: 'guest@example.com', role: 'member', language: 'en' } as const;
    const unconfirmed = { code: 'auth.unconfirmed' };
    await expect(people.invite(caller, invitation)).rejects.toMatchObject(unconfirmed);
    await expect(accounts.addMember(caller, { ...registration(), role: 'member' })).rejects.toMatchObject(unconfirmed);
    expect(await templatesTo('guest@example.com')).toEqual([]);
    await people.confirmEmail(await tokenTo(person.email));
    await expect(people.invite(caller, invitation)).resolves.toMatchObject({ email: 'guest@example.com' });
  });
});

describe('an invitation', () => {
  test('makes the account of a person with a confirmed address and the role, once, in the language of the invitation', async () => {
    const owner = await callerOf(await confirmed());
    const { email } = registration();
    await people.invite(owner, { email, role: 'viewer', language: 'de' });
    const token = await tokenTo(email);
    const person = { name: 'Guest', password: PASSWORD, language: 'de' } as const;
    const joined = await people.acceptInvitation(token, person);
    expect(joined).toMatchObject({ email, role: 'viewer', language: 'de', email_confirmed_at: expect.any(Date) });
    expect((await callerOf(await accounts.login(email, PASSWORD))).orgId).toBe(owner.orgId);
    await expect(people.acceptInvitation(token, person)).rejects.toMatchObject(linkInvalid);
    expect(await people.invitations(owner.orgId, 10)).toMatchObject([{ email, accepted_at: expect.any(Date) }]);
  });

  test('that was taken back or has expired creates nobody; nobody else can take it back', async () => {
    const owner = await callerOf(await confirmed());
    const stranger = await callerOf(await confirmed());
    const person = { name: 'Guest', password: PASSWORD, language: 'en' } as const;
    for (const end of ['revoke', 'expire'] as const) {
      const { email } = registration();
      const { id } = await people.invite(owner, { email, role: 'member', language: 'en' });
      await expect(people.revokeInvitation(stranger.orgId, id)).rejects.toMatchObject({ code: 'request.not_found' });
      const token = await tokenTo(email);
      if (end === 'revoke') await people.revokeInvitation(owner.orgId, id);
      else await database.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [id]);
      await expect(people.acceptInvitation(token, person)).rejects.toMatchObject(linkInvalid);
    }
    expect(await accounts.members(owner.orgId, 10)).toHaveLength(1);
  });

  test.each([
    ['removed', (owner: Principal, id: string) => accounts.removeMember(owner, id)],
    ['given another role', (owner: Principal, id: string) => accounts.changeRole(owner, id, 'member')],
  ])('ends when its maker is %s', async (_, act) => {
    const owner = await callerOf(await confirmed());
    const leaving = { ...registration(), role: 'admin' as const };
    const { id } = await accounts.addMember(owner, leaving);
    const maker = await callerOf(await accounts.login(leaving.email, leaving.password));
    const { email } = registration();
    await people.invite(maker, { email, role: 'admin', language: 'en' });
    await act(owner, id);
    const person = { name: 'Guest', password: PASSWORD, language: 'en' } as const;
    await expect(people.acceptInvitation(await tokenTo(email), person)).rejects.toMatchObject(linkInvalid);
  });

  test('is not made by somebody who has just been removed', async () => {
    const owner = await callerOf(await confirmed());
    const leaving = { ...registration(), role: 'admin' as const };
    const { id } = await accounts.addMember(owner, leaving);
    const maker = await callerOf(await accounts.login(leaving.email, leaving.password));
    await accounts.removeMember(owner, id);
    await expect(
      people.invite(maker, { email: 'late@example.com', role: 'member', language: 'en' }),
    ).rejects.toMatchObject(refused);
  });

  test('gives no role that its maker could not give', async () => {
    const owner = await callerOf(await confirmed());
    const { key } = await accounts.createKey(owner, 'weak', ['organization:write']);
    const weak = await accounts.authenticate(key);
    for (const role of ['owner', 'admin', 'member', 'viewer'] as const)
      await expect(people.invite(weak, { email: 'g@example.com', role, language: 'en' })).rejects.toMatchObject({
        code: 'auth.forbidden',
        pointer: '/role',
      });
  });
});

describe('logins', () => {
  const browser = { client: 'Firefox', address: '192.0.2.1' };

  test("a browser's session authenticates, is no refresh token, and ends with the password and by itself", async () => {
    const { email, user } = await confirmed();
    const session = await accounts.loginByCookie(email, PASSWORD, browser);
    const caller = await accounts.authenticate(session.token);
    expect(caller).toMatchObject({ kind: 'user', id: user.id });
    await expect(accounts.refresh(session.token)).rejects.toMatchObject(refused);
    await expect(accounts.loginByCookie(email, 'wrong')).rejects.toMatchObject(refused);
    await accounts.endLogin(user.id, caller.loginId!);
    await expect(accounts.authenticate(session.token)).rejects.toMatchObject(refused);
    const second = await accounts.loginByCookie(email, PASSWORD, browser);
    await accounts.authenticate(second.token);
    await accounts.changePassword(user.id, PASSWORD, 'another password');
    await expect(accounts.authenticate(second.token)).rejects.toMatchObject(refused);
    const third = await accounts.loginByCookie(email, 'another password', browser);
    await database.query('UPDATE refresh_tokens SET expires_at = now() WHERE user_id = $1', [user.id]);
    await expect(accounts.authenticate(third.token)).rejects.toMatchObject(refused);
  });

  test("a browser's session ends in every process that is notified, however it ends", async () => {
    const other = new Accounts(database, { jwt, apiUrl: API, box });
    const owner = await callerOf(await confirmed());
    const ends: Record<string, (id: string, loginId: string, email: string) => Promise<unknown>> = {
      login: (id, loginId) => accounts.endLogin(id, loginId),
      logins: (id) => accounts.logoutEverywhere(id),
      password: (id) => accounts.changePassword(id, PASSWORD, 'another password'),
      reset: async (_, __, email) => {
        await people.requestPasswordReset(email);
        await people.resetPassword(await tokenTo(email), 'another password');
      },
      removal: (id) => accounts.removeMember(owner, id),
    };
    for (const [name, end] of Object.entries(ends)) {
      const someone = { ...registration(), role: 'member' as const };
      const { id } = await accounts.addMember(owner, someone);
      const { token } = await accounts.loginByCookie(someone.email, PASSWORD, browser);
      const { loginId } = await accounts.authenticate(token);
      await other.authenticate(token);
      await end(id, loginId!, someone.email);
      await expect(accounts.authenticate(token)).rejects.toMatchObject(refused);
      other.forget(id); // as the notification does
      expect([name, await other.authenticate(token).catch(({ code }) => code)]).toEqual([name, refused.code]);
    }
  });

  test('are listed until they end, each once with the device that renewed it last; a person ends only their own', async () => {
    const { email, user, refreshToken } = await confirmed();
    const stranger = await confirmed();
    await accounts.refresh(refreshToken, { client: 'curl', address: '192.0.2.2' });
    const cookie = await accounts.loginByCookie(email, PASSWORD, browser);
    const { loginId } = await accounts.authenticate(cookie.token);
    const listed = await accounts.logins(user.id, 10);
    expect(listed).toMatchObject([
      { id: loginId, is_cookie: true, ...browser },
      { is_cookie: false, client: 'curl', address: '192.0.2.2' },
    ]);
    expect(listed[1].last_renewed_at.getTime()).toBeGreaterThan(listed[1].started_at.getTime());
    expect(await accounts.logins(user.id, 10, listed[0].id)).toEqual([listed[1]]);
    await expect(accounts.endLogin(stranger.user.id, listed[1].id)).rejects.toMatchObject({
      code: 'request.not_found',
    });
    await accounts.endLogin(user.id, listed[1].id);
    expect(await accounts.logins(user.id, 10)).toEqual([listed[0]]);
    await accounts.logoutEverywhere(user.id);
    expect(await accounts.logins(user.id, 10)).toEqual([]);
    await expect(accounts.authenticate(cookie.token)).rejects.toMatchObject(refused);
  });
});

/** Limits on guesses: exact over processes, one count an account over all kinds of secrets, waits that grow, and the person's mail. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Database } from '../../src/adapters/database/database.ts';
import { AppError } from '../../src/contracts/common/app-error.ts';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { Guesses } from '../../src/services/accounts/guesses.ts';
import { codeOf, stepAt } from '../../src/services/accounts/one-time-code.ts';
import { People } from '../../src/services/accounts/people.ts';
import { SecondFactors } from '../../src/services/accounts/second-factor.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';

const PASSWORD = 'a long password';
const HOME = '198.51.100.1';
const FREE = { accountAndAddress: 3, account: 5, address: 7 };
const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
const box = new SecretBox(['b'.repeat(32)]);

function processOn(database: Database, free = FREE) {
  const accounts = new Accounts(database, { jwt, apiUrl: 'https://api.example.com', box });
  return {
    database,
    accounts,
    people: new People(database, accounts, 'https://api.example.com'),
    factors: new SecondFactors(database, accounts, box),
    guesses: new Guesses(database, free),
  };
}
type Process = ReturnType<typeof processOn>;

let one: Process;
let other: Process;
let database: Database;
let number = 0;

beforeAll(async () => {
  const migrated = await migratedDatabase();
  database = migrated.database;
  one = processOn(database);
  other = processOn(await Database.connect({ url: migrated.url, poolSize: 10, applicationName: 'other' }));
});
afterAll(async () => {
  await other?.database.close();
  await database?.close();
});
beforeEach(() => database.query("DELETE FROM guesses WHERE key ~ '^address'"));

async function registered(device = { client: null, address: HOME }) {
  const email = `person${++number}@example.com`;
  const person = { email, password: PASSWORD, name: 'P', organizationName: 'O', language: 'de' as const };
  const { user, organization, refreshToken } = await one.accounts.register(person, device);
  return { email, id: user.id, orgId: organization.id, refreshToken };
}
interface Sent {
  readonly email: string;
  readonly from?: string;
  readonly password?: string;
  readonly proof?: object;
  readonly at?: Process;
}
const from = (i: number): string => `203.0.113.${i}`;
/** A login as the API makes it. @returns `ok`, or the code of the error */
async function login({ email, from: address = from(1), password = 'wrong', proof = {}, at = one }: Sent) {
  const account = await at.guesses.accountOf('email', email);
  return codeOfOutcome(
    at.guesses.attempt({ account, address, isWholeProof: true }, () =>
      at.accounts.login(email, password, { client: null, address }, proof),
    ),
  );
}
const attempt = (account: string | undefined, work: () => Promise<unknown>, address = from(1)): Promise<string> =>
  codeOfOutcome(one.guesses.attempt({ account, address, isWholeProof: false }, work));
const codeOfOutcome = (outcome: Promise<unknown>): Promise<string> =>
  outcome.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
const times = <Item>(n: number, make: (i: number) => Item): Item[] => Array.from({ length: n }, (_, i) => make(i));
async function inTurn<Item>(items: readonly (() => Promise<Item>)[]): Promise<Item[]> {
  const made: Item[] = [];
  for (const item of items) made.push(await item());
  return made;
}
const WRONG = 'auth.invalid';
const REFUSED = 'rate_limit.exceeded';
/** Lets the clock of the counts run ahead. */
const pass = (seconds: number) =>
  database.query(
    `UPDATE guesses SET clear_at = clear_at - s, next_at = next_at - s, began_at = began_at - s, mailed_at = mailed_at - s
     FROM (SELECT $1 * interval '1 second' AS s) AS passed`,
    [seconds],
  );
const waitOf = async (email: string, address = from(1)): Promise<number | undefined> => {
  const refused = one.guesses.attempt(
    { account: await one.guesses.accountOf('email', email), address, isWholeProof: false },
    () => Promise.reject(new AppError('request.invalid', 'not a guess')),
  );
  return ((await refused.catch((error: unknown) => error)) as AppError).retryAfterS;
};
const mailsTo = (email: string) =>
  database.query<{ data: { nFailed: number; address: string; language: string } }>(
    `SELECT data FROM mails WHERE recipient = $1 AND template = 'account.guessed' ORDER BY created_at`,
    [email],
  );

describe('of 200 wrong passwords at once over two processes exactly the free ones are checked', () => {
  async function expectChecked(
    nFree: number,
    free: Partial<typeof FREE>,
    guess: (i: number) => Partial<Sent>,
  ): Promise<void> {
    const limits = { accountAndAddress: 1000, account: 1000, address: 1000, ...free };
    const processes = [processOn(one.database, limits), processOn(other.database, limits)];
    const { email } = await registered();
    const begin = performance.now();
    const outcomes = await Promise.all(times(200, (i) => login({ email, at: processes[i % 2], ...guess(i) })));
    const nChecked = outcomes.filter((outcome) => outcome === WRONG).length;
    expect(outcomes.filter((outcome) => outcome === REFUSED)).toHaveLength(200 - nChecked);
    expect(nChecked).toBeGreaterThanOrEqual(nFree);
    // On a machine that takes longer than a second, the waits of 1, 2, 4 s end meanwhile.
    expect(nChecked).toBeLessThanOrEqual(nFree + Math.floor(Math.log2((performance.now() - begin) / 1000 + 1)));
  }

  test('of one account from one address', () => expectChecked(10, { accountAndAddress: 10 }, () => ({})));
  test('of one account from 200 addresses', () => expectChecked(20, { account: 20 }, (i) => ({ from: from(i) })));
  test('of 200 accounts from one address', () =>
    expectChecked(30, { address: 30 }, (i) => ({ email: `nobody${i}@example.com` })));
});

test('of many attempts at the end of a wait exactly one is checked', async () => {
  const { email } = await registered();
  await inTurn(times(3, () => () => login({ email })));
  await database.query(`UPDATE guesses SET clear_at = now() + interval '1 day', next_at = now() WHERE key ~ '^both'`);
  const outcomes = await Promise.all(times(40, (i) => login({ email, at: [one, other][i % 2] })));
  expect(outcomes.filter((outcome) => outcome === WRONG)).toHaveLength(1);
});

test('each further failure doubles the wait up to 15 minutes; a right login ends the count; refused ones do not count', async () => {
  const { email } = await registered();
  expect(await inTurn(times(3, () => () => login({ email })))).toEqual([WRONG, WRONG, WRONG]);
  const waits: (number | undefined)[] = [];
  for (let i = 0; i < 13; i++) {
    expect([await login({ email }), await login({ email, password: PASSWORD })]).toEqual([REFUSED, REFUSED]);
    const wait = await waitOf(email);
    waits.push(wait);
    // What counts for the address is forgotten sooner.
    await database.query("DELETE FROM guesses WHERE key ~ '^address'");
    await database.query(`UPDATE guesses SET next_at = now() WHERE key ~ $1`, [`^(both|account) `]);
    expect(await login({ email })).toBe(WRONG);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  await pass(900);
  expect(await login({ email, password: PASSWORD })).toBe('ok');
  expect(await inTurn(times(4, () => () => login({ email })))).toEqual([WRONG, WRONG, WRONG, REFUSED]);
});

test('each quarter of an hour forgets one failure', async () => {
  const { email } = await registered();
  await inTurn(times(3, () => () => login({ email })));
  await pass(900);
  expect(await inTurn(times(2, () => () => login({ email })))).toEqual([WRONG, REFUSED]);
});

test('all kinds of secrets of an account count together', async () => {
  const { email, id, refreshToken } = await registered();
  await one.people.requestPasswordReset(email);
  const token = 'x'.repeat(43);
  expect(await login({ email })).toBe(WRONG);
  expect(await attempt(id, () => one.accounts.changePassword(id, 'wrong', 'another password'))).toBe(WRONG);
  expect(await attempt(id, () => one.factors.begin(id, 'wrong'))).toBe(WRONG);
  for (const account of [id, await one.guesses.accountOf('refresh_token', refreshToken)])
    expect(await attempt(account, () => one.people.resetPassword(token, PASSWORD))).toBe(REFUSED);
  expect(await login({ email, password: PASSWORD })).toBe(REFUSED);
});

test('tokens that nobody has count for their address', async () => {
  const account = await one.guesses.accountOf('link', 'no such token');
  const outcomes = await inTurn(
    times(8, () => () => attempt(account, () => one.people.resetPassword('no such token', PASSWORD))),
  );
  expect([account, outcomes]).toEqual([undefined, [...Array(7).fill('auth.link_invalid'), REFUSED]]);
});

test('wrong codes count; the right password without a code neither counts nor ends the count', async () => {
  const { email, id } = await registered();
  const { secret } = await one.factors.begin(id, PASSWORD);
  await one.factors.confirm(id, codeOf(secret, stepAt(Date.now())));
  await database.query('UPDATE users SET last_totp_step = 0 WHERE id = $1', [id]);
  const right = { email, password: PASSWORD };
  expect(await inTurn(times(5, () => () => login(right)))).toEqual(Array(5).fill('auth.second_factor_required'));
  const wrong = { ...right, proof: { one_time_code: '000000' } };
  const mixed = [wrong, right, wrong, right, wrong, wrong].map((sent) => () => login(sent));
  const required = 'auth.second_factor_required';
  expect(await inTurn(mixed)).toEqual([WRONG, required, WRONG, required, WRONG, REFUSED]);
  await pass(1);
  const proof = { one_time_code: codeOf(secret, stepAt(Date.now())) };
  expect(await inTurn([right, { ...right, proof }, wrong].map((sent) => () => login(sent)))).toEqual([
    required,
    'ok',
    WRONG,
  ]);
});

test('guesses from many addresses end after the limit of the account, and do not lock the person out at home', async () => {
  const { email } = await registered();
  const strangers = await inTurn(times(6, (i) => () => login({ email, from: from(i) })));
  expect(strangers).toEqual([...Array(5).fill(WRONG), REFUSED]);
  expect(await login({ email, from: from(99), password: PASSWORD })).toBe(REFUSED);
  expect(await login({ email, from: HOME, password: PASSWORD })).toBe('ok');
  // At home, too, the limit of one address applies.
  expect(await inTurn(times(4, () => () => login({ email, from: HOME })))).toEqual([WRONG, WRONG, WRONG, REFUSED]);
});

test('an IPv6 customer with a whole network is one address; an address without an account is limited alike', async () => {
  const outcomes = await inTurn(
    times(4, (i) => () => login({ email: 'Nobody@example.com', from: `2001:db8:0:${i}::${i + 1}` })),
  );
  expect(outcomes).toEqual([WRONG, WRONG, WRONG, REFUSED]);
  expect(await login({ email: 'nobody@example.com', from: '2001:db8:1::1' })).toBe(WRONG);
});

test('the person is mailed once a lock-out, in their language, at most once an hour', async () => {
  const { email } = await registered();
  await inTurn(times(2, () => () => login({ email })));
  expect(await mailsTo(email)).toEqual([]);
  await Promise.all(times(10, (i) => login({ email, at: [one, other][i % 2] })));
  await pass(1);
  expect(await login({ email })).toBe(WRONG);
  expect(await mailsTo(email)).toEqual([
    { data: expect.objectContaining({ nFailed: 3, address: from(1), language: 'de' }) },
  ]);
  // A login ends the lock-out; the next one within the hour is not mailed again.
  const lockAgain = async () => {
    await login({ email, from: HOME, password: PASSWORD });
    await inTurn(times(3, () => () => login({ email, from: from(2) })));
    return (await mailsTo(email)).length;
  };
  expect(await lockAgain()).toBe(1);
  await pass(3600);
  await database.query("DELETE FROM guesses WHERE key ~ '^both'");
  expect(await lockAgain()).toBe(2);
});

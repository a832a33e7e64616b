/** Which account a request guesses a secret of. */
import type { Request } from 'express';
import type { Principal } from '../contracts/common/scopes.ts';
import { digestOf, type Guesses } from '../services/accounts/guesses.ts';

interface Guessing {
  readonly principal: Principal;
  readonly request: Request;
  readonly body: unknown;
}
const sent = ({ body }: Guessing, name: string): string => String((body as Record<string, unknown>)[name]);

/** What can be guessed, and the account that the guess counts for. */
const GUESSES = {
  /** Password and second factor; a login needs both. */
  login: (call, guesses) => guesses.accountOf('email', sent(call, 'email')),
  administrator: (call) => digestOf(`administrator ${sent(call, 'email')}`),
  /** Password or second factor of the caller */
  password: ({ principal }) => principal.id,
  link: (call, guesses) => guesses.accountOf('link', sent(call, 'token')),
  refresh: (call, guesses) => guesses.accountOf('refresh_token', sent(call, 'refresh_token')),
  /** Whether an email address has an account */
  member: ({ principal }) => principal.orgId,
} satisfies Record<string, (call: Guessing, guesses: Guesses) => string | undefined | Promise<string | undefined>>;
export type GuessKind = keyof typeof GUESSES;

export type LimitGuesses = <Done>(kind: GuessKind, call: Guessing, work: () => Promise<Done>) => Promise<Done>;

export const limitGuesses =
  (guesses: Guesses): LimitGuesses =>
  async (kind, call, work) => {
    const account = await GUESSES[kind](call, guesses);
    const isWholeProof = kind === 'login' || kind === 'administrator';
    return guesses.attempt({ account, address: call.request.ip, isWholeProof }, work);
  };

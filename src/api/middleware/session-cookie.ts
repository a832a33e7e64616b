/**
 * The cookie of a browser's session, of a customer or of an administrator. Scripts cannot read it, browsers send it only from
 * pages of the same site, and a request that changes something must also come from an origin that is allowed.
 */
import type { CookieOptions, Request, Response } from 'express';
import { AppError } from '../../contracts/common/app-error.ts';

/** Methods that change nothing */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export class SessionCookie {
  readonly #name: string;
  readonly #options: CookieOptions;
  readonly #origins: ReadonlySet<string>;

  /**
   * @param name without the prefix that browsers know
   * @param apiUrl public address of the API
   * @param origins further ones whose pages may use sessions; `*` is none of them
   */
  constructor(
    name: 'tessellate_session' | 'tessellate_admin' | 'tessellate_sign_in',
    apiUrl: string,
    origins: readonly string[],
  ) {
    const secure = apiUrl.startsWith('https:');
    // The prefix makes browsers refuse the cookie without Secure, from a subdomain, or for another path.
    this.#name = secure ? `__Host-${name}` : name;
    this.#options = { httpOnly: true, sameSite: 'strict', secure, path: '/' };
    this.#origins = new Set([new URL(apiUrl).origin, ...origins.filter((origin) => origin !== '*')]);
  }

  set(response: Response, token: string, expires: Date): void {
    response.cookie(this.#name, token, { ...this.#options, expires });
  }

  clear(response: Response): void {
    response.clearCookie(this.#name, this.#options);
  }

  /** Returns the token that a browser has sent. */
  tokenOf(request: Request): string | undefined {
    for (const part of (request.get('cookie') ?? '').split(';')) {
      const [name, token] = part.trim().split('=');
      if (name === this.#name) return token;
    }
    return undefined;
  }

  /**
   * Refuses a change that a page of another site causes: browsers name the origin of each such request, and a request without
   * an origin comes from no page of ours.
   * @throws AppError `auth.cross_site`
   */
  requireSameSite(request: Request): void {
    if (SAFE.has(request.method)) return;
    const origin = request.get('origin');
    const isOurs =
      origin === undefined
        ? request.get('sec-fetch-site') === 'same-origin'
        : this.#origins.has(origin) || (URL.canParse(origin) && new URL(origin).host === request.get('host'));
    if (!isOurs)
      throw new AppError('auth.cross_site', 'The session of a browser accepts no changes from pages of another site', {
        fix: 'Send the request from a page of this site or of ALLOWED_ORIGINS, or send Authorization: Bearer.',
      });
  }
}

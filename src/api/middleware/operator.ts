/** Access for operators only. They use a token of the installation, because no organization has rights over the others. */
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { hashToken } from '../../services/accounts/credentials.ts';
import type { Config } from '../../adapters/config/config.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { credentialsOf } from './identify.ts';

/**
 * `operator` and `hidden` accept ADMIN_TOKEN, and to anybody else a hidden path does not exist; `metrics` accepts
 * METRICS_TOKEN or ADMIN_TOKEN. If no token is set, access is open in development and closed in production.
 */
export type OperatorScope = 'operator' | 'metrics' | 'hidden';

export const isOperatorScope = (scope: string): scope is OperatorScope =>
  scope === 'operator' || scope === 'metrics' || scope === 'hidden';

/** Whether a customer's request also has ADMIN_TOKEN, in X-Admin-Token: the answer may then say more to an operator. */
export function isOperator(request: Request, { ADMIN_TOKEN, APP_ENV }: Config): boolean {
  if (ADMIN_TOKEN === undefined) return APP_ENV === 'development';
  const sent = request.get('x-admin-token');
  return sent !== undefined && timingSafeEqual(hashToken(sent), hashToken(ADMIN_TOKEN));
}

interface Asking {
  get(name: string): string | undefined;
  readonly path: string;
}

/** @throws AppError `auth.missing`, `auth.invalid`; `request.not_found` where the path is hidden */
export function admitOperator(request: Asking, scope: OperatorScope, config: Config): void {
  const names = scope === 'metrics' ? (['METRICS_TOKEN', 'ADMIN_TOKEN'] as const) : (['ADMIN_TOKEN'] as const);
  const tokens = names.map((name) => config[name]).filter((token) => token !== undefined);
  if (tokens.length === 0 && config.APP_ENV === 'development') return;
  const sent = credentialsOf(request);
  const setFirst = tokens.length === 0 ? `This installation has no token yet: set ${names.join(' or ')}. ` : '';
  const fix = `${setFirst}Send Authorization: Bearer with ${names.join(' or ')}.`;
  const hash = sent === undefined ? undefined : hashToken(sent);
  if (hash && tokens.some((token) => timingSafeEqual(hash, hashToken(token)))) return;
  if (scope === 'hidden') throw new AppError('request.not_found', `No path ${request.path}`);
  if (!hash) throw new AppError('auth.missing', 'The request has no credentials', { fix });
  throw new AppError('auth.invalid', 'The token is not valid at this address', { fix });
}

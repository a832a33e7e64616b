/** Access for operators only. They use a token of the installation, because no organization has rights over the others. */
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { hashToken } from '../../services/accounts/credentials.ts';
import type { Config } from '../../adapters/config/config.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { credentialsOf } from './identify.ts';

/**
 * `operator` accepts ADMIN_TOKEN; `metrics` accepts METRICS_TOKEN or ADMIN_TOKEN. If no token is set, access is open in
 * development and closed in production.
 */
export type OperatorScope = 'operator' | 'metrics';

export const isOperatorScope = (scope: string): scope is OperatorScope => scope === 'operator' || scope === 'metrics';

/** @throws AppError `auth.missing`, `auth.invalid` */
export function admitOperator(request: Request, scope: OperatorScope, config: Config): void {
  const names = scope === 'metrics' ? (['METRICS_TOKEN', 'ADMIN_TOKEN'] as const) : (['ADMIN_TOKEN'] as const);
  const tokens = names.map((name) => config[name]).filter((token) => token !== undefined);
  if (tokens.length === 0 && config.APP_ENV === 'development') return;
  const sent = credentialsOf(request);
  const setFirst = tokens.length === 0 ? `This installation has no token yet: set ${names.join(' or ')}. ` : '';
  const fix = `${setFirst}Send Authorization: Bearer with ${names.join(' or ')}.`;
  if (sent === undefined) throw new AppError('auth.missing', 'The request has no credentials', { fix });
  const hash = hashToken(sent);
  if (!tokens.some((token) => timingSafeEqual(hash, hashToken(token))))
    throw new AppError('auth.invalid', 'The token is not valid at this address', { fix });
}

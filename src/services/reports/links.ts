/**
 * Links that let anyone who has them download one file until a time. An HMAC protects the report, the file and the
 * time.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../lib/secrets.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { ReportFormat } from '../../contracts/reports/reports.ts';

export interface LinkQuery {
  /** [s since epoch] */
  readonly expires: number;
  /** base64url of the HMAC-SHA256 */
  readonly signature: string;
}

export class LinkSigner {
  /** The first signs; the signatures of all are accepted. */
  readonly #keys: readonly Buffer[];
  readonly #base: string;

  /** @param base address of the API, without a slash at its end */
  constructor(secrets: Secrets, base: string) {
    this.#keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'report links', 32)));
    this.#base = base;
  }

  url(reportId: string, format: ReportFormat, expiresS: number): string {
    const query = `expires=${expiresS}&signature=${sign(this.#keys[0], reportId, format, expiresS).toString('base64url')}`;
    return `${this.#base}/v1/downloads/reports/${reportId}/${format}?${query}`;
  }

  /** @throws AppError `report.link_invalid`, `report.link_expired` */
  verify(reportId: string, format: string, { expires, signature }: LinkQuery, nowMs: number): void {
    const given = Buffer.from(signature, 'base64url');
    const isSigned = this.#keys.some((key) => {
      const expected = sign(key, reportId, format, expires);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    if (!isSigned)
      throw new AppError('report.link_invalid', 'The signature of this link does not fit it', {
        fix: 'Use the link as it was given, or make a new one with POST /v1/reports/{id}/links.',
      });
    if (nowMs >= expires * 1000)
      throw new AppError('report.link_expired', `This link was good until ${new Date(expires * 1000).toISOString()}`, {
        fix: 'Make a new one with POST /v1/reports/{id}/links.',
      });
  }
}

const sign = (key: Buffer, reportId: string, format: string, expiresS: number): Buffer =>
  createHmac('sha256', key).update(`${reportId}\n${format}\n${expiresS}`).digest();

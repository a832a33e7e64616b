/**
 * Links that let anyone who has them download one file until a time. An HMAC protects the report, the file and the
 * time.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../contracts/common/app-error.ts';
import type { ReportFormat } from '../../contracts/reports/reports.ts';

export interface LinkQuery {
  /** [s since epoch] */
  readonly expires: number;
  /** base64url of the HMAC-SHA256 */
  readonly signature: string;
}

export class LinkSigner {
  readonly #key: Buffer;
  readonly #base: string;

  /** @param base address of the API, without a slash at its end */
  constructor(applicationSecret: string, base: string) {
    this.#key = Buffer.from(hkdfSync('sha256', applicationSecret, '', 'report links', 32));
    this.#base = base;
  }

  url(reportId: string, format: ReportFormat, expiresS: number): string {
    const query = `expires=${expiresS}&signature=${this.#sign(reportId, format, expiresS).toString('base64url')}`;
    return `${this.#base}/v1/downloads/reports/${reportId}/${format}?${query}`;
  }

  /** @throws AppError `report.link_invalid`, `report.link_expired` */
  verify(reportId: string, format: string, { expires, signature }: LinkQuery, nowMs: number): void {
    const expected = this.#sign(reportId, format, expires);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new AppError('report.link_invalid', 'The signature of this link does not fit it', {
        fix: 'Use the link as it was given, or make a new one with POST /v1/reports/{id}/links.',
      });
    if (nowMs >= expires * 1000)
      throw new AppError('report.link_expired', `This link was good until ${new Date(expires * 1000).toISOString()}`, {
        fix: 'Make a new one with POST /v1/reports/{id}/links.',
      });
  }

  #sign(reportId: string, format: string, expiresS: number): Buffer {
    return createHmac('sha256', this.#key).update(`${reportId}\n${format}\n${expiresS}`).digest();
  }
}

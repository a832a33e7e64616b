import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { signTestWebhook, verifyWebhook, type WebhookVerificationError } from './webhook.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const EVENT = {
  type: 'job.succeeded',
  timestamp: '2026-11-26T00:00:00Z',
  api_version: '2026-11-01',
  data: { n: 'Größe ☀' },
} as const;

const reasonOf = (verify: () => unknown): string => {
  try {
    verify();
  } catch (error) {
    return (error as WebhookVerificationError).reason;
  }
  return 'verified';
};

describe('against the standardwebhooks package', () => {
  test('it verifies what we sign', () => {
    const { body, headers } = signTestWebhook(EVENT, SECRET);
    expect(new Webhook(SECRET).verify(body, { ...headers })).toEqual(EVENT);
    expect(() => new Webhook(OTHER).verify(body, { ...headers })).toThrow();
  });

  test('we verify what it signs, as text, bytes, and by the headers of Node and fetch', () => {
    const body = JSON.stringify(EVENT);
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(SECRET).sign('msg_1', at, body),
    };
    expect(verifyWebhook(body, headers, SECRET)).toEqual(EVENT);
    expect(verifyWebhook(new TextEncoder().encode(body), new Headers(headers), [OTHER, SECRET])).toEqual(EVENT);
    expect(reasonOf(() => verifyWebhook(body, headers, OTHER))).toBe('signature');
  });
});

describe('a request that is not to be believed', () => {
  const { body, headers } = signTestWebhook(EVENT, SECRET, { id: 'evt_1', timestampS: 1_000_000 });
  const verify = (more: { body?: string; headers?: object; nowS?: number; toleranceS?: number }) =>
    reasonOf(() =>
      verifyWebhook(more.body ?? body, { ...headers, ...more.headers }, SECRET, { nowS: 1_000_010, ...more }),
    );

  test.each([
    ['as it was sent', {}, 'verified'],
    [
      'with another signature beside',
      { headers: { 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` } },
      'verified',
    ],
    ['another body', { body: `${body} ` }, 'signature'],
    ['another id', { headers: { 'webhook-id': 'evt_2' } }, 'signature'],
    [
      'another version of signatures',
      { headers: { 'webhook-signature': headers['webhook-signature'].replace('v1', 'v2') } },
      'signature',
    ],
    ['no signature', { headers: { 'webhook-signature': undefined } }, 'missing_header'],
    ['no id', { headers: { 'webhook-id': '' } }, 'missing_header'],
    ['too old', { nowS: 1_000_301 }, 'timestamp'],
    ['from the future', { nowS: 999_699 }, 'timestamp'],
    ['old, but tolerated', { nowS: 1_000_301, toleranceS: 302 }, 'verified'],
    ['a time that is none', { headers: { 'webhook-timestamp': 'NaN' } }, 'timestamp'],
  ])('%s: %#', (_name, more, expected) => {
    expect(verify(more)).toBe(expected);
  });

  test('a secret that is none is reported, not taken for a wrong signature', () => {
    expect(() => verifyWebhook(body, headers, 'secret', { nowS: 1_000_000 })).toThrow('A webhook secret is whsec_');
  });

  test('a signed body that is not JSON', () => {
    const signed = signTestWebhook('hello', SECRET);
    expect(reasonOf(() => verifyWebhook(signed.body, signed.headers, SECRET))).toBe('body');
  });
});

import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { newSecret, signedHeaders } from './signature.ts';

const BODY = '{"type":"job.succeeded","data":{"id":"job_1","name":"Größe ☀"}}';
const now = () => Date.now() / 1000;

describe('signatures, verified by the standardwebhooks package', () => {
  test('the secret verifies its own requests, and no others', () => {
    const secret = newSecret();
    const headers = signedHeaders('msg_1', now(), BODY, [secret]);
    expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    expect(() => new Webhook(newSecret()).verify(BODY, headers)).toThrow();
    expect(() => new Webhook(secret).verify(`${BODY} `, headers)).toThrow();
    expect(() => new Webhook(secret).verify(BODY, { ...headers, 'webhook-id': 'msg_2' })).toThrow();
  });

  test('while rotating, the old and the new secret both verify', () => {
    const [fresh, old] = [newSecret(), newSecret()];
    const headers = signedHeaders('msg_1', now(), BODY, [fresh, old]);
    for (const secret of [fresh, old]) expect(new Webhook(secret).verify(BODY, headers)).toBeDefined();
  });

  test('an old timestamp is refused by receivers', () => {
    const secret = newSecret();
    expect(() => new Webhook(secret).verify(BODY, signedHeaders('msg_1', now() - 600, BODY, [secret]))).toThrow();
  });
});

import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'undici';
import { checkAddress, checkUrl, guardedAgent, type Resolve, type TargetPolicy } from './target-guard.ts';

const PRODUCTION: TargetPolicy = { ports: [443, 8443], allowLoopback: false };
const DEVELOPMENT: TargetPolicy = { ports: [443], allowLoopback: true };

describe('URLs', () => {
  test.each([
    ['not a url', 'it is not a URL'],
    ['http://example.com/', 'http is not https'],
    ['ftp://example.com/', 'ftp is not https'],
    ['https://user:pw@example.com/', 'credentials'],
    ['https://example.com:22/', 'port 22'],
    ['https://example.com/#part', 'fragment'],
    ['https://127.0.0.1/', 'loopback'],
    ['https://2130706433/', 'loopback'],
    ['https://0x7f.1/', 'loopback'],
    ['https://[::1]/', 'loopback'],
    ['https://[::ffff:169.254.169.254]/', 'linkLocal'],
  ])('%s is refused: %s', (url, reason) => {
    expect(() => checkUrl(url, PRODUCTION)).toThrow(reason);
  });

  test('public https is well; in development loopback by http too', () => {
    expect(checkUrl('https://example.com:8443/hook?x=1', PRODUCTION).hostname).toBe('example.com');
    expect(checkUrl('http://127.0.0.1:4567/', DEVELOPMENT).port).toBe('4567');
    expect(() => checkUrl('http://10.0.0.1/', DEVELOPMENT)).toThrow('private');
  });
});

describe('addresses', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::7f00:1',
    '2002:7f00:1::1',
  ])('%s is refused', (address) => {
    expect(() => checkAddress(address, false)).toThrow('not public');
  });

  test.each(['93.184.216.34', '2606:2800:220:1::1', '64:ff9b::5db8:d822'])('%s is public', (address) => {
    expect(() => checkAddress(address, false)).not.toThrow();
  });
});

describe('connections', () => {
  let port = 0;
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const send = async (policy: TargetPolicy, resolve: Resolve) => {
    const dispatcher = guardedAgent(policy, 2_000, resolve);
    try {
      return await request(`http://receiver.example:${port}/`, { dispatcher, method: 'POST', body: '{}' });
    } finally {
      await dispatcher.destroy();
    }
  };

  test('a name that turns private after the first look is refused, and nothing is sent', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const changing: Resolve = async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 }));
    const before = requests;
    // The look at creation time passes; the one that the connection uses is checked again.
    for (const { address } of await changing('receiver.example')) checkAddress(address, false);
    await expect(send(PRODUCTION, changing)).rejects.toThrow('127.0.0.1 is loopback');
    expect(requests).toBe(before);
  });

  test('one private address among public ones refuses the name', async () => {
    const mixed: Resolve = async () => ['93.184.216.34', '10.0.0.8'].map((address) => ({ address, family: 4 }));
    await expect(send(PRODUCTION, mixed)).rejects.toThrow('10.0.0.8 is private');
  });

  test('in development loopback is reached, and a redirect is an answer', async () => {
    const { statusCode } = await send(DEVELOPMENT, async () => [{ address: '127.0.0.1', family: 4 }]);
    expect(statusCode).toBe(302);
    expect(requests).toBe(1);
  });
});

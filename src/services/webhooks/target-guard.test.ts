import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { guardedSender } from './post.ts';
import { checkAddress, checkUrl, type Resolve, type TargetPolicy } from './target-guard.ts';

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
    ['https://0177.0.0.1/', 'loopback'],
    ['https://127.0.0.1./', 'loopback'],
    ['https://①②⑦.⓪.⓪.①/', 'loopback'],
    ['https://10.0.0.1#@example.com/', 'fragment'],
    ['https://example.com@10.0.0.1/', 'credentials'],
    ['https://localhost/', 'name of this machine'],
    ['https://db.localhost./', 'name of this machine'],
    ['https://metadata.google.internal/', 'name of this machine'],
    ['https://168.63.129.16/', "Azure's host endpoint"],
    ['https://169.254.169.254/latest/meta-data/', 'linkLocal'],
    ['https://printer.local/', 'name of this machine'],
  ])('%s is refused: %s', (url, reason) => {
    expect(() => checkUrl(url, PRODUCTION)).toThrow(reason);
  });

  test('public https is allowed; in development loopback by http too', () => {
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
    // IPv4-compatible, translated (SIIT), local NAT64 by another layout, ISATAP, Teredo, site-local, unassigned.
    '::7f00:1',
    '::a9fe:a9fe',
    '::ffff:0:7f00:1',
    '64:ff9b:1:7f00:0:100:808:808',
    '2001:470:1f:200:0:5efe:7f00:1',
    '2001:470:1f:200:200:5efe:a00:1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    'fec0::1',
    '4000::1',
    '100::1',
    '3fff::1',
    '192.0.0.170',
    '192.88.99.1',
    '240.0.0.1',
    // Hosts of clouds, also as IPv6 addresses that lead to them.
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '64:ff9b::a83f:8110',
    '2002:a83f:8110::1',
    '192.0.0.192',
    '100.100.100.200',
    'fd20:ce::254',
  ])('%s is refused', (address) => {
    expect(() => checkAddress(address, false)).toThrow('not public');
  });

  test.each(['93.184.216.34', '2606:2800:220:1::1', '64:ff9b::5db8:d822', '2002:5db8:d822::1'])(
    '%s is public',
    (address) => {
      expect(() => checkAddress(address, false)).not.toThrow();
    },
  );
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
    const sender = guardedSender(policy, 2_000, resolve);
    try {
      return await sender.post(`http://receiver.example:${port}/`, {}, '{}');
    } finally {
      sender.destroy();
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

  test('a connection that is used again goes where it was checked, though the name has turned private meanwhile', async () => {
    const asked: string[] = [];
    const resolve: Resolve = async () => {
      asked.push('receiver.example');
      return [{ address: asked.length === 1 ? '127.0.0.1' : '10.0.0.8', family: 4 }];
    };
    const sender = guardedSender(DEVELOPMENT, 2_000, resolve);
    const post = () => sender.post(`http://receiver.example:${port}/`, {}, '{}');
    try {
      for (let i = 0; i < 2; i++) {
        await post();
        await new Promise(setImmediate); // the connection is free a tick after its answer's end
      }
      expect(asked).toHaveLength(1);
      // Two at once need a second connection, and with it a second look.
      const both = await Promise.allSettled([post(), post()]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(String((both.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason)).toContain(
        '10.0.0.8 is private',
      );
    } finally {
      sender.destroy();
    }
  });

  test('a proxy of the environment is not asked', async () => {
    const before = { ...process.env };
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY'])
      process.env[name] = 'http://127.0.0.1:1';
    try {
      expect((await send(DEVELOPMENT, async () => [{ address: '127.0.0.1', family: 4 }])).statusCode).toBe(302);
    } finally {
      process.env = before;
    }
  });

  test('in development loopback is reached, and a redirect is an answer', async () => {
    const before = requests;
    const { statusCode } = await send(DEVELOPMENT, async () => [{ address: '127.0.0.1', family: 4 }]);
    expect(statusCode).toBe(302);
    expect(requests).toBe(before + 1);
  });
});

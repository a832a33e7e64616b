import { expect, test } from '@jest/globals';
import { areWithin, isInRanges, networkOf, normalRange } from './address-ranges.ts';

test.each([
  ['203.0.113.7', '203.0.113.7/32'],
  ['203.0.113.7/24', '203.0.113.0/24'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8:0:0::1', '2001:db8::1/128'],
  ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
  ['::/0', '::/0'],
])('%s is the range %s', (text, range) => {
  expect(normalRange(text)).toBe(range);
});

test.each([
  '',
  'example.com',
  '1',
  '203.0.113',
  '203.0.113.256',
  '203.0.113.0/33',
  '203.0.113.0/',
  '203.0.113.0/8/8',
  '203.0.113.0/-1',
  '010.0.0.1',
  '2001:db8::/129',
  'fe80::1%eth0',
  '::ffff:203.0.113.7',
])('%p is no range', (text) => {
  expect(normalRange(text)).toBeUndefined();
});

test.each<[string, string[], string | undefined, boolean]>([
  ['the first of a range', ['203.0.113.0/24'], '203.0.113.0', true],
  ['the last', ['203.0.113.0/24'], '203.0.113.255', true],
  ['the next', ['203.0.113.0/24'], '203.0.114.0', false],
  ['IPv4 as sockets of IPv6 show it', ['203.0.113.0/24'], '::ffff:203.0.113.9', true],
  ['IPv6 in another form', ['2001:db8::/32'], '2001:0DB8:0000::0001', true],
  ['IPv6 outside', ['2001:db8::/32'], '2001:db9::1', false],
  ['IPv6 where IPv4 is allowed', ['0.0.0.0/0'], '2001:db8::1', false],
  ['one of several', ['2001:db8::/32', '10.0.0.0/8'], '10.9.9.9', true],
  ['no address', ['0.0.0.0/0'], undefined, false],
  ['garbage', ['0.0.0.0/0'], 'unknown', false],
])('%s', (_name, ranges, address, expected) => {
  expect(isInRanges(ranges, address)).toBe(expected);
});

test('a range is within another one that has all its addresses', () => {
  expect(areWithin(['10.1.0.0/16', '10.2.3.4/32'], ['10.0.0.0/8'])).toBe(true);
  expect(areWithin(['10.0.0.0/7'], ['10.0.0.0/8'])).toBe(false);
  expect(areWithin(['10.1.0.0/16', '11.0.0.0/16'], ['10.0.0.0/8'])).toBe(false);
  expect(areWithin(['2001:db8::/32'], ['0.0.0.0/0'])).toBe(false);
});

test.each([
  ['203.0.113.7', '203.0.113.7/32'],
  ['::ffff:203.0.113.7', '203.0.113.7/32'],
  ['2001:db8:1:2ff:3::4', '2001:db8:1:200::/56'],
  ['', ''],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

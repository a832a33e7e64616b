import { expect, test } from '@jest/globals';
import { LinkSigner } from './links.ts';

const SECRET = 'a secret of at least thirty-two characters';
const OTHER = 'another secret of the same length, so';
const signer = new LinkSigner([SECRET], 'https://api.example.com');
const NOW = Date.UTC(2026, 10, 26);
const parts = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  const [, , , , id, format] = pathname.split('/');
  return {
    id,
    format,
    query: { expires: Number(searchParams.get('expires')), signature: searchParams.get('signature')! },
  };
};
const codeOf = (work: () => void): string | undefined => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return undefined;
};

test('a link is good until it expires, only for its report and format', () => {
  const { id, format, query } = parts(signer.url('rpt_1', 'pdf', NOW / 1000 + 60));
  expect([id, format]).toEqual(['rpt_1', 'pdf']);
  const verify = (changes: object, at = NOW, reportId = id, kind = format) =>
    codeOf(() => signer.verify(reportId, kind, { ...query, ...changes }, at));
  expect(verify({})).toBeUndefined();
  expect(verify({}, NOW + 60_000)).toBe('report.link_expired');
  expect(verify({}, NOW, 'rpt_2')).toBe('report.link_invalid');
  expect(verify({}, NOW, id, 'html')).toBe('report.link_invalid');
  expect(verify({ expires: query.expires + 1 })).toBe('report.link_invalid');
  for (const signature of ['', 'x', `${query.signature}AA`, query.signature.slice(1)])
    expect(verify({ signature })).toBe('report.link_invalid');
});

test('another secret signs other links', () => {
  const { id, format, query } = parts(new LinkSigner([OTHER], 'https://a').url('rpt_1', 'pdf', 2e9));
  expect(codeOf(() => signer.verify(id, format, query, NOW))).toBe('report.link_invalid');
});

test('links of a previous secret are good, and new ones are signed with the current one', () => {
  const rotated = new LinkSigner([OTHER, SECRET], 'https://a');
  const verify = (by: LinkSigner, url: string) => codeOf(() => by.verify('rpt_1', 'pdf', parts(url).query, NOW));
  expect(verify(rotated, signer.url('rpt_1', 'pdf', 2e9))).toBeUndefined();
  expect(verify(rotated, rotated.url('rpt_1', 'pdf', 2e9))).toBeUndefined();
  expect(verify(signer, rotated.url('rpt_1', 'pdf', 2e9))).toBe('report.link_invalid');
});

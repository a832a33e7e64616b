import { expect, test } from '@jest/globals';
import { LinkSigner } from './links.ts';

const signer = new LinkSigner('a secret of at least thirty-two characters', 'https://api.example.com');
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

test('a link is good until it expires, for its report and format alone', () => {
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
  const { id, format, query } = parts(
    new LinkSigner('another secret of the same length, so', 'https://a').url('rpt_1', 'pdf', 2e9),
  );
  expect(codeOf(() => signer.verify(id, format, query, NOW))).toBe('report.link_invalid');
});

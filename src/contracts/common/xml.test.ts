import { describe, expect, test } from '@jest/globals';
import { parseXml } from './xml.ts';

const parse = (text: string) => parseXml(text, (reason) => new Error(reason));

describe('XML that is nested too deeply is refused', () => {
  test.each([
    ['elements', '<a>', '</a>'],
    ['names beyond ASCII', '<é>', '</é>'],
    ['ends in comments', '<a><!-- </a> -->', '</a>'],
    ['ends in CDATA', '<a><![CDATA[</a>]]>', '</a>'],
    ['values that end as an empty element does', '<a b="/>">', '</a>'],
    ['the same in single quotes', "<a b='/>'>", '</a>'],
  ])('%s', (_, open, close) => {
    expect(() => parse(open.repeat(100) + close.repeat(100))).toThrow('64 levels');
    expect(parse(open.repeat(60) + close.repeat(60)).tagName).toMatch(/^[aé]$/);
    expect(() => parse(open.repeat(100_000))).toThrow('levels');
  });

  test.each(['<a "', "<a '", '<a \'"', '<!--', '<![CDATA[', '<?', '<a>', '</a>', '<', '<a b="', '&'])(
    '%s, again and again, is read or refused in a time that grows as the text does',
    (one) => {
      const startedMs = performance.now();
      expect(() => parse(one.repeat(200_000))).toThrow();
      expect(performance.now() - startedMs).toBeLessThan(10_000);
    },
  );
});

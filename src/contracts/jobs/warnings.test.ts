import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { warner, warningsAt, warningText } from '../common/warnings.ts';
import { WARNINGS, type WarningCode } from './warnings.ts';

const codes = Object.keys(WARNINGS) as WarningCode[];
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('every warning code', () => {
  test.each(codes)('%s has the same values in both languages, and belongs to a room', (code) => {
    const { title, message } = WARNINGS[code];
    expect(code).toMatch(/^[a-z]+\.[a-z0-9_]+$/);
    expect(namesIn(message.de)).toEqual(namesIn(message.en));
    expect([title.en, title.de].filter((text) => text === '' || text.endsWith('.'))).toEqual([]);
  });

  test('is used outside the contracts', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .filter((name) => !name.startsWith('contracts') && !name.startsWith('client'))
      .map((name) => readFileSync(join('src', name), 'utf8'));
    expect(codes.filter((code) => !sources.some((text) => text.includes(`'${code}'`)))).toEqual([]);
  });
});

describe('the text of a warning', () => {
  const CODES = {
    'toy.far': {
      severity: 'severe',
      title: { en: 'Far', de: 'Fern' },
      message: { en: '{name} is {distance_km} km away.', de: '{name} ist {distance_km} km entfernt.' },
    },
  } as const;
  const warn = warner(CODES);

  test('has the numbers with four digits, in the manner of its language', () => {
    const values = { name: 'Greensboro', distance_km: 1234.567 };
    expect(warn('toy.far', values, '/weather_id')).toEqual({
      code: 'toy.far',
      severity: 'severe',
      message: 'Greensboro is 1,235 km away.',
      values,
      pointer: '/weather_id',
      page: '/docs/warnings/toy.far',
    });
    expect(warningText(CODES['toy.far'], { name: 'Aarhus', distance_km: 0.012345 }, 'de')).toBe(
      'Aarhus ist 0,01235 km entfernt.',
    );
    expect(warn('toy.far', { name: 'x', distance_km: 3_382_940 }).message).toBe('x is 3,382,940 km away.');
    expect(warn('toy.far', { name: 'x', distance_km: 0 }).message).toBe('x is 0 km away.');
  });

  test('fails where a value is absent', () => {
    expect(() => warningText(CODES['toy.far'], { name: 'x' }, 'en')).toThrow('distance_km');
  });

  test('keeps everything but the pointer where another input uses it', () => {
    const own = warn('toy.far', { name: 'x', distance_km: 1 }, '/latitude_deg');
    expect(warningsAt([own], '/weather_ids/1')).toEqual([{ ...own, pointer: '/weather_ids/1' }]);
  });
});

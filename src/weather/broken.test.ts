import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { checkWeatherYear } from '../../test/support/check-weather-year.ts';
import fc from 'fast-check';
import { WEATHER, weatherFile, weatherText } from '../../test/support/fixtures.ts';
import { camsText, solarAnywhereText, solargisText, surfradText } from '../../test/support/provider-files.ts';
import { pvgisSeriesCsv, textOf } from '../../test/support/weather-files.ts';
import { AppError } from '../contracts/common/app-error.ts';
import { ERROR_CODES } from '../contracts/jobs/error-codes.ts';
import { parseWeather, parseWeatherYears } from './parse.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const tmy3 = weatherText(WEATHER.tucson);
const greensboro = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
const texts: Record<string, string> = {
  tmy3,
  'pvgis-csv': weatherText(WEATHER.pvgis),
  'pvgis-series': pvgisSeriesCsv(2019, greensboro),
  solaranywhere: solarAnywhereText(greensboro),
  cams: camsText(greensboro),
  surfrad: surfradText(greensboro),
  solargis: solargisText(greensboro),
  ...Object.fromEntries(Object.entries(textOf).map(([format, write]) => [format, write(greensboro)])),
};
const sam = texts['sam-csv'];

function failureOf(text: string | Uint8Array, name = 'file.csv'): AppError {
  try {
    parseWeather(typeof text === 'string' ? encode(text) : text, { name });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

/** The text with line `line` (1-based) changed; undefined removes it. */
function withLine(text: string, line: number, change: (old: string) => string | undefined): string {
  const lines = text.split('\n');
  const changed = change(lines[line - 1]);
  lines.splice(line - 1, 1, ...(changed === undefined ? [] : [changed]));
  return lines.join('\n');
}

const withCell =
  (column: number, value: string) =>
  (line: string): string =>
    line
      .split(',')
      .map((cell, i) => (i === column - 1 ? value : cell))
      .join(',');

describe('a broken file is answered with line, column, field and reason', () => {
  const cases: [string, string, Record<string, unknown>, string][] = [
    [
      'a word for a number',
      withLine(tmy3, 100, withCell(5, 'sunny')),
      { line: 100, column: 5, field: 'GHI (W/m^2)' },
      '"sunny" is not a number',
    ],
    [
      'Infinity',
      withLine(sam, 50, withCell(9, 'Infinity')),
      { line: 50, column: 9, field: 'Temperature' },
      'not a number',
    ],
    [
      'too much sun',
      withLine(tmy3, 3, withCell(5, '2001')),
      { line: 3, column: 5 },
      'value is "2001"; expected -20 to 2000 W/m2',
    ],
    ['negative irradiance', withLine(tmy3, 3, withCell(5, '-21')), { line: 3, column: 5 }, 'expected -20 to 2000'],
    [
      'a short row',
      withLine(tmy3, 20, (line) => line.split(',').slice(0, 60).join(',')),
      { line: 20, column: 60 },
      'the row has 60 cells; expected 71',
    ],
    [
      'a long row',
      withLine(tmy3, 20, (line) => `${line.trimEnd()},1`),
      { line: 20, column: 72 },
      'the row has more than 71 cells',
    ],
    [
      'no such date',
      withLine(sam, 4, withCell(3, '0')),
      { line: 4, column: 3, field: 'Day' },
      'whole number from 1 to 31',
    ],
    [
      '31 April',
      withLine(tmy3, 30, withCell(1, '04/31/2002')),
      { line: 30, field: 'date' },
      'day is 31; expected 1 to 30',
    ],
    [
      '29 February of 2003',
      withLine(sam, 1444, (line) => line.replace(/^\d+,\d+,\d+/, '2003,2,29')),
      { line: 1444, field: 'date' },
      '29 February does not exist in 2003',
    ],
    ['an hour of 25', withLine(tmy3, 30, withCell(2, '25:00')), { line: 30, column: 2 }, '"25:00" is not a time'],
    [
      'a date in another order',
      withLine(tmy3, 30, withCell(1, '2002-01-02')),
      { line: 30, column: 1 },
      'is not a date like',
    ],
    [
      'a record twice',
      withLine(tmy3, 30, (line) => `${line}\n${line}`),
      { line: 31 },
      'the time 2002-01-02 04:00 stands twice',
    ],
    [
      'records out of order',
      withLine(
        withLine(tmy3, 30, () => undefined),
        40,
        (line) => `${line}\n${tmy3.split('\n')[29]}`,
      ),
      { line: 41 },
      'the time goes back from',
    ],
    ['an empty line inside', withLine(tmy3, 30, (line) => `\n${line}`), { line: 30 }, 'an empty line'],
    [
      'a latitude of 91',
      withLine(tmy3, 1, withCell(5, '91')),
      { line: 1, column: 5, field: 'latitude' },
      'value is "91"; expected -90 to 90',
    ],
    [
      'an EPW temperature',
      withLine(texts.epw, 9, withCell(7, 'warm')),
      { line: 9, column: 7, field: 'Dry Bulb Temperature' },
      'not a number',
    ],
    [
      'a TMY2 letter',
      withLine(texts.tm2, 5, (line) => `${line.slice(0, 68)}x${line.slice(69)}`),
      { line: 5, column: 68, field: 'dry bulb temperature' },
      'is not a whole number',
    ],
    [
      'a TMY2 line cut off',
      withLine(texts.tm2, 5, (line) => line.slice(0, 70)),
      { line: 5, column: 71 },
      'the line has 70 characters',
    ],
    [
      'a PVGIS time',
      withLine(texts['pvgis-csv'], 19, (line) => line.replace(':', ' ')),
      { line: 19, column: 1 },
      'is not a time like',
    ],
    [
      'two columns of one quantity',
      withLine(sam, 3, (line) => line.replace('DNI', 'Global')),
      { line: 3, column: 7, field: 'Global' },
      'a second column',
    ],
    [
      'a SolarAnywhere time',
      withLine(texts.solaranywhere, 50, (line) => line.replace('01/', '13/')),
      { line: 50, column: 1, field: 'time' },
      'is not a time like MM/DD/YYYY HH:mm',
    ],
    [
      'a SolarAnywhere row cut off',
      withLine(texts.solaranywhere, 50, (line) => line.split(',').slice(0, 4).join(',')),
      { line: 50, column: 4 },
      'the row has 4 cells; expected at least 8',
    ],
    [
      'a decimal comma in CAMS',
      withLine(texts.cams, 100, (line) =>
        line.replace(/1\.0000$/, '1.0000').replace(/;0;0;0;0;0;[^;]*;/, ';0;0;0;0;0;12,5;'),
      ),
      { line: 100, column: 7, field: 'GHI' },
      '"12,5" is not a number',
    ],
    [
      'a CAMS header without its latitude',
      texts.cams.replace(/^# Latitude.*$/m, '#'),
      { field: 'Latitude' },
      'the header does not have this line',
    ],
    [
      'a SURFRAD row cut off',
      withLine(texts.surfrad, 100, (line) => line.slice(0, 100)),
      { line: 100 },
      'cells; expected 48',
    ],
    [
      'a Solargis value',
      withLine(texts.solargis, 100, (line) => line.replace(/^([^;]*;[^;]*;)[^;]*/, '$1sun')),
      { line: 100, column: 3, field: 'GHI' },
      '"sun" is not a number',
    ],
    [
      'a Solargis header without its clock',
      texts.solargis.replace('time reference UTC-5, ', ''),
      { field: 'Time' },
      'the header does not give the time reference',
    ],
    ['JSON cut off', texts['pvgis-json'].slice(0, 500_000), {}, 'it ends too early'],
    [
      'JSON with a text for a number',
      texts['pvgis-json'].replace('"T2m":10,', '"T2m":"10",'),
      { field: 'outputs.tmy_hourly[0].T2m' },
      'is not a number',
    ],
    ['header only', tmy3.split('\n').slice(0, 2).join('\n'), {}, 'no records after its header'],
    ['an empty file', '', {}, 'the file is empty'],
    ['blanks only', ' \r\n\n', {}, 'the file is empty'],
  ];
  test.each(cases)('%s', (_, text, place, reason) => {
    const error = failureOf(text);
    expect(error.code).toBe('weather.malformed');
    expect(error.details).toMatchObject(place);
    expect(error.message).toContain(reason);
    expect(error.message).toContain('file.csv');
  });

  test('a record off the grid of the others', () => {
    const error = failureOf(withLine(tmy3, 30, withCell(2, '04:07')));
    expect(error.message).toContain('the time 2002-01-02 04:07 is off the 60 min grid of the other records');
    expect(error.details).toMatchObject({ line: 30 });
  });
});

describe('what is no weather file', () => {
  test.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 65, 0]), 'UTF-16'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'binary'],
    ['a web page', encode('<!DOCTYPE html><html></html>'), 'HTML'],
    ['other JSON', encode('{"a": 1}'), 'JSON, but'],
    ['other text', encode('hello,world\n1,2\n'), 'its first line is "hello,world"'],
  ])('%s is said to be that', (_, bytes, reason) => {
    const error = failureOf(bytes);
    expect(error.code).toBe('weather.unrecognised_format');
    expect(error.message).toContain(reason);
  });

  test('a gzip that is cut off', () => {
    const error = failureOf(weatherFile(WEATHER.tucson).subarray(0, 100_000));
    expect([error.code, error.message]).toEqual(['weather.malformed', expect.stringContaining('damaged or cut off')]);
  });

  test('a gzip that unpacks to more than the limit', () => {
    const bomb = gzipSync(new Uint8Array(4_000_000));
    expect(bomb.length).toBeLessThan(5000);
    expect(() => parseWeather(bomb, { name: 'bomb', maxBytes: 1_000_000 })).toThrow(
      'bomb: more than 1000000 bytes after unpacking',
    );
  });

  test('more JSON than a thread has room for', () => {
    const blanks = new Uint8Array(64 * 1024 * 1024).fill(32);
    blanks[0] = 0x7b;
    expect(failureOf(blanks).code).toBe('weather.malformed');
    const error = failureOf(Buffer.concat([blanks, Buffer.from(' ')]));
    expect([error.code, error.details]).toEqual(['weather.too_large', { max_bytes: 67_108_864 }]);
  });

  test.each([
    ['lines', '1\n'.repeat(6_000_001)],
    ['lines that end as those of old Macs', '1\r'.repeat(6_000_001)],
    ['values of JSON', `{"outputs":[${'[],'.repeat(5_000_001)}[]]}`],
  ])('more %s than a thread has room for', (_, text) => {
    const { code, details } = failureOf(encode(text));
    expect([code, details]).toEqual([
      'weather.too_large',
      { reason: expect.stringMatching(/^more than \d+ (lines|values)$/) },
    ]);
  });
});

describe('gaps', () => {
  const lines = tmy3.split('\n');
  const without = (from: number, count: number): string =>
    [...lines.slice(0, from - 1), ...lines.slice(from - 1 + count)].join('\n');

  test('three missing hours are interpolated and counted', () => {
    const year = checkWeatherYear(parseWeather(encode(without(1012, 3)), { name: 'gap' }));
    const whole = parseWeather(encode(tmy3), { name: 'whole' });
    expect(year.gaps).toMatchObject({
      nMissingRecords: 3,
      nMissingValues: 0,
      nInterpolatedValues: 24,
      longestGapMinutes: 180,
    });
    expect(year.timeMs).toEqual(whole.timeMs);
    const t = whole.tempAirC;
    for (const k of [0, 1, 2])
      expect(year.tempAirC[1009 + k]).toBeCloseTo(t[1008] + ((t[1012] - t[1008]) * (k + 1)) / 4, 12);
  });

  test('four missing hours of daylight are refused with line and time', () => {
    const error = failureOf(without(1021, 4));
    expect(error.code).toBe('weather.gap_too_long');
    expect(error.message).toBe(
      'file.csv: line 1021: records are missing from 02-12 10:00 on for 4 h; expected at most 3 h in daylight',
    );
  });

  test('empty and marked cells are missing values', () => {
    let text = withLine(tmy3, 500, withCell(32, ''));
    text = withLine(text, 501, withCell(32, '-9900'));
    const year = parseWeather(encode(text), { name: 'cells' });
    expect(year.gaps).toMatchObject({
      nMissingRecords: 0,
      nMissingValues: 2,
      nInterpolatedValues: 2,
      longestGapMinutes: 120,
    });
  });

  test('irradiance that is missing for four hours of daylight is refused with its line', () => {
    let text = tmy3;
    // Global and direct: of one that is missing, the other two would give the values.
    for (const line of [516, 517, 518, 519])
      for (const column of [5, 8]) text = withLine(text, line, withCell(column, ''));
    const error = failureOf(text);
    expect([error.code, error.details]).toEqual([
      'weather.gap_too_long',
      expect.objectContaining({ line: 516, field: 'ghiWm2' }),
    ]);
  });

  test('a temperature that is missing for 25 hours is refused with its line', () => {
    const empty = tmy3.split('\n').map((line, i) => (i >= 499 && i < 524 ? withCell(32, '')(line) : line));
    const error = failureOf(empty.join('\n'));
    expect([error.code, error.details]).toEqual([
      'weather.gap_too_long',
      expect.objectContaining({ line: 500, field: 'tempAirC' }),
    ]);
  });

  test('an optional value missing for long drops its column', () => {
    let text = tmy3;
    for (const line of [500, 501, 502, 503]) text = withLine(text, line, withCell(41, ''));
    const year = parseWeather(encode(text), { name: 'pressure' });
    expect(year.pressurePa).toBeUndefined();
    expect(year.gaps.droppedColumns).toContain('pressurePa');
  });

  test('a file that ends early is refused with its last time', () => {
    const error = failureOf(lines.slice(0, 5000).join('\n'));
    expect(error.code).toBe('weather.incomplete_year');
    expect(error.message).toContain('line 5000: the records end at 1988-07-28 06:00');
  });

  test('two hours missing at the end take the last value', () => {
    const year = parseWeather(encode(lines.slice(0, 8760).join('\n')), { name: 'end' });
    expect(year.gaps.nMissingRecords).toBe(2);
    expect(year.tempAirC[8759]).toBe(year.tempAirC[8757]);
  });

  test('wind direction is interpolated along the shorter arc', () => {
    let text = withLine(sam, 100, (line) => line);
    const column = sam.split('\n')[2].split(',').indexOf('Wind Direction') + 1;
    text = withLine(
      withLine(withLine(text, 100, withCell(column, '350')), 101, withCell(column, '')),
      102,
      withCell(column, '20'),
    );
    expect(parseWeather(encode(text), { name: 'arc' }).windDirectionDeg?.[97]).toBeCloseTo(5, 10);
  });

  test('a calm needs no direction: a windless night without one leaves the column, a windy one does not', () => {
    const names = sam.split('\n')[2].split(',');
    const [direction, speed] = ['Wind Direction', 'Wind Speed'].map((name) => names.indexOf(name) + 1);
    const nightOf = (value: string) => {
      let text = withLine(sam, 99, withCell(direction, '250'));
      for (let line = 100; line < 106; line++) {
        text = withLine(text, line, withCell(direction, ''));
        text = withLine(text, line, withCell(speed, value));
      }
      return parseWeather(encode(text), { name: 'night' });
    };
    const calm = nightOf('0.4');
    expect(Array.from(calm.windDirectionDeg!.slice(95, 102))).toEqual(Array(7).fill(250));
    expect(calm.warnings.map(({ code }) => code)).not.toContain('weather.column_dropped');
    const windy = nightOf('6');
    expect(windy.windDirectionDeg).toBeUndefined();
    expect(windy.warnings.map(({ code }) => code)).toContain('weather.column_dropped');
  });

  test('a little below zero at night is zero, and counted', () => {
    const year = parseWeather(encode(withLine(tmy3, 3, withCell(5, '-3'))), { name: 'night' });
    expect([year.ghiWm2[0], year.gaps.nClippedNegatives]).toEqual([0, 1]);
  });
});

describe('leap days', () => {
  const day29 = (text: string): string => {
    const lines = text.split('\n');
    const first = lines.findIndex((line) => /^\d{4},2,28,0,/.test(line));
    const copies = lines.slice(first, first + 24).map((line) => line.replace(/^(\d{4}),2,28/, '$1,2,29'));
    return [...lines.slice(0, first + 24), ...copies, ...lines.slice(first + 24)].join('\n');
  };

  test('a leap year keeps its 29 February', () => {
    const year = checkWeatherYear(
      parseWeather(encode(day29(sam).replaceAll(/^\d{4},(\d+,\d+,\d+,30)/gm, '2004,$1')), { name: 'leap' }),
    );
    expect(year.timeMs.length).toBe(8784);
    expect(new Date(year.timeMs[59 * 24]).toISOString()).toBe('2004-02-29T05:30:00.000Z');
  });

  test('a typical year leaves it out and says so', () => {
    const leapFebruary = day29(sam).replaceAll(/^\d{4},(2,\d+,\d+,30)/gm, '1996,$1');
    const year = checkWeatherYear(parseWeather(encode(leapFebruary), { name: 'typical' }));
    expect([year.timeMs.length, year.gaps.nLeapDayRecordsDropped]).toEqual([8760, 24]);
  });

  test('a leap year without it is a year of 365 days', () => {
    const text = sam.replaceAll(/^\d{4},(\d+,\d+,\d+,30)/gm, '2004,$1');
    const year = checkWeatherYear(parseWeather(encode(text), { name: 'noleap' }));
    expect(year.timeMs.length).toBe(8760);
    expect(new Date(year.timeMs[59 * 24]).toISOString()).toBe('2004-03-01T05:30:00.000Z');
  });
});

describe('midnight as 00:00 of the next day', () => {
  test('SolarAnywhere style stamps give the same year', () => {
    const lines = tmy3.split('\n');
    const shifted = lines.map((line, i) => {
      if (!line.includes(',24:00,')) return line;
      const next =
        lines[i + 1] === undefined || lines[i + 1] === ''
          ? `01/01/${Number(line.slice(6, 10)) + 1}`
          : lines[i + 1].slice(0, 10);
      return `${next},00:00,${line.slice(17)}`;
    });
    const year = parseWeather(encode(shifted.join('\n')), { name: 'solaranywhere' });
    const whole = parseWeather(encode(tmy3), { name: 'whole' });
    expect(year.timeMs).toEqual(whole.timeMs);
    expect(year.ghiWm2).toEqual(whole.ghiWm2);
  });
});

/** A short file keeps each run fast: the first lines and a few random places of the whole year matter, not its length. */
describe('any damage ends in an AppError or in a year that keeps its promises', () => {
  const originals = Object.fromEntries(Object.entries(texts).map(([format, text]) => [format, encode(text)]));

  test.each(Object.keys(originals))('%s', (format) => {
    const original = originals[format];
    const edit = fc.record({
      // Half of the edits hit the header.
      at: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: original.length - 1 })),
      remove: fc.integer({ min: 0, max: 300 }),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc
          .constantFrom(',', '\n', '\r\n', '"', 'NaN', '-', '1e9', '{', '}', ']', '\u0000', '29', '99999', 'é')
          .map(encode),
      ),
    });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.option(fc.integer({ min: 0, max: 5000 })),
        (edits, cut) => {
          let bytes = original;
          for (const { at, remove, insert } of edits) {
            const next = new Uint8Array(bytes.length + insert.length);
            const head = bytes.subarray(0, Math.min(at, bytes.length));
            const tail = bytes.subarray(Math.min(at + remove, bytes.length));
            next.set(head);
            next.set(insert, head.length);
            next.set(tail, head.length + insert.length);
            bytes = next.subarray(0, head.length + insert.length + tail.length);
          }
          if (cut !== null) bytes = bytes.subarray(0, bytes.length - cut);
          try {
            for (const year of parseWeatherYears(bytes, { name: 'mutated' })) checkWeatherYear(year);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            expect(ERROR_CODES[error.code].status).toBeGreaterThanOrEqual(400);
            expect(ERROR_CODES[error.code].status).toBeLessThan(500);
            expect(error.message).toContain('mutated');
          }
        },
      ),
      { numRuns: 60, seed: 20_240_229 },
    );
  });

  test('bytes of no meaning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(() => parseWeather(bytes, { name: 'noise' })).toThrow(AppError);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

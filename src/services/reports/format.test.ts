import { describe, expect, test } from '@jest/globals';
import { Formatter } from './format.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const en = new Formatter('en', 'metric', 'EUR');
const de = new Formatter('de', 'metric', 'EUR');
const us = new Formatter('en', 'imperial', 'USD');

describe('numbers', () => {
  test('follow the language, with a true minus and no minus before zero', () => {
    expect(en.fixed(-1234.56, 1)).toBe('\u22121,234.6');
    expect(de.fixed(1234.56, 1)).toBe('1.234,6');
    expect(en.fixed(-0.04, 1)).toBe('0.0');
    expect(plain(de.percent(4.25))).toBe('4,3 %');
  });

  test('keep significant digits without breaking whole numbers', () => {
    expect(en.digits(0.058746, 3)).toBe('0.0587');
    expect(en.digits(123456, 3)).toBe('123,456');
    expect(en.digits(Number.NaN)).toBe('\u2013');
  });

  test('of axes have the decimals of the axis, changes their sign, tiny ones a power of ten', () => {
    expect(de.tick(58.9, 2)).toBe('58,90');
    expect(plain(en.change(26.789, 2))).toBe('+26.79 %');
    expect(plain(en.change(-0.2, 2))).toBe('\u22120.20 %');
    expect(plain(de.plain(4.38267e-11))).toBe('4,38267 \u00d7 10\u207b\u00b9\u00b9');
    expect(en.plain(0.0025)).toBe('0.0025');
  });

  test('energies and money take a unit of their size, one for a whole table', () => {
    const energy = en.energy(1_714_831.58, '/a');
    expect([energy.unit, energy.of(1_714_831.58), energy.of(91_230)]).toEqual(['MWh/a', '1,715', '91']);
    expect(plain(en.energy(2.5e8).with(2.5e8))).toBe('250.0 GWh');
    expect(plain(de.money(33_750_000).with(33_750_000))).toBe('33,75 Mio. EUR');
    expect(plain(en.perMwh(0.0587461636))).toBe('58.75 EUR/MWh');
  });

  test('imperial units for lengths, areas, speeds and temperatures', () => {
    expect(plain(us.heightM(80))).toBe('262 ft');
    expect(plain(us.areaM2(90_000))).toBe('22.2 acres');
    expect(plain(us.temperature(20))).toBe('68.0 \u00b0F');
    expect(plain(us.speed.with(10))).toBe('22.4 mph');
    expect(plain(us.lengthM(16_093.44).with(16_093.44))).toBe('10.0 mi');
    expect(plain(en.areaM2(90_000))).toBe('9.00 ha');
  });

  test('places and dates', () => {
    expect(plain(de.degrees(-33.5, 'latitude', 2))).toBe('33,50\u00b0 S');
    expect(plain(de.degrees(8.1, 'longitude', 1))).toBe('8,1\u00b0 O');
    expect(en.date(Date.UTC(2026, 10, 26))).toBe('26 November 2026');
    expect(de.months[2]).toBe('M\u00e4rz'.slice(0, de.months[2].length));
  });
});

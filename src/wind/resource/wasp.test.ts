import { describe, expect, test } from '@jest/globals';
import { speedupAt, speedupsAt, speedupsOfGrds, speedupsOfWrg } from './resource-grid.ts';
import { parseGrd, parseTab, parseWrg, roseOfTab } from './wasp.ts';

const TAB = `Mast 1, 2019-2020
 55.68 12.10 70.0
 4 1.0 0.0
 20.0 30.0 10.0 40.0
 1.0 100 50 80 40
 2.0 300 250 320 260
 3.0 600 700 600 700
`;

describe('.tab', () => {
  test('gives shares by sector and bin, as a rose too', () => {
    const tab = parseTab(TAB);
    expect(tab).toMatchObject({
      description: 'Mast 1, 2019-2020',
      latitudeDeg: 55.68,
      heightM: 70,
      upperMPerS: [1, 2, 3],
    });
    expect(tab.frequency).toEqual([0.2, 0.3, 0.1, 0.4]);
    expect(tab.histogram[1]).toEqual([0.05, 0.25, 0.7]);
    const rose = roseOfTab(tab);
    expect([...rose.directionsDeg]).toEqual([0, 90, 180, 270]);
    expect([...rose.speedsMPerS]).toEqual([0.5, 1.5, 2.5]);
    expect(rose.probability.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(rose.probability[3 * 3 + 2]).toBeCloseTo(0.28, 12);
  });

  test.each([
    [TAB.replace('700 600', 'x 600'), ".tab, line 7: 'x' is not a number"],
    [TAB.replace(' 3.0 600', ' 1.5 600'), 'line 7: the bin ends at 1.5 m/s after 2; expected rising speeds'],
    [TAB.replace(' 4 1.0', ' 5 1.0'), 'line 4: sector frequencies has 4 numbers; expected at least 5'],
    ['one line', '.tab: the file ends before line 2'],
  ])('refuses damaged files by line: %#', (text, message) => {
    expect(() => parseTab(text)).toThrow(message);
  });
});

const point = (label: string, x: number, y: number, a: number) =>
  `${label.padEnd(10)}${String(x).padStart(10)}${String(y).padStart(10)}${'12'.padStart(8)}${'80'.padStart(5)}` +
  `${a.toFixed(1).padStart(5)}${'2.20'.padStart(6)}${'345.2'.padStart(15)}${'2'.padStart(3)}` +
  `${'600'.padStart(4)}${String(Math.round(a * 10)).padStart(4)}${'220'.padStart(5)}` +
  `${'400'.padStart(4)}${String(Math.round(a * 11)).padStart(4)}${'210'.padStart(5)}`;
const WRG = [
  '2 2 1000 2000 100',
  point('GridPoint', 1000, 2000, 8),
  point('GridPoint', 1100, 2000, 9),
  point('', 1000, 2100, 8.5),
  point('GridPoint', 1100, 2100, 10),
].join('\n');

describe('.wrg', () => {
  const grid = parseWrg(WRG);

  test('gives place and sector distributions', () => {
    expect(grid).toMatchObject({ columns: 2, rows: 2, minX: 1000, minY: 2000, cellM: 100 });
    expect(grid.points[1]).toMatchObject({ xM: 1100, yM: 2000, heightM: 80, all: { scaleMPerS: 9, shape: 2.2 } });
    expect(grid.points[1].frequency).toEqual([0.6, 0.4]);
    expect(grid.points[1].weibull).toEqual([
      { scaleMPerS: 9, shape: 2.2 },
      { scaleMPerS: 9.9, shape: 2.1 },
    ]);
    expect(grid.points[2].xM).toBe(1000);
  });

  test('reads columns that touch by their widths', () => {
    const [touching] = parseWrg(`1 1 1234567890 1000000000 100\n${point('A', 1234567890, 1000000000, 8)}`).points;
    expect(touching.xM).toBe(1234567890);
    expect(touching.yM).toBe(1000000000);
    expect(touching.frequency).toEqual([0.6, 0.4]);
  });

  test('gives speed-ups between its points, with exact derivatives', () => {
    const speedups = speedupsOfWrg(grid, { xM: 1000, yM: 2000 });
    const at = { value: 0, byX: 0, byY: 0 };
    expect(speedupAt(speedups, 0, 1050, 2000, at)).toMatchObject({ value: 8.5 / 8 });
    const { value, byX, byY } = { ...speedupAt(speedups, 1, 1030, 2060, at) };
    const near = { value: 0, byX: 0, byY: 0 };
    expect((speedupAt(speedups, 1, 1030.1, 2060, near).value - value) / 0.1).toBeCloseTo(byX, 9);
    expect((speedupAt(speedups, 1, 1030, 2060.1, near).value - value) / 0.1).toBeCloseTo(byY, 9);
    expect(speedupsAt(speedups, [1000, 1100], [2000, 2100]).factors[0]).toEqual([1, 1.25]);
  });

  test('refuses damaged files by line', () => {
    expect(() => parseWrg(WRG.replace('345.2', 'abc'))).toThrow(".wrg, line 2: value 7 is 'abc'; expected a number");
    expect(() => parseWrg('2 2 0 0')).toThrow('line 1: 4 numbers');
    expect(() => parseWrg('2 2 0 0 10')).toThrow('.wrg: the file has no points');
  });
});

describe('.grd', () => {
  const GRD = 'DSAA\n3 2\n0 200\n0 100\n7 9\n7 8 9\n7.5 8.5 1.70141e+38\n';

  test('gives values from south to north, with holes', () => {
    expect([...parseGrd(GRD).values]).toEqual([7, 8, 9, 7.5, 8.5, Number.NaN]);
    const speedups = speedupsOfGrds([parseGrd(GRD)], { xM: 0, yM: 0 });
    expect(speedupsAt(speedups, [50], [50]).factors[0][0]).toBeCloseTo(7.75 / 7, 12);
    expect(() => speedupsAt(speedups, [150], [50])).toThrow('the resource grid has no value around 150, 50 m');
  });

  test('refuses what is no grid', () => {
    expect(() => parseGrd('DSBB 1')).toThrow("begins with 'DSBB'; expected DSAA");
    expect(() => parseGrd(GRD.replace('7 8 9', '7 8'))).toThrow('5 values; expected 6');
  });
});

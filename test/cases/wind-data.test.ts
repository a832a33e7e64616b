/**
 * Files and habits of the wind trade that were once misread, each with the right value and its source. A test has the name of its
 * case; test/fixtures/cases/wind has the files.
 */
import { gunzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, test } from '@jest/globals';
import { analyzeFarm } from '../support/wind-runs.ts';
import { windAnalyzeSchema } from '../../src/contracts/wind/requests.schema.ts';
import { analysisPlan } from '../../src/services/wind/analysis.ts';
import { windSummarySchema } from '../../src/contracts/wind/library.schema.ts';
import { turbineOfCurve } from '../../src/services/wind/turbine-choice.ts';
import { normalProbability } from '../../src/statistics/normal.ts';
import { Random } from '../../src/statistics/random.ts';
import { inlineClimate } from '../../src/services/wind/setup.ts';
import { requestOfWindIo } from '../../src/services/wind/windio.ts';
import { readWindIoFile } from '../../src/wind/formats/windio-file.ts';
import { describeWindFile } from '../../src/wind/library-tasks.ts';
import type { WindFileOptions } from '../../src/wind/library-tasks.ts';
import { windClimate } from '../../src/wind/resource/climate.ts';
import { withGeometry } from '../../src/wind/turbine/turbine.ts';
import { publicTurbine } from '../../src/wind/turbine/turbine-library.ts';

const fixture = (name: string) => {
  const bytes = readFileSync(`test/fixtures/cases/wind/${name}`);
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};
const bytesOf = (text: string) => new TextEncoder().encode(text);
const summaryOf = (bytes: Uint8Array, options: WindFileOptions = {}) => {
  const { summary } = describeWindFile({ bytes, isDeflated: false, options });
  expect(() => windSummarySchema.parse(summary)).not.toThrow();
  return summary;
};

/** Returns the analysis of one V80 in the wind of a file. */
function analysisOf(
  bytes: Uint8Array,
  options: WindFileOptions = {},
  change: object = {},
  minMonths = 10,
  hubHeightM = 70,
) {
  const file = { bytes, isDeflated: false, options };
  const climate = windClimate({ source: { kind: 'file', file, minMonths } });
  const body = windAnalyzeSchema.parse({
    resource: { type: 'upload', resource_id: 'wrs_00000000000000000000000000' },
    turbines: [{ id: 'v80' }],
    layout: { x_m: [0], y_m: [0] },
    ...change,
  });
  return analyzeFarm(analysisPlan(body, [withGeometry(publicTurbine('v80'), { hubHeightM })], climate).spec.farm)!;
}

test('calm_without_direction.csv.gz: a calm needs no direction', () => {
  // The sum of the power curve over all 8,784 records, scaled to 8,760 h.
  expect(analysisOf(fixture('calm_without_direction.csv.gz'), { heightM: 70 }).netKwh).toBeCloseTo(3_382_940, -1);
  const summary = summaryOf(fixture('calm_without_direction.csv.gz'), { heightM: 70 });
  expect(summary).toMatchObject({ n_calms_without_direction: 765, n_records_by_flag: { ok: 8784 } });
});

test('mast_lower_9999.csv.gz: marks of one column are left out and counted, and take nothing else along', () => {
  const options = { heightM: 70, lowerHeightM: 40 };
  const yieldWith = (bytes: Uint8Array) => analysisOf(bytes, options, { shear: { model: 'fitted' } }, 3).netKwh;
  const marked = fixture('mast_lower_9999.csv.gz').toString();
  // 0.88 is the ratio of the lower speeds to the upper ones in the whole file.
  const alpha = -Math.log(0.88) / Math.log(70 / 40);
  const summary = summaryOf(bytesOf(marked), options);
  for (const sector of summary.shear as { alpha: number | null }[])
    if (sector.alpha !== null) expect(sector.alpha).toBeCloseTo(alpha, 1);
  expect(summary.excluded_values).toEqual([
    { column: 'wind_speed_lower_m_s', n_missing: 0, n_out_of_range: 132, example: 9999 },
  ]);
  const lines = marked.split('\n');
  const without = lines.map((line) => line.replace(/,9999,/, ',,')).join('\n');
  expect(yieldWith(bytesOf(marked))).toBe(yieldWith(bytesOf(without)));
  // The same for each other column: the yield at hub height needs none of them.
  const whole = yieldWith(bytesOf(marked));
  for (const [column, mark] of [
    [3, '9999'],
    [5, '-999'],
    [5, '99.99'],
    [6, '0'],
  ] as const) {
    const damaged = lines.map((line, i) => (i % 50 === 7 ? line.split(',').with(column, mark).join(',') : line));
    expect(yieldWith(bytesOf(damaged.join('\n')))).toBe(whole);
    expect((summaryOf(bytesOf(damaged.join('\n')), options).excluded_values as unknown[]).length).toBe(2);
  }
});

test('extreme_empty_year.csv.gz: a year of empty cells is no year', () => {
  // Gumbel by probability-weighted moments over the seven measured years, by scipy.stats.gumbel_r.
  const summary = summaryOf(fixture('extreme_empty_year.csv.gz'), { heightM: 70 });
  expect(summary.extreme_50_year_m_s).toBeCloseTo(30.28, 2);
  // A job compares the same wind with the classes of its turbines.
  const file = { bytes: fixture('extreme_empty_year.csv.gz'), isDeflated: false, options: { heightM: 70 } };
  const { strength } = windClimate({ source: { kind: 'file', file } });
  expect(strength?.extreme50MPerS).toBe(summary.extreme_50_year_m_s);
});

describe('three days, or January and February, of a mast', () => {
  const days = (count: number) => {
    const lines = fixture('calm_without_direction.csv.gz').toString().split('\n');
    return bytesOf(lines.slice(0, 1 + 24 * count).join('\n'));
  };

  test('the coverage of each month is shown', () => {
    const { months, n_months_covered } = summaryOf(days(45), { heightM: 70 });
    expect(n_months_covered).toBe(1);
    expect(months).toEqual([
      { month: '2020-01', coverage_pct: 100 },
      { month: '2020-02', coverage_pct: expect.closeTo((100 * 14) / 29, 10) },
    ]);
  });

  test('fewer than ten months are refused, unless fewer are asked for', () => {
    expect(() => analysisOf(days(3), { heightM: 70 })).toThrow('covers 0 months of the year; expected at least 10');
    expect(() => analysisOf(days(60), { heightM: 70 })).toThrow('covers 2 months of the year; expected at least 10');
    expect(analysisOf(days(60), { heightM: 70 }, {}, 2).netKwh).toBeGreaterThan(3e6);
  });
});

/** Forty records of ten minutes, as a logger has them, in the dialect of a file */
function records(
  time: (date: Date) => string,
  cells: (speed: number, direction: number) => readonly (string | number)[],
) {
  return Array.from({ length: 40 }, (_, i) => {
    const [speed, direction] = [5 + ((i * 37) % 50) / 10, (i * 29) % 360];
    return [time(new Date(Date.UTC(2023, 9, 30, 0, 10 * i))), ...cells(speed, direction)];
  });
}
const two = (value: number) => String(value).padStart(2, '0');
const iso = (date: Date) => date.toISOString().slice(0, 19).replace('T', ' ');
const dayFirst = (date: Date) =>
  `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
const american = (date: Date) => {
  const hour = date.getUTCHours();
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ${hour % 12 || 12}:${two(date.getUTCMinutes())}:00 ${hour < 12 ? 'AM' : 'PM'}`;
};
const comma = (value: number) => value.toFixed(1).replace('.', ',');

describe('raw logger files', () => {
  const plain = summaryOf(
    bytesOf(
      [
        'time,wind_speed_m_s,wind_direction_deg',
        ...records(iso, (ws, wd) => [ws, wd]).map((row) => row.join(',')),
      ].join('\n'),
    ),
    { heightM: 80 },
  );
  /** Expects that a file reads as the plain one. */
  const expectPlain = (lines: readonly string[], options: WindFileOptions = {}, shiftMs = 0) => {
    const summary = summaryOf(bytesOf(lines.join('\r\n')), { heightM: 80, ...options });
    const shifted = (time: unknown) => new Date(Date.parse(String(time)) + shiftMs).toISOString();
    expect(summary).toMatchObject({
      n_records: 40,
      step_minutes: 10,
      starts_at: shifted(plain.starts_at),
      ends_at: shifted(plain.ends_at),
      wind_speed_mean_m_s: expect.closeTo(plain.wind_speed_mean_m_s as number, 10),
    });
    const directions = (rows: unknown) => (rows as { frequency: number }[]).map(({ frequency }) => frequency);
    expect(directions(summary.sectors)).toEqual(directions(plain.sectors));
    return summary;
  };

  test('Campbell TOA5, whose times are ends of records', () => {
    const rows = records(iso, (ws, wd) => [ws, 0.5, wd, 9.2, 980]);
    const lines = [
      '"TOA5","Mast 1","CR1000","12345","CR1000.Std.32","CPU:mast.CR1","4711","Ten"',
      '"TIMESTAMP","RECORD","WS_80m_Avg","WS_80m_Std","WD_78m","AirTC_Avg","BP_mbar"',
      '"TS","RN","meters/second","meters/second","Deg","Deg C","mbar"',
      '"","","Avg","Std","WVc","Avg","Smp"',
      ...rows.map(([time, ...cells], i) => `"${time}",${i},${cells.join(',')}`),
    ];
    const summary = expectPlain(lines, { heightM: undefined }, -600_000);
    expect(summary).toMatchObject({
      height_m: 80,
      columns: {
        wind_speed_m_s: 'WS_80m_Avg',
        wind_speed_std_m_s: 'WS_80m_Std',
        wind_direction_deg: 'WD_78m',
        temp_air_c: 'AirTC_Avg',
        pressure_pa: 'BP_mbar',
      },
      excluded_values: [],
    });
  });

  test('Windographer .txt with several anemometers: the error proposes the columns, and they read it', () => {
    const rows = records(dayFirst, (ws, wd) => [ws, (0.9 * ws).toFixed(4), 0.4, wd, 0.7]);
    const lines = [
      'Created 10-05-2024 14:36 by Windographer 4.1.14',
      '',
      'Latitude = N 55.000000',
      'Time zone = UTC+1',
      'Time stamps indicate the beginning of the time step.',
      '',
      'Date/Time\tSpd80mN\tSpd40mN\tSpd80mNStd\tDir78mS\tT2m',
      ...rows.map((row) => row.join('\t')),
    ];
    let proposal: { columns: WindFileOptions['columns']; height_m: string; lower_height_m: string } | null = null;
    try {
      summaryOf(bytesOf(lines.join('\n')));
    } catch (error) {
      const { message, fix } = error as Error & { fix: string };
      expect(message).toContain('line 7: there is no column wind_speed_m_s; found are Date/Time, Spd80mN');
      const query = new URLSearchParams(/\?(\S.*) \(/.exec(fix)![1]);
      proposal = {
        columns: JSON.parse(query.get('columns')!),
        height_m: query.get('height_m')!,
        lower_height_m: query.get('lower_height_m')!,
      };
    }
    expect(proposal).toEqual({
      columns: {
        wind_speed_m_s: 'Spd80mN',
        wind_direction_deg: 'Dir78mS',
        wind_speed_lower_m_s: 'Spd40mN',
        wind_speed_std_m_s: 'Spd80mNStd',
        temp_air_c: 'T2m',
      },
      height_m: '80',
      lower_height_m: '40',
    });
    expectPlain(lines, { lowerHeightM: 40, columns: proposal!.columns }, -3_600_000);
  });

  test('NRG with AM and PM, months first, tabs and a block above the names', () => {
    const lines = [
      'SDR 6.3.28',
      'Logger Information',
      'Model #\t2941',
      '',
      'Date & Time Stamp\tCH1Avg\tCH1SD\tCH7Avg',
      ...records(american, (ws, wd) => [ws, 0.3, wd]).map((row) => row.join('\t')),
    ];
    expect(() => summaryOf(bytesOf(lines.join('\n')), { heightM: 80 })).toThrow('there is no column wind_speed_m_s');
    expectPlain(lines, { columns: { wind_speed_m_s: 'CH1Avg', wind_direction_deg: 'CH7Avg' } });
    const pro = [
      'Data',
      'Timestamp\tCh1_Anem_80.00m_NE_Avg_m/s\tCh1_Anem_80.00m_NE_SD_m/s\tCh13_Vane_78.00m_N_Avg_deg',
      ...records(iso, (ws, wd) => [ws, 0.3, wd]).map((row) => row.join('\t')),
    ];
    expect(expectPlain(pro, { heightM: undefined }).height_m).toBe(80);
  });

  test('quoted cells, a row of units, semicolons and decimal commas', () => {
    const quoted = records(iso, (ws, wd) => [ws, wd]).map(([time, ws, wd]) => `"${time}","${ws}","${wd}"`);
    expectPlain(['"time","wind_speed","wind_direction"', ...quoted]);
    const german = records(dayFirst, (ws, wd) => [comma(ws), comma(wd)]).map((row) => row.join(';'));
    expectPlain(['Zeit;Windspeed;Winddirection', ';m/s;deg', ...german]);
    const inKnots = records(iso, (ws, wd) => [(ws / (1852 / 3600)).toFixed(12), wd]).map((row) => row.join(','));
    expectPlain(['time,wind_speed (kn),wind_direction (°)', ...inKnots]);
    const split = records(dayFirst, (ws, wd) => [ws, wd]).map((row) => row.join(' '));
    expectPlain(['Date Time ws wd', ...split]);
  });

  test('dates that can be read both ways are refused until the request says which', () => {
    const ambiguous = [
      'time,wind_speed,wind_direction',
      '03/04/2023 00:00,5,90',
      '04/05/2023 00:00,6,80',
      '05/06/2023 00:00,7,80',
    ];
    expect(() => summaryOf(bytesOf(ambiguous.join('\n')), { heightM: 80 })).toThrow('the day first or the month first');
    const stated = summaryOf(bytesOf(ambiguous.join('\n')), { heightM: 80, timeFormat: 'MM/DD/YYYY HH:mm' });
    expect(stated.starts_at).toBe('2023-03-04T00:00:00.000Z');
  });

  test('times of an offset from UTC, stated by the request', () => {
    const lines = ['time,wind_speed,wind_direction', ...records(iso, (ws, wd) => [ws, wd]).map((row) => row.join(','))];
    expectPlain(lines, { utcOffsetH: -7 }, 7 * 3_600_000);
    expectPlain(lines, { timeLabel: 'end' }, -600_000);
  });
});

test('decimal_comma.tab: the same as with decimal points, also when the format is stated', () => {
  const text = fixture('decimal_comma.tab').toString();
  const pointed = text
    .split('\n')
    .map((line, i) => (i === 0 ? line : line.replaceAll(',', '.')))
    .join('\n');
  // PyWake 2.6's V80 at 100 m over the bins of the file, by numpy: 9.2776 GWh, and 9.2633 with its cut-out at 25 m/s.
  const own = analysisOf(bytesOf(text), {}, {}, 0, 100).netKwh;
  expect(own).toBe(analysisOf(bytesOf(pointed), {}, {}, 0, 100).netKwh);
  const summary = describeWindFile({ bytes: bytesOf(text), isDeflated: false, format: 'tab', options: {} }).summary;
  expect(summary).toMatchObject({ height_m: 100, latitude_deg: 55, n_sectors: 12 });
  expect(own / 9.2633e6).toBeCloseTo(1, 4);
});

describe('.wrg and .grd files', () => {
  const wrg = fixture('zero_sector.wrg').toString();
  const inside = { layout: { x_m: [500], y_m: [1000] } };

  test('zero_sector.wrg: a sector without wind is a sector without wind', () => {
    const { sectors, netKwh } = analysisOf(bytesOf(wrg), {}, inside);
    expect(sectors[0].frequency).toBe(0);
    // A and k between the points, raised by the power law, with PyWake 2.6's V80 in bins of 1 m/s, by numpy.
    expect(netKwh / 7_223_727).toBeCloseTo(1, 3);
  });

  test('a point off the grid, or there twice, is refused at upload with its line', () => {
    const lines = wrg.split('\n');
    const moved = lines.with(3, lines[3].replace('2000       0', '2300       0'));
    expect(() => summaryOf(bytesOf(moved.join('\n')))).toThrow(
      '.wrg, line 4: the point at 0, 2300 m is not on the grid',
    );
    expect(() => summaryOf(bytesOf([...lines, lines[2]].join('\n')))).toThrow(
      'line 8: the point at 0, 1000 m is in line 3',
    );
  });

  test('a .wrg of one point holds for one cell around it', () => {
    const lines = wrg.split('\n');
    const one = bytesOf(['1 1 0 0 1000', lines[1]].join('\n'));
    expect(analysisOf(one, {}, { layout: { x_m: [900], y_m: [0] } }).netKwh).toBeGreaterThan(0);
    const far = { layout: { x_m: [50_000], y_m: [0] } };
    expect(() => analysisOf(one, {}, far)).toThrow('turbine 0 is at 50000, 0 m, 50.0 km outside of the wind resource');
  });

  test('turbines more than one cell outside are refused, 5,000 km away too', () => {
    const at = (x: number, y: number) => analysisOf(bytesOf(wrg), {}, { layout: { x_m: [500, x], y_m: [1000, y] } });
    expect(at(1900, 2900).netKwh).toBeGreaterThan(0);
    for (const [x, y] of [
      [2100, 0],
      [0, -1100],
      [5_000_000, 0],
    ])
      expect(() => at(x, y)).toThrow('turbine 1 is at');
  });
});

describe('windIO', () => {
  /** Returns the request that a document becomes, and the yield of its farm. */
  const requested = (bytes: Uint8Array) => {
    const { analyze, ...rest } = requestOfWindIo(readWindIoFile(bytes));
    const body = windAnalyzeSchema.parse(analyze);
    const specs = body.turbines.map(({ curve }) => turbineOfCurve(curve!));
    return { body, ...rest, ...analyzeFarm(analysisPlan(body, specs, inlineClimate(body.resource)!).spec.farm)! };
  };

  test('windio_reference_height.yaml: height, shear, density and wake model are used', () => {
    const text = fixture('windio_reference_height.yaml').toString();
    const { body, netKwh, not_used } = requested(bytesOf(text));
    expect(body.resource).toMatchObject({ height_m: 60 });
    expect(body.shear).toEqual({ model: 'power', alpha: 0.14 });
    expect(body.wake.model).toBe('bastankhah_k00325');
    // PyWake 2.6 with the Weibull distributions raised from 60 m to 119 m.
    expect(netKwh / 1e6).toBeCloseTo(1112.0, 0);
    expect(not_used.map(({ path }) => path)).toEqual([
      '/attributes/flow_model',
      '/attributes/model_outputs_specification',
    ]);
    const dense = text.replace('reference_height:', 'density: {data: 1.1, dims: []}\n      reference_height:');
    expect(requested(bytesOf(dense)).body.air_density_kg_m3).toBe(1.1);
    const rough = text.replace(/shear:\n\s+alpha: 0.14\n\s+h_ref: 60.0/, 'z0: 0.03');
    expect(requested(bytesOf(rough)).body.shear).toEqual({ model: 'log', roughness_m: 0.03 });
  });

  test('sector_probability: probabilities within a direction, from several files in a zip', () => {
    const root = 'test/fixtures/cases/wind/windio';
    const zipOf = (...systems: string[]) =>
      zipSync(
        Object.fromEntries(
          readdirSync(root, { recursive: true })
            .map(String)
            .filter((name) => name.endsWith('.yaml'))
            .filter((name) => !name.startsWith('wind_energy_system') || systems.some((one) => name.endsWith(one)))
            .map((name) => [`plant/${name}`, new Uint8Array(readFileSync(`${root}/${name}`))]),
        ),
      );
    const { body, netKwh, boundary } = requested(zipOf('IEA37_case_study_3_wind_energy_system.yaml'));
    const sum = body.resource?.type === 'rose' ? body.resource.frequency.flat().reduce((a, b) => a + b, 0) : 0;
    expect(sum).toBeCloseTo(1, 2);
    // PyWake 2.6: BastankhahGaussianDeficit with k 0.0324555 and SquaredSum over the products of both probabilities.
    expect(netKwh / 944_660_957).toBeCloseTo(1, 3);
    expect(boundary).toMatchObject({ type: 'Feature', unit: 'm' });
    expect(requested(zipOf('flow_example_epdf.yaml')).netKwh).toBe(netKwh);
    expect(() => requested(zipOf('.yaml'))).toThrow('2 documents with site and wind_farm');
    expect(() => requested(zipSync({ 'a.yaml': bytesOf('site: !include b.yaml\nwind_farm: {}\n') }))).toThrow(
      'a.yaml includes b.yaml, and the zip has no text b.yaml',
    );
    expect(() => requested(zipOf('epdf.yaml').slice(0, 900))).toThrow('the zip is damaged');
  });
});

describe('warnings of wind resources', () => {
  const codesOf = (bytes: Uint8Array, options: WindFileOptions = { heightM: 70 }) =>
    describeWindFile({ bytes, isDeflated: false, options }).warnings.map(({ code }) => code);
  /** A year of hours whose wind has a Weibull distribution (A 8, k 2), a daily course and seasons, as a good mast measures it */
  const year = (change: (row: Row, i: number) => Row = (row) => row, hours = 8760) => {
    const random = Random.fromSeed(11);
    let state = 0;
    const rows = Array.from({ length: hours }, (_, i) => {
      state = 0.93 * state + Math.sqrt(1 - 0.93 ** 2) * random.normal();
      const quantile = Math.min(Math.max(normalProbability(state), 1e-6), 1 - 1e-6);
      const ws = 8 * (-Math.log(1 - quantile)) ** 0.5;
      const season = Math.cos((2 * Math.PI * i) / 8760);
      const row: Row = {
        ws: ws * (1 + 0.1 * season),
        lower: ws * (1 + 0.1 * season) * (40 / 70) ** (0.2 + 0.02 * random.normal()),
        wd: (((240 + 70 * random.normal()) % 360) + 360) % 360,
        std: 0.11 * ws * (1 + 0.2 * Math.abs(random.normal())),
        temp: 8 - 9 * season + random.normal(),
      };
      const { ws: speed, lower, wd, std, temp } = change(row, i);
      const cells = [speed.toFixed(2), wd.toFixed(0), lower.toFixed(2), std.toFixed(3), temp.toFixed(1)];
      return `${new Date(Date.UTC(2023, 0, 1, i)).toISOString()},${cells.join(',')}`;
    });
    return bytesOf(
      ['time,wind_speed_m_s,wind_direction_deg,wind_speed_lower_m_s,wind_speed_std_m_s,temp_air_c', ...rows].join('\n'),
    );
  };
  interface Row {
    readonly ws: number;
    readonly lower: number;
    readonly wd: number;
    readonly std: number;
    readonly temp: number;
  }
  const two_heights = { heightM: 70, lowerHeightM: 40 };
  const between = (i: number, from: number, to: number) => i >= from && i < to;

  test.each<[string, string[], (row: Row, i: number) => Row]>([
    ['a good year', [], (row) => row],
    [
      'a stuck anemometer',
      ['wind.records_left_out', 'wind.sensor_stuck'],
      (row, i) => (between(i, 4000, 4100) ? { ...row, ws: 6.3, temp: 15 } : row),
    ],
    [
      'an iced anemometer',
      ['wind.records_left_out', 'wind.sensor_iced'],
      (row, i) => (between(i, 100, 180) ? { ...row, ws: 4.2, temp: -3 } : row),
    ],
    [
      'an anemometer at 0 for three days',
      ['wind.calm_long'],
      (row, i) => (between(i, 100, 172) ? { ...row, ws: 0 } : row),
    ],
    ['marks in the temperature', ['wind.values_excluded'], (row, i) => (i % 100 === 0 ? { ...row, temp: 999 } : row)],
    [
      'knots',
      ['wind.speed_unit_doubtful'],
      (row) => ({ ...row, ws: row.ws * 2.5, lower: row.lower * 2.5, std: row.std * 2.5 }),
    ],
    ['radians', ['wind.direction_unit_doubtful'], (row) => ({ ...row, wd: (row.wd * Math.PI) / 180 })],
    ['exchanged heights', ['wind.measured_shear_unusual'], (row) => ({ ...row, ws: row.lower, lower: row.ws })],
    ['gusts for standard deviations', ['wind.measured_turbulence_unusual'], (row) => ({ ...row, std: 1.4 * row.ws })],
  ])('%s', (_, expected, change) => {
    const codes = codesOf(year(change), two_heights);
    expect(codes.filter((code) => !expected.includes(code) && expected.length === 0)).toEqual([]);
    for (const code of expected) expect(codes).toContain(code);
  });

  test('parts of a year, missing records and uneven seasons', () => {
    expect(
      codesOf(
        year((row) => row, 24 * 100),
        two_heights,
      ),
    ).toEqual(['wind.measurement_short']);
    expect(
      codesOf(
        year((row) => row, 24 * 330),
        two_heights,
      ),
    ).toEqual(['wind.months_missing']);
    const windy = (row: Row, i: number) => {
      const factor = 1 + 0.2 * Math.cos((2 * Math.PI * i) / 8760);
      return { ...row, ws: row.ws * factor, lower: row.lower * factor };
    };
    expect(codesOf(year(windy, 24 * (365 + 110)), two_heights)).toEqual([
      'wind.seasons_uneven',
      'wind.years_not_whole',
    ]);
    const lines = Buffer.from(year()).toString().split('\n');
    const holed = bytesOf(lines.filter((_, i) => i === 0 || i % 24 < 20).join('\n'));
    expect(codesOf(holed, two_heights)).toEqual(['wind.coverage_low']);
    const twoYears = Buffer.from(year((row) => row, 24 * 730))
      .toString()
      .split('\n');
    const without = (days: number) => bytesOf(twoYears.toSpliced(24 * 40, 24 * days).join('\n'));
    expect(codesOf(without(30), two_heights)).toEqual(['wind.gap_long']);
    expect(codesOf(without(14), two_heights)).toEqual([]);
  });

  test('coarse winds of an airport, with calms, are silent', () => {
    const knots = year((row) => ({
      ...row,
      ws: (Math.round((row.ws * 3600) / 1852) * 1852) / 3600,
      wd: 10 * Math.round(row.wd / 10),
    }));
    expect(codesOf(knots, two_heights)).toEqual([]);
  });

  test('.tab and .wrg files', () => {
    expect(codesOf(fixture('decimal_comma.tab'))).toEqual([]);
    const tab = (shares: string) => bytesOf(`x\n50 8 60\n4 1 0\n${shares}\n5 400 300 400 400\n10 600 700 600 600\n`);
    expect(codesOf(tab('25 25 25 25'))).toEqual([]);
    expect(codesOf(tab('25 0 0 25'))).toEqual(['wind.file_frequencies_scaled']);
    const wrg = (head: string, power: number) =>
      bytesOf(`${head}\nP 0 0 0 70 8.0 2.00 ${power} 2 600 80 200 400 85 210\n`);
    // 0.5 1.225 8^3 Gamma(1 + 3/2)
    expect(codesOf(wrg('2 1 0 0 100', 417))).toEqual(['wind.grid_incomplete']);
    expect(codesOf(wrg('1 1 0 0 100', 900))).toEqual(['wind.grid_one_point', 'wind.grid_power_mismatch']);
  });
});

describe('wind-only long-term series', () => {
  const hours = 24 * 120;
  const startMs = Date.UTC(2022, 0, 1);
  const random = Random.fromSeed(3);
  /** A reference whose wind the site follows by another line in the north than in the south */
  const reference = Array.from({ length: hours }, (_, i) => ({
    time: new Date(startMs + i * 3.6e6),
    ws: 7 + 3 * Math.sin(i / 40) + 2 * random.uniform() + (i > 1500 ? 1 : 0),
    wd: i % 2 === 0 ? 5 : 185,
  }));
  const siteOf = ({ ws, wd }: { ws: number; wd: number }) => (wd === 5 ? 1.3 * ws + 0.2 : 0.9 * ws - 0.1);
  const text = (lines: readonly string[]) => bytesOf(lines.join('\n'));
  const input = (bytes: Uint8Array, options: WindFileOptions = {}) => ({ bytes, isDeflated: false, options });
  const mast = input(
    text([
      'time,wind_speed_m_s,wind_direction_deg',
      ...reference.slice(200, 2400).map((row) => `${row.time.toISOString()},${siteOf(row).toFixed(6)},${row.wd}`),
    ]),
    { heightM: 80 },
  );
  const rad = Math.PI / 180;
  const era5 = text([
    'valid_time,u100,v100,latitude,longitude',
    ...reference.map(
      ({ time, ws, wd }) =>
        `${time.toISOString().slice(0, 19).replace('T', ' ')},${-ws * Math.sin(wd * rad)},${-ws * Math.cos(wd * rad)},55,8`,
    ),
  ]);
  const openMeteo = text([
    'latitude,longitude,elevation,utc_offset_seconds,timezone,timezone_abbreviation',
    '55.0,8.0,3.0,3600,Europe/Berlin,CET',
    '',
    'time,wind_speed_100m (km/h),wind_direction_100m (°)',
    ...reference.map(
      ({ time, ws, wd }) =>
        `${new Date(time.getTime() + 3.6e6).toISOString().slice(0, 16)},${(3.6 * ws).toFixed(6)},${wd}`,
    ),
  ]);
  const merra2 = text([
    'Latitude = 55.0',
    'DateTime,WS50m_m/s,WD50m_deg,T2M_degC,PS_hPa',
    ...reference.map(({ time, wd }, i) => `${time.toISOString()},${6 + 3 * Math.sin(i / 7)},${wd},8.5,1013.25`),
  ]);

  test('ERA5, Open-Meteo at 100 m and MERRA-2 as CSV are read with their units, components and time zones', () => {
    const mean = reference.reduce((sum, { ws }) => sum + ws / hours, 0);
    for (const bytes of [era5, openMeteo])
      expect(summaryOf(bytes)).toMatchObject({
        height_m: 100,
        starts_at: '2022-01-01T00:00:00.000Z',
        wind_speed_mean_m_s: expect.closeTo(mean, 6),
      });
    const sectors = summaryOf(era5).sectors as { frequency: number }[];
    expect([sectors[0].frequency, sectors[6].frequency]).toEqual([0.5, 0.5]);
    expect(summaryOf(merra2)).toMatchObject({
      height_m: 50,
      excluded_values: [],
      columns: { temp_air_c: 'T2M_degC', pressure_pa: 'PS_hPa' },
    });
  });

  test('of several references the one that follows best is used; a line by sector finds each sector', () => {
    const climate = (isBySector: boolean) =>
      windClimate({
        source: {
          kind: 'file',
          file: mast,
          longTerm: { files: [input(merra2), input(era5)], method: 'linear', isBySector },
        },
      });
    const { longTerm, resource } = climate(true);
    expect(longTerm).toMatchObject({ referenceIndex: 1, n: 2200 });
    expect(longTerm!.references).toHaveLength(2);
    expect(longTerm!.monthlyCorrelation).toBeGreaterThan(0.99);
    expect(longTerm!.references[0].correlation).toBeLessThan(0.5);
    expect(longTerm!.sectors!.map(({ centreDeg, slope }) => [centreDeg, Math.round(1000 * slope)])).toEqual([
      [0, 1300],
      [180, 900],
    ]);
    const whole = reference.map(siteOf).reduce((sum, ws) => sum + ws / hours, 0);
    expect(longTerm!.longTermMPerS).toBeCloseTo(whole, 5);
    expect(resource?.kind === 'series' && resource.wsMPerS.length).toBe(hours);
    expect(climate(false).longTerm!.correlation).toBeLessThan(longTerm!.sectors![0].correlation);
  });

  test('SAM .srw: the greatest height, or the one that the request states', () => {
    const rows = Array.from(
      { length: 8760 },
      (_, i) => `8.5,0.95,${i % 360},${5 + (i % 9)},8.2,0.94,${i % 360},${6 + (i % 9)}`,
    );
    const srw = text([
      'loc_id,city,WY,USA,2012,41.0,-105.0,1829,-7,8760',
      'A typical year',
      'Temperature,Pressure,Direction,Speed,Temperature,Pressure,Direction,Speed',
      'C,atm,degrees,m/s,C,atm,degrees,m/s',
      '50,50,50,50,80,80,80,80',
      ...rows,
    ]);
    const high = summaryOf(srw);
    expect(high).toMatchObject({ height_m: 80, n_records: 8760, n_months_covered: 12, excluded_values: [] });
    expect(high.wind_speed_mean_m_s).toBeCloseTo(
      (summaryOf(srw, { heightM: 50 }).wind_speed_mean_m_s as number) + 1,
      9,
    );
    expect(() => summaryOf(srw, { heightM: 60 })).toThrow('no speed and direction at 60 m; the heights are 50, 80 m');
  });
});

/**
 * Reads SAM's wind files (.srw): a line of the place, a description, names, units and heights of the columns, then a line an hour
 * of a year without times. The format is described in SAM's help, "Wind Data File Formats".
 */
import { windError } from '../check.ts';
import type { ReadWindTable } from '../resource/wind-csv.ts';

/** Hours of a year, and of a leap year */
const HOURS = [8760, 8784];
const PASCAL_PER_ATM = 101_325;
/** A year without a leap day, for files of a typical year */
const TYPICAL_YEAR = 2001;
const TYPICAL_LEAP_YEAR = 2000;

/** Tells whether the third line has the names of SAM's columns and the fifth their heights. */
export function isSrw(lines: readonly string[]): boolean {
  const [, , names = '', , heights = ''] = lines;
  return (
    /(^|,)speed(,|$)/i.test(names.trim()) &&
    /(^|,)direction(,|$)/i.test(names.trim()) &&
    /^[\d.,\s]+$/.test(heights.trim()) &&
    heights.includes(',')
  );
}

/**
 * @param heightM height of the speeds that are wanted [m]; default: the greatest one
 * @throws AppError that names the line
 */
export function parseSrw(text: string, heightM?: number): ReadWindTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const row = (index: number) => lines[index].split(',').map((cell) => cell.trim());
  const [names, heights] = [row(2).map((name) => name.toLowerCase()), row(4).map(Number)];
  const speeds = names.flatMap((name, at) => (name === 'speed' ? [at] : []));
  const level = heightM ?? Math.max(...speeds.map((at) => heights[at]));
  const at = (name: string) => names.findIndex((one, i) => one === name && heights[i] === level);
  if (at('speed') < 0 || at('direction') < 0)
    throw windError(
      `.srw, line 5: no speed and direction at ${level} m; the heights are ${[...new Set(heights)].join(', ')} m`,
      '/query/height_m',
    );
  const below = speeds.map((i) => heights[i]).filter((height) => height < level);
  const lowerHeightM = below.length > 0 ? Math.max(...below) : null;
  const lowerAt = speeds.find((i) => heights[i] === lowerHeightM);
  const rows = lines.slice(5).filter((line) => line.trim() !== '');
  const hours = HOURS.find((count) => rows.length > 0 && rows.length % count === 0);
  if (hours === undefined)
    throw windError(`.srw: ${rows.length} records; expected a year of them, such as 8,760`, '/file');
  const column = (index: number) =>
    Float64Array.from(rows, (line, i) => {
      const cell = line.split(',')[index]?.trim() ?? '';
      const value = cell === '' ? Number.NaN : Number(cell);
      if (cell === '' || !Number.isFinite(value))
        throw windError(
          `.srw, line ${i + 6}: column ${index + 1} is '${cell.slice(0, 40)}'; expected a number`,
          '/file',
        );
      return value;
    });
  const year = Number(row(0)[4]);
  const typical = hours === HOURS[0] ? TYPICAL_YEAR : TYPICAL_LEAP_YEAR;
  const start = Date.UTC(Number.isInteger(year) && year > 1900 ? year : typical, 0);
  const stepMs = (hours * 3.6e6) / rows.length;
  return {
    wind: {
      timeMs: Float64Array.from(rows, (_, i) => start + i * stepMs),
      wsMPerS: column(at('speed')),
      wdDeg: column(at('direction')).map((deg) => (deg === 360 ? 0 : deg)),
      ...(lowerAt === undefined ? {} : { lowerMPerS: column(lowerAt) }),
      ...(at('temperature') < 0 ? {} : { temperatureC: column(at('temperature')) }),
      ...(at('pressure') < 0 ? {} : { pressurePa: column(at('pressure')).map((atm) => atm * PASCAL_PER_ATM) }),
    },
    columns: { wind_speed_m_s: `Speed ${level} m`, wind_direction_deg: `Direction ${level} m` },
    heightM: level,
    lowerHeightM,
  };
}

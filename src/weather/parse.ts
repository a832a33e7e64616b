/** Weather files of any known format: recognised by content, unpacked, read, and made into whole years. */
import { gunzipSync } from 'node:zlib';
import { AppError } from '../contracts/common/app-error.ts';
import { hasTooManyLines, lineAt, MAX_LINES, zeroByteAt } from '../contracts/common/file-text.ts';
import { isZip } from '../lib/zip.ts';
import type { RawRecords } from './raw-records.ts';
import { textOfZip } from './archive.ts';
import { assembleYears } from './assemble.ts';
import { brokenFile, quoted, tooLarge, tooMany } from './broken.ts';
import { isBsrn, readBsrn } from './formats/bsrn.ts';
import { isCams, readCams } from './formats/cams.ts';
import type { CsvOptions } from './formats/csv.ts';
import { proposalFor, readCsv, statedOf } from './formats/csv.ts';
import { readEpw } from './formats/epw.ts';
import type { JsonObject } from './formats/json.ts';
import { parseJson } from './formats/json.ts';
import { readNasaPower } from './formats/nasa-power.ts';
import { readOpenMeteo } from './formats/open-meteo.ts';
import { readPvgisCsv, readPvgisJson } from './formats/pvgis.ts';
import { isPvsyst, readPvsyst } from './formats/pvsyst.ts';
import { isSamColumnLine, readSamCsv } from './formats/sam-csv.ts';
import { headerLines } from './header.ts';
import { DEFAULT_DECOMPOSITION, type DecompositionModel } from '../sun/decomposition.ts';
import type { WeatherFormat, WeatherYear } from './series.ts';
import { isSolarAnywhere, readSolarAnywhere } from './formats/solaranywhere.ts';
import { isSolargis, readSolargis } from './formats/solargis.ts';
import { isSolcast, readSolcast } from './formats/solcast.ts';
import { isSurfrad, readSurfrad } from './formats/surfrad.ts';
import { readTm2, TM2_STATION } from './formats/tm2.ts';
import { readTmy3 } from './formats/tmy3.ts';

export interface ParseOptions {
  /** File name, for messages and `source.name`; it does not decide the format. */
  readonly name: string;
  /** Default: recognised by content. */
  readonly format?: WeatherFormat;
  /** Calendar year to take from a file of several years; without it such a file is refused by `parseWeather`. */
  readonly year?: number;
  /** How a table of format csv is read. */
  readonly table?: CsvOptions;
  /** Model for a file that has global irradiance only; default `DEFAULT_DECOMPOSITION`. */
  readonly decomposition?: DecompositionModel;
  /** Largest size after unpacking [bytes]; default 128 MiB, a year of minutes in the widest format. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 128 * 1024 * 1024;
/** Lines of a file's start that may hold its column names. */
const SNIFFED_LINES = 40;

/** How files of a format are recognised and read. */
type Reader = {
  /** For messages */
  readonly name: string;
} & (
  | {
      /** @param lines the first lines of the file, at least one */
      /** Whether the query says where the file is. */
      readonly hasPlaceInQuery?: true;
      readonly isHeader: (lines: readonly string[]) => boolean;
      readonly read: (bytes: Uint8Array, name: string, table: CsvOptions) => RawRecords;
    }
  | {
      /** Member of the JSON object that only this format has */
      readonly member: string;
      readonly read: (bytes: Uint8Array, name: string, table: CsvOptions, parsed?: JsonObject) => RawRecords;
    }
);

/** In the order in which they are tried. */
const READERS: Readonly<Record<WeatherFormat, Reader>> = {
  // Its names of columns may look like those of SAM's csv.
  pvsyst: { name: 'PVsyst standard csv', isHeader: isPvsyst, read: readPvsyst },
  // SAM's csv may begin with "Location" too, above a row of values.
  epw: {
    name: 'EPW',
    isHeader: (lines) => /^\s*"?LOCATION"?\s*,/i.test(lines[0]) && !lines.slice(0, 12).some(isSamColumnLine),
    read: readEpw,
  },
  'pvgis-csv': {
    name: 'PVGIS csv',
    isHeader: ([first]) => /^Latitude \(decimal degrees\)/i.test(first),
    read: readPvgisCsv,
  },
  tmy3: {
    name: 'TMY3',
    isHeader: ([, second = '']) => /^"?Date \(MM\/DD\/YYYY\)/i.test(second),
    read: readTmy3,
  },
  tm2: { name: 'TMY2', isHeader: ([first]) => TM2_STATION.test(first), read: readTm2 },
  'sam-csv': {
    name: 'SAM or NSRDB csv',
    isHeader: (lines) => lines.slice(0, 12).some(isSamColumnLine),
    read: readSamCsv,
  },
  'pvgis-json': {
    name: 'PVGIS json',
    member: 'outputs',
    read: (bytes, name, _, parsed) => readPvgisJson(bytes, name, parsed),
  },
  'nasa-power-json': {
    name: 'NASA POWER json',
    member: 'properties',
    read: (bytes, name, _, parsed) => readNasaPower(bytes, name, parsed),
  },
  'open-meteo-json': {
    name: 'Open-Meteo json',
    member: 'hourly',
    read: (bytes, name, _, parsed) => readOpenMeteo(bytes, name, parsed),
  },
  solaranywhere: { name: 'SolarAnywhere csv', isHeader: isSolarAnywhere, read: readSolarAnywhere },
  solargis: { name: 'Solargis csv', isHeader: isSolargis, read: readSolargis },
  solcast: { name: 'Solcast csv', isHeader: isSolcast, read: readSolcast, hasPlaceInQuery: true },
  cams: { name: 'CAMS csv', isHeader: isCams, read: readCams },
  surfrad: { name: 'SURFRAD', isHeader: isSurfrad, read: readSurfrad },
  bsrn: { name: 'BSRN station-to-archive', isHeader: isBsrn, read: readBsrn },
  csv: {
    name: 'any csv with a map of its columns',
    isHeader: ([first]) => /^time,(.*,)?(ghi|dni)_w_m2\b/.test(first),
    read: readCsv,
  },
};

const PLACE_OPTIONS = ['latitude_deg', 'longitude_deg', 'elevation_m'];

/** What a user may send, for messages. */
const KNOWN = Object.values(READERS)
  .map(({ name }) => name)
  .join(', ');

/**
 * Reads one year of weather.
 * @param bytes the file, plain, gzip or zip
 * @returns a whole year without gaps, see `WeatherYear`
 * @throws AppError `weather.unrecognised_format`, `weather.malformed` (line, column, field, reason in `details`),
 * `weather.gap_too_long`, `weather.incomplete_year`, `weather.too_large`; nothing else
 */
export function parseWeather(bytes: Uint8Array, options: ParseOptions): WeatherYear {
  const years = parseWeatherYears(bytes, options);
  if (options.year === undefined) {
    if (years.length === 1) return years[0];
    const names = years.map((year) => year.source.yearOfMonth[0]).join(', ');
    throw brokenFile(options.name, {}, `the file holds the years ${names}; choose one of them`);
  }
  const chosen = years.find((year) => !year.source.typicalYear && year.source.yearOfMonth[0] === options.year);
  if (chosen === undefined)
    throw brokenFile(
      options.name,
      { field: 'year' },
      `the file does not hold ${options.year}; it has ${years.map((year) => (year.source.typicalYear ? 'a typical year' : year.source.yearOfMonth[0])).join(', ')}`,
    );
  return chosen;
}

/** Reads all whole years of a file, in its order; a typical year is one year. Errors as `parseWeather`. */
export function parseWeatherYears(bytes: Uint8Array, options: ParseOptions): WeatherYear[] {
  const { name } = options;
  const plain = unpack(bytes, name, options.maxBytes ?? DEFAULT_MAX_BYTES);
  return assembleYears(readRecords(plain, options), options.decomposition ?? DEFAULT_DECOMPOSITION);
}

function readRecords(bytes: Uint8Array, { name, format, table = {} }: ParseOptions): RawRecords {
  const refuseOptions = (of: Reader): void => {
    const takesPlace = 'hasPlaceInQuery' in of && of.hasPlaceInQuery === true;
    const [option] = statedOf(table).filter((one) => !(takesPlace && PLACE_OPTIONS.includes(one)));
    if (option !== undefined && of !== READERS.csv)
      throw brokenFile(
        name,
        { field: option },
        `the file is read as ${of.name}; ${option} is for other tables (format=csv)`,
      );
  };
  const stated = format ?? (table.columns === undefined ? undefined : 'csv');
  if (stated === undefined && firstByte(bytes) === 0x7b) return readJson(bytes, name, refuseOptions);
  const lines = headerLines(bytes, SNIFFED_LINES).map(({ text }) => text);
  const reader =
    stated === undefined
      ? Object.values(READERS).find((one) => 'isHeader' in one && one.isHeader(lines))
      : READERS[stated];
  if (reader === undefined) throw unrecognised(bytes, name, lines[0]);
  refuseOptions(reader);
  return reader.read(bytes, name, table);
}

/** Undoes gzip and zip, and refuses what is no text: UTF-16, binary files, empty ones. */
function unpack(bytes: Uint8Array, name: string, maxBytes: number): Uint8Array {
  if (bytes.length > maxBytes) throw tooLarge(name, maxBytes);
  let plain = isZip(bytes) ? textOfZip(bytes, name, maxBytes) : bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      plain = gunzipSync(bytes, { maxOutputLength: maxBytes });
    } catch (cause) {
      if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, maxBytes);
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw brokenFile(name, {}, `the gzip data is damaged or cut off (${reason})`);
    }
  }
  const unrecognised = (what: string, fix: string): AppError =>
    new AppError('weather.unrecognised_format', `${name}: ${what}`, { fix, details: { reason: what } });
  if ((plain[0] === 0xff && plain[1] === 0xfe) || (plain[0] === 0xfe && plain[1] === 0xff))
    throw unrecognised('the text is UTF-16', 'Save it as UTF-8.');
  if (firstByte(plain) === -1) throw brokenFile(name, {}, 'the file is empty');
  const zero = zeroByteAt(plain);
  if (zero >= 0 && zero < 4096)
    throw unrecognised('this is a binary file, not text', `Send one of ${KNOWN}, plain, as gzip or zip.`);
  if (zero >= 0) throw brokenFile(name, { line: lineAt(plain, zero) }, 'the line contains U+0000; expected text');
  if (hasTooManyLines(plain)) throw tooMany(name, MAX_LINES, 'lines');
  return plain;
}

/** Returns the first byte that is no blank and no byte order mark; -1 if there is none. */
function firstByte(bytes: Uint8Array): number {
  let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (i < bytes.length && (bytes[i] === 32 || (bytes[i] >= 9 && bytes[i] <= 13))) i++;
  return i < bytes.length ? bytes[i] : -1;
}

/** @throws AppError `weather.unrecognised_format` that lists the members */
function readJson(bytes: Uint8Array, name: string, check: (reader: Reader) => void): RawRecords {
  const root = parseJson(bytes, name);
  const expected: string[] = [];
  for (const reader of Object.values(READERS)) {
    if (!('member' in reader)) continue;
    if (root[reader.member] !== undefined) {
      check(reader);
      return reader.read(bytes, name, {}, root);
    }
    expected.push(`${reader.member} (${reader.name})`);
  }
  throw new AppError(
    'weather.unrecognised_format',
    `${name}: JSON, but without any of the members ${expected.join(', ')}`,
    {
      details: { members: Object.keys(root).slice(0, 10) },
    },
  );
}

/** Returns the error about a text of no known format, which quotes its first line and proposes how to read it as a table. */
function unrecognised(bytes: Uint8Array, name: string, first: string): AppError {
  const query = proposalFor(bytes);
  const looksLike = /^\s*</.test(first) ? ' (it looks like HTML or XML)' : '';
  return new AppError(
    'weather.unrecognised_format',
    `${name}: none of the known formats${looksLike}; its first line is ${quoted(first)}`,
    {
      fix:
        query === undefined
          ? `Send one of ${KNOWN}.`
          : `Send one of ${KNOWN}; or send this file as a table, with the query ${query}, and its place by site_id or latitude_deg, longitude_deg and elevation_m.`,
      details: { line: 1, reason: 'no known header' },
    },
  );
}

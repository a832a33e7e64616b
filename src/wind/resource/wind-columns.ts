/** Recognises the columns of wind measurements by their names, and converts their units. */
import { AppError } from '../../contracts/common/app-error.ts';
import { windError } from '../check.ts';
import type { WindTable } from './wind-table.ts';

/** Quantities of a record by their names in requests */
const WIND_COLUMNS = [
  'wind_speed_m_s',
  'wind_direction_deg',
  'wind_speed_lower_m_s',
  'wind_speed_std_m_s',
  'temp_air_c',
  'pressure_pa',
  'wind_east_m_s',
  'wind_north_m_s',
] as const;
export type WindColumn = (typeof WIND_COLUMNS)[number];

/** Names of each column, as files have them; the first is ours. */
const KNOWN: Readonly<Record<WindColumn, readonly string[]>> = {
  wind_speed_m_s: ['wind_speed_m_s', 'wind_speed', 'ws', 'windspeed', 'wind_speed_ms'],
  wind_direction_deg: ['wind_direction_deg', 'wind_direction', 'wd', 'winddirection'],
  wind_speed_lower_m_s: ['wind_speed_lower_m_s', 'wind_speed_lower', 'ws_lower', 'wind_speed_lower_ms'],
  wind_speed_std_m_s: ['wind_speed_std_m_s', 'wind_speed_std', 'ws_std', 'wind_speed_sd', 'wind_speed_std_ms'],
  temp_air_c: ['temp_air_c', 'temp_air', 'temperature', 'temperature_c'],
  pressure_pa: ['pressure_pa', 'pressure'],
  wind_east_m_s: ['wind_east_m_s'],
  wind_north_m_s: ['wind_north_m_s'],
};

type Quantity = 'speed' | 'direction' | 'temperature' | 'pressure' | 'east' | 'north';
const QUANTITY: Readonly<Record<WindColumn, Quantity>> = {
  wind_speed_m_s: 'speed',
  wind_direction_deg: 'direction',
  wind_speed_lower_m_s: 'speed',
  wind_speed_std_m_s: 'speed',
  temp_air_c: 'temperature',
  pressure_pa: 'pressure',
  wind_east_m_s: 'east',
  wind_north_m_s: 'north',
};

/** Factor and offset to our unit, by the unit's name without blanks and dots */
const SPEED_UNITS: Readonly<Record<string, readonly [factor: number, offset: number]>> = {
  'm/s': [1, 0],
  ms: [1, 0],
  'm/sec': [1, 0],
  mps: [1, 0],
  'ms-1': [1, 0],
  'ms^-1': [1, 0],
  'ms**-1': [1, 0],
  'metres/second': [1, 0],
  'meters/second': [1, 0],
  meterspersecond: [1, 0],
  'km/h': [1 / 3.6, 0],
  kmh: [1 / 3.6, 0],
  kph: [1 / 3.6, 0],
  kn: [1852 / 3600, 0],
  kt: [1852 / 3600, 0],
  kts: [1852 / 3600, 0],
  knots: [1852 / 3600, 0],
  mph: [0.44704, 0],
  'mp/h': [0.44704, 0],
  'mi/h': [0.44704, 0],
  'miles/hour': [0.44704, 0],
};
const UNITS: Readonly<Record<Quantity, typeof SPEED_UNITS>> = {
  speed: SPEED_UNITS,
  east: SPEED_UNITS,
  north: SPEED_UNITS,
  direction: { deg: [1, 0], degrees: [1, 0], degree: [1, 0], '°': [1, 0], degn: [1, 0], rad: [180 / Math.PI, 0] },
  temperature: {
    c: [1, 0],
    degc: [1, 0],
    '°c': [1, 0],
    celsius: [1, 0],
    celcius: [1, 0],
    k: [1, -273.15],
    kelvin: [1, -273.15],
    f: [5 / 9, -160 / 9],
    degf: [5 / 9, -160 / 9],
    '°f': [5 / 9, -160 / 9],
  },
  pressure: {
    pa: [1, 0],
    hpa: [100, 0],
    mb: [100, 0],
    mbar: [100, 0],
    millibar: [100, 0],
    millibars: [100, 0],
    kpa: [1000, 0],
    bar: [1e5, 0],
    atm: [101_325, 0],
    mmhg: [133.322387415, 0],
    inhg: [3386.389, 0],
  },
};

const plainUnit = (unit: string) =>
  unit
    .trim()
    .toLowerCase()
    .replace(/[\s.]|^\[|\]$|^\(|\)$/g, '');

interface Column {
  readonly index: number;
  readonly name: string;
  /** null: none of the quantities here */
  readonly quantity: Quantity | null;
  readonly statistic: 'mean' | 'std' | 'other';
  /** As the name states it [m] */
  readonly heightM: number | null;
  /** As name or line of units state it */
  readonly unit: string | null;
}

const HEIGHT = /(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?m(?![a-rt-z/²2])/i;
const BARE_HEIGHT = /(?:^|[a-z_])(\d{2,3})(?:$|_|[a-z]{0,2}$)/i;

function describe(name: string, index: number, unitCell: string, statisticCell: string): Column {
  const lower = name.toLowerCase();
  const inName = /[([]([^)\]]*)[)\]]\s*$/.exec(name)?.[1] ?? /_(m\/s|ms|degC|deg|°|hPa|mb|mbar|kPa|C)$/.exec(name)?.[1];
  const unit = [inName, unitCell].find((text) => text !== undefined && text.trim() !== '') ?? null;
  const bare = lower.replace(/[([][^)\]]*[)\]]/g, ' ').trim();
  const isSpread = /std|stdev|stddev|sigma|[_ \d]sd(?![a-z])|ch\d+sd/.test(bare) || /^std|wsdev/i.test(statisticCell);
  const isExtreme =
    /max|min(?!ute)|gust|peak|_tm[xn]/.test(bare) ||
    /^(max|min|smm|tot)/i.test(statisticCell) ||
    /count|flag|quality/.test(bare);
  return {
    index,
    name,
    quantity: quantityOf(bare),
    statistic: isSpread ? 'std' : isExtreme ? 'other' : 'mean',
    heightM: heightOf(bare),
    unit,
  };
}

function quantityOf(name: string): Quantity | null {
  if (/dir(?!t)|vane|(^|[^a-z])wd([^a-z]|$)/.test(name)) return 'direction';
  if (/^u\d{2,3}(m|$)|^u_?component|^eastward|(^|_)u_wind/.test(name)) return 'east';
  if (/^v\d{2,3}(m|$)|^v_?component|^northward|(^|_)v_wind/.test(name)) return 'north';
  if (/spd|speed|anem|(^|[^a-z])wspd|(^|[^a-z])ws([^a-z]|$)|(^|[^a-z])ff([^a-z]|$)/.test(name)) return 'speed';
  if (/temp|^t\d+m?(_|$)|^t_|airtc/.test(name)) return 'temperature';
  if (/press|^bp|baro|^ps?(\d+m)?(_|$)|^slp$|^sp$/.test(name)) return 'pressure';
  return null;
}

function heightOf(name: string): number | null {
  const stated = HEIGHT.exec(name) ?? BARE_HEIGHT.exec(name.replace(/ch\d+_?/, ''));
  const height = stated ? Number(stated[1]) : Number.NaN;
  return height >= 2 && height <= 500 ? height : null;
}

/** Where a quantity is in a file, and how its cells become our unit. */
export interface PlacedColumn {
  readonly column: WindColumn;
  readonly index: number;
  readonly factor: number;
  readonly offset: number;
}
export interface PlacedColumns {
  readonly placed: readonly PlacedColumn[];
  /** As the names state them [m] */
  readonly heightM: number | null;
  readonly lowerHeightM: number | null;
}

/** Columns of the file by our names, and their units where the file states none or another one */
export interface ColumnMap {
  readonly columns?: Readonly<Record<string, string>>;
  readonly columnUnits?: Readonly<Record<string, string>>;
}

/**
 * Finds the columns of a table: those that the request names, those that have our names, or those whose names say what they
 * are, where no other column could be meant.
 * @throws AppError with the columns of the file and a proposal
 */
export function placeColumns(table: WindTable, { columns, columnUnits }: ColumnMap): PlacedColumns {
  requireKnown('columns', columns);
  requireKnown('column_units', columnUnits);
  const all = table.names.map((name, index) =>
    describe(name, index, table.units[index] ?? '', table.statistics[index] ?? ''),
  );
  const places = columns ? named(all, columns, table) : (known(all) ?? unambiguous(all));
  if (!places.wind_speed_m_s && !(places.wind_east_m_s && places.wind_north_m_s))
    throw notRecognised(all, table, places.wind_speed_m_s ? 'wind_direction_deg' : 'wind_speed_m_s');
  if (!places.wind_direction_deg && !(places.wind_east_m_s && places.wind_north_m_s))
    throw notRecognised(all, table, 'wind_direction_deg');
  const placed = (Object.entries(places) as [WindColumn, Column][]).map(([column, place]) => {
    const [factor, offset] = conversionOf(column, place, columnUnits?.[column]);
    return { column, index: place.index, factor, offset };
  });
  return {
    placed,
    heightM: heightIn(places.wind_speed_m_s ?? places.wind_east_m_s),
    lowerHeightM: heightIn(places.wind_speed_lower_m_s),
  };
}

function requireKnown(option: string, names: Readonly<Record<string, string>> | undefined): void {
  const unknown = Object.keys(names ?? {}).find((name) => !(WIND_COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw windError(`${option}.${unknown} is not known; expected ${WIND_COLUMNS.join(', ')}`, `/query/${option}`);
}

const heightIn = (column: Column | undefined): number | null => (column ? column.heightM : null);
const heightOrGround = ({ heightM }: Column): number => (heightM === null ? 0 : heightM);

type Places = Partial<Record<WindColumn, Column>>;

function named(all: readonly Column[], columns: NonNullable<ColumnMap['columns']>, table: WindTable): Places {
  const entries = Object.entries(columns) as [WindColumn, string][];
  return Object.fromEntries(
    entries.map(([column, name]) => {
      const fits = all.filter((one) => one.name === name);
      if (fits.length !== 1)
        throw windError(
          `columns.${column} is '${name}', of which line ${table.headerLine} has ${fits.length}; it has ${listOf(table.names)}`,
          '/query/columns',
        );
      return [column, fits[0]];
    }),
  );
}

/** Returns the columns that have our names; null unless speed and direction are among them. */
function known(all: readonly Column[]): Places | null {
  const places: Places = {};
  for (const column of WIND_COLUMNS) {
    const at = all.find(({ name }) => KNOWN[column].includes(name.toLowerCase().replace(/\s*[([].*$/, '')));
    if (at) places[column] = at;
  }
  return places.wind_speed_m_s || places.wind_direction_deg ? places : null;
}

/** Returns the columns of which there is one each, by what their names say. */
function unambiguous(all: readonly Column[]): Places {
  const means = (quantity: Quantity) => all.filter((one) => one.quantity === quantity && one.statistic === 'mean');
  const only = (list: readonly Column[]) => (list.length === 1 ? list[0] : undefined);
  const places: Places = {
    wind_speed_m_s: only(means('speed')),
    wind_direction_deg: only(means('direction')),
    wind_speed_std_m_s: only(all.filter((one) => one.quantity === 'speed' && one.statistic === 'std')),
    temp_air_c: only(means('temperature')),
    pressure_pa: only(means('pressure')),
  };
  if (!places.wind_speed_m_s && means('speed').length === 0) {
    places.wind_east_m_s = only(means('east'));
    places.wind_north_m_s = only(means('north'));
  }
  const isReadable = ([column, place]: [string, Column | undefined]) =>
    place !== undefined &&
    (place.unit === null ||
      plainUnit(place.unit) in UNITS[QUANTITY[column as WindColumn]] ||
      column.startsWith('wind'));
  return Object.fromEntries(Object.entries(places).filter(isReadable));
}

function conversionOf(column: WindColumn, { name, unit }: Column, stated: string | undefined) {
  const units = UNITS[QUANTITY[column]];
  if (stated !== undefined) {
    const conversion = units[plainUnit(stated)];
    if (!conversion)
      throw windError(
        `column_units.${column} is '${stated}'; expected one of ${Object.keys(units).join(', ')}`,
        '/query/column_units',
      );
    return conversion;
  }
  if (unit === null) return [1, 0] as const;
  const conversion = units[plainUnit(unit)];
  if (!conversion)
    throw windError(
      `column '${name}' has the unit '${unit.slice(0, 40)}', which is not known for ${column}; expected column_units={"${column}": ...} with one of ${Object.keys(units).join(', ')}`,
      '/query/column_units',
    );
  return conversion;
}

const listOf = (names: readonly string[]) => {
  const shown = names.slice(0, 60).map((name) => name.slice(0, 60));
  return `${shown.join(', ')}${names.length > shown.length ? `, and ${names.length - shown.length} more` : ''}`;
};

/** Returns the name of a sensor with another height in its place. */
const sameBoom = ({ name, heightM }: Column, otherM: number | null): string =>
  name.replace(String(heightM), String(otherM));

/** Returns the error of a file whose columns are not certain, with the most likely ones as a proposal. */
function notRecognised(all: readonly Column[], table: WindTable, missing: WindColumn): AppError {
  const speeds = all.filter((one) => one.quantity === 'speed' && one.statistic === 'mean');
  const byHeight = speeds.toSorted((a, b) => heightOrGround(b) - heightOrGround(a));
  const [top] = byHeight;
  const near = (a: Column) => Math.abs(heightOrGround(a) - (top ? heightOrGround(top) : 0));
  const nearest = (list: readonly Column[]) => list.toSorted((a, b) => near(a) - near(b))[0] as Column | undefined;
  const direction = nearest(all.filter((one) => one.quantity === 'direction' && one.statistic === 'mean'));
  const lows = byHeight.filter(({ heightM }) => heightM !== null && top?.heightM && heightM < 0.9 * top.heightM);
  const lowest = lows.at(-1);
  // A height may have two sensors: that on the same boom counts.
  const low =
    lows.find(({ name, heightM }) => heightM === lowest?.heightM && name === sameBoom(top, heightM)) ?? lowest;
  const spreads = all.filter((one) => one.quantity === 'speed' && one.statistic === 'std');
  const std = spreads.find(({ name }) => top && name.startsWith(top.name)) ?? nearest(spreads);
  const first = (quantity: Quantity) => all.find((one) => one.quantity === quantity && one.statistic === 'mean');
  const proposal: Places = {
    wind_speed_m_s: top,
    wind_direction_deg: direction,
    wind_speed_lower_m_s: low,
    wind_speed_std_m_s: std,
    temp_air_c: first('temperature'),
    pressure_pa: first('pressure'),
  };
  const columns = Object.fromEntries(
    Object.entries(proposal).flatMap(([column, place]) => (place ? [[column, place.name]] : [])),
  );
  const query = [
    `columns=${JSON.stringify(columns)}`,
    ...(top?.heightM ? [`height_m=${top.heightM}`] : []),
    ...(low ? [`lower_height_m=${low.heightM}`] : []),
  ].join('&');
  return new AppError(
    'wind.invalid_input',
    `line ${table.headerLine}: there is no column ${missing}; found are ${listOf(table.names)}`,
    {
      pointer: '/query/columns',
      fix: top && direction ? `Send the columns with the upload, such as ?${query} (URL-encoded)` : undefined,
    },
  );
}

/** Makes files of every weather format out of a real year, for tests and benchmarks. */
import type { WeatherYear } from '../../src/weather/series.ts';
import { calendarOf, writeEpw, writeSamCsv } from './write-weather.ts';

const two = (value: number): string => String(value).padStart(2, '0');
const fixed = (value: number, width: number): string => String(Math.round(value)).padStart(width, '0');
/** Numbers of a width with the sign in front, as TMY2 writes temperatures: -033. */
const signed = (value: number, width: number): string =>
  value < 0 ? `-${String(Math.round(-value)).padStart(width - 1, '0')}` : fixed(value, width);

/** TMY2, with the flags of a modelled station. Years become those of the 1900s. */
function tm2Text(year: WeatherYear): string {
  const degrees = (value: number, width: number): string => {
    const minutes = Math.round(Math.abs(value) * 60);
    return `${String(Math.floor(minutes / 60)).padStart(width)} ${String(minutes % 60).padStart(2)}`;
  };
  const lines = [
    ` 14944 ${'TEST_STATION'.padEnd(22)} SD ${String(year.utcOffsetH).padStart(3)} ${year.latitudeDeg < 0 ? 'S' : 'N'} ${degrees(year.latitudeDeg, 2)} ${year.longitudeDeg < 0 ? 'W' : 'E'} ${degrees(year.longitudeDeg, 3)} ${String(Math.round(year.elevationM)).padStart(5)}`,
  ];
  for (const { index: i, year: y, month, day, startMinute } of calendarOf(year))
    lines.push(
      ` ${two(y % 100)}${two(month)}${two(day)}${two(startMinute / 60 + 1)}00000000` +
        `${fixed(year.ghiWm2[i], 4)}E6${fixed(year.dniWm2[i], 4)}E6${fixed(year.dhiWm2[i], 4)}E6` +
        '0000?00000?00000?00000?010A710A7' +
        `${signed(year.tempAirC[i] * 10, 4)}A7${signed((year.dewPointC?.[i] ?? 999.9) * 10, 4)}A7060A7` +
        `${fixed((year.pressurePa?.[i] ?? 999_900) / 100, 4)}A7${fixed(year.windDirectionDeg?.[i] ?? 999, 3)}A7` +
        `${fixed(year.windSpeedMPerS[i] * 10, 3)}A70161A700945A70999099999004E7050F8000A700E7`,
    );
  return `${lines.join('\r\n')}\r\n`;
}

const stampOf = (y: number, month: number, day: number, minute: number): string =>
  `${y}${two(month)}${two(day)}:${two(Math.floor(minute / 60))}${two(minute % 60)}`;

/** The answer of PVGIS 5.3 `tmy` with outputformat=json. */
function pvgisTmyJson(year: WeatherYear): string {
  const hourly = [...calendarOf(year)].map(({ index: i, year: y, month, day, startMinute }) => ({
    'time(UTC)': stampOf(y, month, day, startMinute),
    T2m: year.tempAirC[i],
    RH: 50,
    'G(h)': year.ghiWm2[i],
    'Gb(n)': year.dniWm2[i],
    'Gd(h)': year.dhiWm2[i],
    'IR(h)': 300,
    WS10m: year.windSpeedMPerS[i],
    WD10m: year.windDirectionDeg?.[i] ?? 0,
    SP: year.pressurePa?.[i] ?? 100_000,
  }));
  return JSON.stringify({
    inputs: {
      location: {
        latitude: year.latitudeDeg,
        longitude: year.longitudeDeg,
        elevation: year.elevationM,
        irradiance_time_offset: 0.1761,
      },
      meteo_data: { radiation_db: 'PVGIS-SARAH3', meteo_db: 'ERA5', year_min: 2005, year_max: 2023, use_horizon: true },
    },
    outputs: {
      months_selected: year.source.yearOfMonth.map((y, m) => ({ month: m + 1, year: y })),
      tmy_hourly: hourly,
    },
    meta: { inputs: {}, outputs: {} },
  });
}

/** Sun height [deg] that gives back the direct normal irradiance of record `i` from its horizontal beam. */
function seriesRecord(year: WeatherYear, i: number, time: string) {
  const beam = Math.max(0, year.ghiWm2[i] - year.dhiWm2[i]);
  const dni = year.dniWm2[i];
  const sine = dni > 0 && beam > 0 ? Math.min(1, beam / dni) : 0;
  return {
    time,
    'Gb(i)': sine > 0 ? beam : 0,
    'Gd(i)': year.dhiWm2[i],
    'Gr(i)': 0,
    H_sun: (Math.asin(sine) * 180) / Math.PI,
    T2m: year.tempAirC[i],
    WS10m: year.windSpeedMPerS[i],
    Int: 0,
  };
}

/** The answer of PVGIS 5.3 `seriescalc` on a horizontal plane with components=1, outputformat=json. */
export function pvgisSeriesJson(years: readonly (readonly [number, WeatherYear])[]): string {
  const [[, first]] = years;
  return JSON.stringify({
    inputs: {
      location: { latitude: first.latitudeDeg, longitude: first.longitudeDeg, elevation: first.elevationM },
      meteo_data: { radiation_db: 'PVGIS-SARAH3', meteo_db: 'ERA5', year_min: 2019, year_max: 2020, use_horizon: true },
      mounting_system: {
        fixed: { slope: { value: 0, optimal: false }, azimuth: { value: 0, optimal: false }, type: 'free-standing' },
      },
      pv_module: { technology: null, peak_power: null, system_loss: null },
    },
    outputs: {
      hourly: years.flatMap(([y, year]) =>
        [...calendarOf(year)].map(({ index, month, day, startMinute }) =>
          seriesRecord(year, index, stampOf(y, month, day, startMinute + 10)),
        ),
      ),
    },
    meta: { inputs: {}, outputs: {} },
  });
}

/** The file of PVGIS 5.3 `seriescalc`, outputformat=csv. */
export function pvgisSeriesCsv(y: number, year: WeatherYear, slope = '0 deg.'): string {
  const lines = [
    `Latitude (decimal degrees):\t${year.latitudeDeg.toFixed(3)}`,
    `Longitude (decimal degrees):\t${year.longitudeDeg.toFixed(3)}`,
    `Elevation (m):\t${year.elevationM}`,
    'Radiation database:\tPVGIS-SARAH3',
    '',
    '',
    `Slope: ${slope}`,
    'Azimuth: 0 deg.',
    'time,Gb(i),Gd(i),Gr(i),H_sun,T2m,WS10m,Int',
  ];
  for (const { index, month, day, startMinute } of calendarOf(year)) {
    const record = seriesRecord(year, index, stampOf(y, month, day, startMinute + 10));
    lines.push(Object.values(record).join(','));
  }
  return `${lines.join('\r\n')}\r\n\r\nGb(i): Beam (direct) irradiance\r\n\r\nPVGIS (c) European Union, 2001-2025\r\n`;
}

/** The answer of NASA POWER's hourly point API for calendar year `y`. */
export function nasaPowerJson(y: number, year: WeatherYear): string {
  const table: Record<string, Record<string, number>> = {
    ALLSKY_SFC_SW_DWN: {},
    ALLSKY_SFC_SW_DNI: {},
    ALLSKY_SFC_SW_DIFF: {},
    T2M: {},
    T2MDEW: {},
    WS10M: {},
    WD10M: {},
    PS: {},
    ALLSKY_SRF_ALB: {},
  };
  for (const { index: i, month, day, startMinute } of calendarOf(year)) {
    const stamp = `${y}${two(month)}${two(day)}${two(startMinute / 60)}`;
    table.ALLSKY_SFC_SW_DWN[stamp] = year.ghiWm2[i];
    table.ALLSKY_SFC_SW_DNI[stamp] = year.dniWm2[i];
    table.ALLSKY_SFC_SW_DIFF[stamp] = year.dhiWm2[i];
    table.T2M[stamp] = year.tempAirC[i];
    table.T2MDEW[stamp] = year.dewPointC?.[i] ?? -999;
    table.WS10M[stamp] = year.windSpeedMPerS[i];
    table.WD10M[stamp] = year.windDirectionDeg?.[i] ?? -999;
    table.PS[stamp] = (year.pressurePa?.[i] ?? 100_000) / 1000;
    table.ALLSKY_SRF_ALB[stamp] = year.ghiWm2[i] > 0 ? 0.2 : -999;
  }
  return JSON.stringify({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [year.longitudeDeg, year.latitudeDeg, year.elevationM] },
    properties: { parameter: table },
    header: {
      title: 'NASA/POWER Source Native Resolution Hourly Data',
      api: { version: 'v2.8.0', name: 'POWER Hourly API' },
      sources: ['SYN1DEG', 'MERRA2'],
      fill_value: -999.0,
      time_standard: 'UTC',
      start: `${y}0101`,
      end: `${y}1231`,
    },
    messages: [],
    parameters: {
      ALLSKY_SFC_SW_DWN: { units: 'Wh/m^2', longname: 'All Sky Surface Shortwave Downward Irradiance' },
      ALLSKY_SFC_SW_DNI: { units: 'Wh/m^2', longname: 'All Sky Surface Shortwave Downward Direct Normal Irradiance' },
      ALLSKY_SFC_SW_DIFF: { units: 'Wh/m^2', longname: 'All Sky Surface Shortwave Diffuse Irradiance' },
      T2M: { units: 'C', longname: 'Temperature at 2 Meters' },
      T2MDEW: { units: 'C', longname: 'Dew/Frost Point at 2 Meters' },
      WS10M: { units: 'm/s', longname: 'Wind Speed at 10 Meters' },
      WD10M: { units: 'Degrees', longname: 'Wind Direction at 10 Meters' },
      PS: { units: 'kPa', longname: 'Surface Pressure' },
      ALLSKY_SRF_ALB: { units: 'dimensionless', longname: 'All Sky Surface Albedo' },
    },
    times: { data: 0.5, process: 0.1 },
  });
}

/** The answer of Open-Meteo's archive API for calendar year `y` and the first day of the next, as the provider asks it. */
export function openMeteoJson(y: number, year: WeatherYear): string {
  const time: string[] = [`${y}-01-01T00:00`];
  const at: number[] = [year.timeMs.length - 1];
  for (const { index, month, day, startMinute } of calendarOf(year)) {
    const hour = startMinute / 60 + 1;
    const end = hour < 24 ? undefined : new Date(Date.UTC(y, month - 1, day + 1));
    time.push(
      end === undefined ? `${y}-${two(month)}-${two(day)}T${two(hour)}:00` : `${end.toISOString().slice(0, 10)}T00:00`,
    );
    at.push(index);
  }
  for (let hour = 1; hour < 24; hour++) {
    time.push(`${y + 1}-01-01T${two(hour)}:00`);
    at.push(hour - 1);
  }
  const pick = (values: Float64Array, factor = 1): number[] => at.map((index) => values[index] * factor);
  return JSON.stringify({
    latitude: year.latitudeDeg,
    longitude: year.longitudeDeg,
    generationtime_ms: 12.3,
    utc_offset_seconds: 0,
    timezone: 'GMT',
    timezone_abbreviation: 'GMT',
    elevation: year.elevationM,
    hourly_units: {
      time: 'iso8601',
      shortwave_radiation: 'W/m²',
      direct_normal_irradiance: 'W/m²',
      diffuse_radiation: 'W/m²',
      temperature_2m: '°C',
      wind_speed_10m: 'm/s',
      surface_pressure: 'hPa',
    },
    hourly: {
      time,
      shortwave_radiation: pick(year.ghiWm2),
      direct_normal_irradiance: pick(year.dniWm2),
      diffuse_radiation: pick(year.dhiWm2),
      temperature_2m: pick(year.tempAirC),
      wind_speed_10m: pick(year.windSpeedMPerS),
      surface_pressure: pick(year.pressurePa ?? year.tempAirC.map(() => 100_000), 0.01),
    },
  });
}

/** A file of each format that is made from another year, by format name. */
export const textOf = {
  'sam-csv': writeSamCsv,
  epw: writeEpw,
  tm2: tm2Text,
  'pvgis-json': pvgisTmyJson,
  'nasa-power-json': (year: WeatherYear) => nasaPowerJson(2019, year),
  'open-meteo-json': (year: WeatherYear) => openMeteoJson(2019, year),
} as const;

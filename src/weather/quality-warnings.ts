/** The doubts that follow from the figures of a year's quality. Each page in docs/warnings has the limit and its source. */
import type { Warning } from '../contracts/common/warnings.ts';
import { type WeatherWarningCode, warnWeather } from '../contracts/weather/warnings.ts';
import type { ColumnFault, WeatherQuality } from './quality.ts';
import type { WeatherYear } from './series.ts';

type Warnings = Warning<WeatherWarningCode>[];

/** A clock that is off by less is not seen against the scatter of good files [h]. */
const MIN_SHIFT_H = 0.2;
const MIN_NOON_SHIFT_H = 0.3;
const MAX_NOON_SPREAD_H = 0.7;
/** A change explains a residual where it leaves at most this share of it. */
const EXPLAINED = 0.6;
/** Residual of the closure that an explained year may have [1]; good files have up to 0.04. */
const CLOSED = 0.25;
/** Beyond this the three irradiances do not belong together [1], [%]. */
const MAX_RESIDUAL = 0.15;
const MAX_CLOSURE_PCT = 5;
/** A shift below this is one of labels, not of time zones [h]. */
const MAX_LABEL_SHIFT_H = 0.75;
/** How far a shift may be from that of its cause [h]. */
const SAME_SHIFT_H = 0.15;
/** Legal times are at most this far from the sun's [h]: western China has 3.1. */
const MAX_LEGAL_H = 3.2;

/** Hours of daylight without light that need a word [h]; years of PVGIS have up to 45 */
const MAX_DARK_H = 100;
/** A sensor may show the same value for so many days. */
const MAX_STUCK_DAYS = 5;

/** Returns the date of a record in the file's clock. */
const dayOf = ({ timeMs, utcOffsetH }: WeatherYear, record: number): string =>
  new Date(timeMs[record] + utcOffsetH * 3_600_000).toISOString().slice(0, 10);

const wrapHours = (hours: number): number => hours - 24 * Math.round(hours / 24);
const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Returns the hours to add to the clock; undefined where the clock fits the sun. */
function shiftOf({ residual, shiftH, shiftedResidual, noon }: WeatherQuality['clock']): number | undefined {
  if (
    residual !== null &&
    shiftH !== null &&
    shiftedResidual !== null &&
    Math.abs(shiftH) >= MIN_SHIFT_H &&
    shiftedResidual <= Math.min(EXPLAINED * residual, CLOSED)
  )
    return shiftH;
  if (noon && Math.abs(noon.shiftH) >= MIN_NOON_SHIFT_H && noon.upperH - noon.lowerH <= MAX_NOON_SPREAD_H)
    return noon.shiftH;
  return undefined;
}

/** Names the likely cause of a shifted clock. */
function shiftWarning(year: WeatherYear, shift: number): Warning<WeatherWarningCode> {
  const { longitudeDeg, utcOffsetH, stepMinutes } = year;
  const shift_h = rounded(shift);
  if (Math.abs(shift) < MAX_LABEL_SHIFT_H)
    return warnWeather('weather.labels_shifted', { shift_minutes: Math.round(shift * 60), step_minutes: stepMinutes });
  const legal = wrapHours(Math.round(2 * (utcOffsetH - shift)) / 2);
  const zoneResidual =
    Math.abs(wrapHours(legal - longitudeDeg / 15)) <= MAX_LEGAL_H
      ? Math.abs(wrapHours(utcOffsetH - shift - legal))
      : Number.POSITIVE_INFINITY;
  const signResidual = Math.abs(wrapHours(shift + (2 * longitudeDeg) / 15));
  if (signResidual <= SAME_SHIFT_H && signResidual <= zoneResidual)
    return warnWeather(
      'weather.longitude_sign',
      { longitude_deg: longitudeDeg, likely_longitude_deg: -longitudeDeg, shift_h },
      '/longitude_deg',
    );
  if (zoneResidual > SAME_SHIFT_H) return warnWeather('weather.clock_shifted', { shift_h });
  const values = { shift_h, utc_offset_h: utcOffsetH, likely_utc_offset_h: legal };
  return Math.abs(shift) < 1.25
    ? warnWeather('weather.clock_one_hour_off', values, '/utc_offset_h')
    : warnWeather('weather.time_zone', values, '/utc_offset_h');
}

const COLUMNS: Readonly<Record<Exclude<ColumnFault, 'dniIsHorizontal'>, readonly [string, string]>> = {
  dniDhi: ['dni_w_m2', 'dhi_w_m2'],
  ghiDni: ['ghi_w_m2', 'dni_w_m2'],
  ghiDhi: ['ghi_w_m2', 'dhi_w_m2'],
};

/** Returns the exchange of columns that makes the irradiances close; undefined where none does. */
function columnWarning({ clock, exchanged }: WeatherQuality): Warning<WeatherWarningCode> | undefined {
  if (clock.residual === null || clock.residual < MAX_RESIDUAL) return undefined;
  const limit = Math.min(EXPLAINED * clock.residual, 0.1);
  if ((exchanged.dniIsHorizontal ?? 1) <= limit)
    return warnWeather('weather.direct_on_horizontal', { residual: rounded(clock.residual) });
  for (const [fault, [first, second]] of Object.entries(COLUMNS)) {
    const residual = exchanged[fault as keyof typeof COLUMNS];
    if (residual !== null && residual <= limit) return warnWeather('weather.columns_exchanged', { first, second });
  }
  return undefined;
}

/** Returns what is wrong with the place or the clock, at most one cause. */
function placeWarning(year: WeatherYear, quality: WeatherQuality): Warning<WeatherWarningCode> | undefined {
  const { clock, nightPct, mirroredNightPct } = quality;
  const { latitudeDeg, longitudeDeg } = year;
  const shift = shiftOf(clock);
  const explained = (residual: number | null): boolean =>
    residual !== null &&
    clock.residual !== null &&
    residual <= Math.min(EXPLAINED * clock.residual, CLOSED) &&
    residual < EXPLAINED * (clock.shiftedResidual ?? 1);
  const place = { latitude_deg: latitudeDeg, longitude_deg: longitudeDeg };
  if (explained(clock.exchangedResidual)) return warnWeather('weather.coordinates_exchanged', place, '/latitude_deg');
  const daysOfOtherHalf = nightPct > MAX_NIGHT_PCT && mirroredNightPct < nightPct / 4 && shift === undefined;
  if (explained(clock.mirroredResidual) || daysOfOtherHalf)
    return warnWeather(
      'weather.latitude_sign',
      { latitude_deg: latitudeDeg, likely_latitude_deg: -latitudeDeg },
      '/latitude_deg',
    );
  return shift === undefined ? undefined : shiftWarning(year, shift);
}

/** Share of an irradiation that may come while the sun is below the horizon [%]; public files have 0.00. */
const MAX_NIGHT_PCT = 0.3;

/** Returns doubts about the three irradiances that neither the clock nor the place explains. */
function irradianceWarnings(year: WeatherYear, quality: WeatherQuality): Warnings {
  const { clock, closurePct, impossiblePct, clearSkyIndex, daylightZero } = quality;
  const warnings: Warnings = [];
  if (closurePct !== null && (Math.abs(closurePct) > MAX_CLOSURE_PCT || (clock.residual ?? 0) > MAX_RESIDUAL))
    warnings.push(
      warnWeather('weather.closure', { closure_pct: rounded(closurePct, 1), residual: rounded(clock.residual ?? 0) }),
    );
  const atNight = [
    ['ghi_w_m2', quality.nightPct],
    ['dni_w_m2', quality.nightDirectPct],
    ['dhi_w_m2', quality.nightDiffusePct],
  ] as const;
  const [column, night] = atNight.reduce((worst, one) => (one[1] > worst[1] ? one : worst));
  if (night > MAX_NIGHT_PCT)
    warnings.push(warnWeather('weather.night_irradiance', { column, night_pct: rounded(night) }));
  if (impossiblePct > 0.5)
    warnings.push(warnWeather('weather.irradiance_impossible', { impossible_pct: rounded(impossiblePct) }));
  if (clearSkyIndex && (clearSkyIndex.upper > 1.3 || clearSkyIndex.upper < 0.65))
    warnings.push(warnWeather('weather.irradiance_level', { clear_sky_index: rounded(clearSkyIndex.upper) }));
  else if (clearSkyIndex && (clearSkyIndex.upper > 1.2 || clearSkyIndex.upper < 0.85))
    warnings.push(warnWeather('weather.irradiance_level_unusual', { clear_sky_index: rounded(clearSkyIndex.upper) }));
  if (daylightZero && daylightZero.hours > MAX_DARK_H)
    warnings.push(
      warnWeather('weather.daylight_zero', {
        hours: Math.round(daylightZero.hours),
        first_day: dayOf(year, daylightZero.first),
      }),
    );
  return warnings;
}

/** Elevation at which the standard atmosphere has a pressure [m]; ISO 2533. */
const elevationOf = (pressurePa: number): number => (1 - (pressurePa / 101_325) ** (1 / 5.2559)) / 2.25577e-5;

/** Returns the doubts about values that repeat for days. */
function stuckWarnings(year: WeatherYear): Warnings {
  const perDay = 1440 / year.stepMinutes;
  return (
    [
      ['temp_air_c', year.tempAirC],
      ['wind_speed_m_s', year.windSpeedMPerS],
    ] as const
  ).flatMap(([column, values]) => {
    let [start, length, from] = [0, 0, 0];
    for (let i = 1; i <= values.length; i++) {
      if (i < values.length && values[i] === values[from]) continue;
      if (i - from > length && (column === 'temp_air_c' || values[from] !== 0)) [start, length] = [from, i - from];
      from = i;
    }
    // A year of one value has a warning of its own.
    if (length < MAX_STUCK_DAYS * perDay || length === values.length) return [];
    const days = rounded(length / perDay, 1);
    return [warnWeather('weather.values_stuck', { column, value: values[start], days, first_day: dayOf(year, start) })];
  });
}

/** Returns the span of the middle 90 % of values. */
function middleSpan(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.round(0.95 * (sorted.length - 1))] - sorted[Math.round(0.05 * (sorted.length - 1))];
}

/** Returns doubts about temperature, wind and pressure, which show wrong units. */
function airWarnings(year: WeatherYear, { mean, warmerUnderSunK }: WeatherQuality): Warnings {
  const { elevationM, latitudeDeg } = year;
  const warnings = stuckWarnings(year);
  const range_k = middleSpan(year.tempAirC);
  // A year of one value has a warning of its own.
  if (range_k > 0 && range_k < (Math.abs(latitudeDeg) > 25 ? 6 : 4))
    warnings.push(warnWeather('weather.temperature_range', { range_k: rounded(range_k, 1) }));
  // Small islands have 0.2 K, deserts 5 K.
  if (warmerUnderSunK < -0.3)
    warnings.push(warnWeather('weather.temperature_course', { colder_k: rounded(-warmerUnderSunK, 1) }));
  const hottest = Math.abs(latitudeDeg) > 40 ? 24 : 33;
  if (mean.tempAirC > hottest)
    warnings.push(warnWeather('weather.temperature_level', { temp_air_mean_c: rounded(mean.tempAirC, 1) }));
  if (mean.windSpeedMPerS > 10)
    warnings.push(warnWeather('weather.wind_level', { wind_speed_mean_m_s: rounded(mean.windSpeedMPerS, 1) }));
  if (mean.pressurePa !== null) {
    const likely = elevationOf(mean.pressurePa);
    if (Math.abs(likely - elevationM) > 400)
      warnings.push(
        warnWeather(
          'weather.elevation_pressure',
          {
            elevation_m: Math.round(elevationM),
            pressure_hpa: Math.round(mean.pressurePa / 100),
            likely_elevation_m: Math.round(likely),
          },
          '/elevation_m',
        ),
      );
  }
  return warnings;
}

/** Returns the doubts about a year that its figures show. */
export function qualityWarnings(year: WeatherYear, quality: WeatherQuality): Warnings {
  const { max } = quality;
  const air = airWarnings(year, quality);
  if (max.ghiWm2 <= 0) return [warnWeather('weather.column_all_zero', { column: 'ghi_w_m2' }), ...air];
  const zero: Warnings = [...(max.dniWm2 <= 0 ? ['dni_w_m2'] : []), ...(max.dhiWm2 <= 0 ? ['dhi_w_m2'] : [])].map(
    (column) => warnWeather('weather.column_all_zero', { column }),
  );
  const cause = columnWarning(quality) ?? placeWarning(year, quality);
  if (cause) return [...zero, cause, ...air];
  return [...zero, ...(zero.length > 0 ? [] : irradianceWarnings(year, quality)), ...air];
}

/**
 * The part of a simulation that depends on the site only: the sun, the brightness of the sky by Perez, and the air
 * mass. It is computed once and shared by every system at the site.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WeatherYear } from '../../weather/series.ts';
import { extraRadiationSpencer, perezBrightness, pressureAtAltitude, relativeAirmass } from '../../sun/irradiance.ts';
import { DECOMPOSITION_MODELS, decompose } from '../../sun/decomposition.ts';
import type { SkySteps } from '../irradiance/transposition.ts';
import { setPerezSky } from '../irradiance/transposition.ts';
import type { SunPositions } from '../../sun/spa.ts';
import { sunEvents, sunPositions } from '../../sun/spa.ts';

const DAY_MS = 86_400_000;
const RAD = Math.PI / 180;

/** The steps with irradiance, in order, packed: arrays of their number. */
export interface SunlitSteps extends SkySteps {
  readonly count: number;
  /** Index of each step in the year. */
  readonly index: Uint32Array;
  /** 1 to 12 */
  readonly month: Uint8Array;
  readonly tempAirC: Float64Array;
  readonly windSpeedMPerS: Float64Array;
  /** Relative air mass [1]; NaN with the sun down. */
  readonly airmass: Float64Array;
}

/** A site's year with the sun and Perez's sky known, arrays of length n. */
export interface PreparedSite {
  readonly weather: WeatherYear;
  readonly sun: SunPositions;
  readonly sunlit: SunlitSteps;
}

export interface PrepareOptions {
  /**
   * Sun position in a step with sunrise or sunset. `mid_step`: in the middle of the step, as in pvlib's chains.
   * `mid_sunlit`: in the middle of the step's sunlit part, and steps without sun have no irradiance, as SAM does for hourly
   * means.
   */
  readonly edgeSteps: 'mid_step' | 'mid_sunlit';
  /**
   * Where direct and diffuse irradiance come from: the `weather`, or its global irradiance by a model. DIRINT uses the
   * weather's dew point where it has one, and takes typical years, too, as one series.
   */
  readonly decomposition: Decomposition;
}

export const DECOMPOSITIONS = ['weather', ...DECOMPOSITION_MODELS] as const;
export type Decomposition = (typeof DECOMPOSITIONS)[number];

/**
 * Returns the instants for the sun with those of rising and setting steps moved into the sunlit part; NaN where the sun
 * stays down.
 */
function sunlitInstants(weather: WeatherYear): Float64Array {
  const half = weather.stepMinutes * 30_000;
  const observer = { latitudeDeg: weather.latitudeDeg, longitudeDeg: weather.longitudeDeg };
  const events = new Map<number, { rise: number; set: number }>();
  const eventsOf = (day: number) => {
    let dayEvents = events.get(day);
    if (!dayEvents) {
      const { sunriseMs, sunsetMs, transitMs } = sunEvents(day * DAY_MS, observer);
      // Polar day and night have no events: the sun's height at noon decides which it is.
      const { zenithDeg } = sunPositions([transitMs], observer);
      const always = zenithDeg[0] < 90.8333;
      dayEvents = {
        rise: sunriseMs ?? (always ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY),
        set: sunsetMs ?? (always ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
      };
      events.set(day, dayEvents);
    }
    return dayEvents;
  };
  return weather.timeMs.map((middle) => {
    // The transit nearest to the step belongs to the UTC date on which local noon falls.
    const local = middle + (weather.longitudeDeg / 360) * DAY_MS;
    const noon = Math.floor(local / DAY_MS) * DAY_MS + DAY_MS / 2 - (weather.longitudeDeg / 360) * DAY_MS;
    const { rise, set } = eventsOf(Math.floor(noon / DAY_MS));
    const from = Math.max(middle - half, rise);
    const to = Math.min(middle + half, set);
    if (!(from < to)) return Number.NaN;
    return from > middle - half || to < middle + half ? (from + to) / 2 : middle;
  });
}

/**
 * Computes sun position, extraterrestrial irradiance, air mass and Perez's coefficients of a year of weather.
 * @throws AppError `solar.invalid_input` for a place that does not exist
 */
export function prepareSite(given: WeatherYear, { edgeSteps, decomposition }: PrepareOptions): PreparedSite {
  let weather = given;
  const n = weather.timeMs.length;
  if (edgeSteps !== 'mid_step' && edgeSteps !== 'mid_sunlit')
    throw new AppError('solar.invalid_input', `edge_steps is ${edgeSteps}; expected mid_step or mid_sunlit`);
  if (!DECOMPOSITIONS.includes(decomposition))
    throw new AppError(
      'solar.invalid_input',
      `decomposition is ${decomposition}; expected ${DECOMPOSITIONS.join(', ')}`,
    );
  const instants = edgeSteps === 'mid_sunlit' ? sunlitInstants(weather) : undefined;
  const timeMs = instants ? instants.map((time, i) => (Number.isNaN(time) ? weather.timeMs[i] : time)) : weather.timeMs;
  const sun = sunPositions(timeMs, {
    latitudeDeg: weather.latitudeDeg,
    longitudeDeg: weather.longitudeDeg,
    elevationM: weather.elevationM,
    pressurePa: pressureAtAltitude(weather.elevationM),
    tempAirC: weather.tempAirC,
  });
  if (decomposition !== 'weather') {
    const { ghiWm2, elevationM, dewPointC } = weather;
    const series = { ghiWm2, elevationM, dewPointC, zenithDeg: sun.zenithDeg, timeMs };
    weather = { ...weather, ...decompose(series, decomposition) };
  }
  const { ghiWm2, dniWm2, dhiWm2 } = weather;
  const index = new Uint32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (ghiWm2[i] === 0 && dniWm2[i] === 0 && dhiWm2[i] === 0) continue;
    if (instants && Number.isNaN(instants[i])) continue;
    index[count++] = i;
  }

  const series = () => new Float64Array(count);
  const sunlit = {
    count,
    index: index.slice(0, count),
    month: new Uint8Array(count),
    east: series(),
    north: series(),
    up: series(),
    ghiWm2: series(),
    dniWm2: series(),
    dhiWm2: series(),
    tempAirC: series(),
    windSpeedMPerS: series(),
    extraWm2: series(),
    airmass: series(),
    isotropicWm2: series(),
    circumsolarWm2: series(),
    horizonWm2: series(),
  };
  // Events of the UTC day; each day is looked up once.
  let day = Number.NaN;
  let extra = 0;
  for (let k = 0; k < count; k++) {
    const i = index[k];
    const zenith = sun.apparentZenithDeg[i];
    const ofInstant = Math.floor(timeMs[i] / DAY_MS);
    if (ofInstant !== day) {
      day = ofInstant;
      const yearStart = Date.UTC(new Date(day * DAY_MS).getUTCFullYear(), 0, 1) / DAY_MS;
      extra = extraRadiationSpencer(day - yearStart + 1);
    }
    const cosZenith = Math.cos(zenith * RAD);
    const sinZenith = Math.sin(zenith * RAD);
    const azimuth = sun.azimuthDeg[i] * RAD;
    sunlit.month[k] = weather.month[i];
    sunlit.east[k] = sinZenith * Math.sin(azimuth);
    sunlit.north[k] = sinZenith * Math.cos(azimuth);
    sunlit.up[k] = cosZenith;
    sunlit.ghiWm2[k] = ghiWm2[i];
    sunlit.dniWm2[k] = dniWm2[i];
    sunlit.dhiWm2[k] = dhiWm2[i];
    sunlit.tempAirC[k] = weather.tempAirC[i];
    sunlit.windSpeedMPerS[k] = weather.windSpeedMPerS[i];
    sunlit.extraWm2[k] = extra;
    const airmass = relativeAirmass(zenith);
    sunlit.airmass[k] = airmass;
    if (zenith > 90) continue;
    const [f1, f2] = perezBrightness(zenith, dhiWm2[i], dniWm2[i], extra, airmass);
    setPerezSky(sunlit, k, cosZenith, f1, f2);
  }
  return { weather, sun, sunlit };
}

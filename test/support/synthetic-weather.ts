/** Makes plausible years of weather for any place from a seed: clear and cloudy spells over a clear sky. */
import { Random } from '../../src/statistics/random.ts';
import { clearSky } from '../../src/sun/clear-sky.ts';
import { decomposeErbs, pressureAtAltitude } from '../../src/sun/irradiance.ts';
import type { WeatherYear } from '../../src/weather/series.ts';

export interface SyntheticPlace {
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationM: number;
  /** Mean share of cloudy days [1] */
  readonly cloudiness: number;
}

const YEAR = 2021;
const HOURS = 8760;
const HOUR_MS = 3_600_000;

/**
 * Returns a year of hourly means at a place in its standard time. Days are clear, broken or overcast, and follow each other in
 * spells; clouds change from hour to hour. Direct and diffuse irradiance follow from Erbs' model.
 */
export function syntheticYear(place: SyntheticPlace, seed: number): WeatherYear {
  const { latitudeDeg, longitudeDeg, elevationM, cloudiness } = place;
  const random = Random.fromSeed(seed);
  const utcOffsetH = Math.round(longitudeDeg / 15);
  const timeMs = Float64Array.from(
    { length: HOURS },
    (_, hour) => Date.UTC(YEAR, 0, 1) + (hour + 0.5 - utcOffsetH) * HOUR_MS,
  );
  const { ghiWm2: clear, apparentZenithDeg } = clearSky(timeMs, { latitudeDeg, longitudeDeg, elevationM }, 'ineichen');
  const column = () => new Float64Array(HOURS);
  const [ghiWm2, dniWm2, dhiWm2, tempAirC, windSpeedMPerS] = [column(), column(), column(), column(), column()];
  const month = new Uint8Array(HOURS);
  const meanC = 27 - 0.35 * Math.max(0, Math.abs(latitudeDeg) - 10) - 0.0055 * elevationM;
  const seasonC = 0.3 * Math.abs(latitudeDeg);
  let cover = 0;
  let cloud = 0;
  for (let hour = 0; hour < HOURS; hour++) {
    const day = Math.floor(hour / 24);
    if (hour % 24 === 0 && random.uniform() < 0.5)
      cover = random.uniform() < cloudiness ? 0.3 + 0.6 * random.uniform() : 0.06 * random.uniform();
    cloud = 0.6 * cloud + 0.4 * (random.uniform() - 0.5) * 2;
    const index = 1 - Math.min(0.95, Math.max(0, cover * (1 + 0.8 * cloud)));
    const global = clear[hour] * index;
    const { dniWm2: direct } = decomposeErbs(global, apparentZenithDeg[hour], day + 1);
    const cosine = Math.max(Math.cos((apparentZenithDeg[hour] * Math.PI) / 180), 0);
    ghiWm2[hour] = global;
    dniWm2[hour] = cosine > 0.05 ? Math.min(direct, global / cosine) : 0;
    dhiWm2[hour] = Math.max(0, global - dniWm2[hour] * cosine);
    const season = Math.cos((2 * Math.PI * (day - 200)) / 365) * (latitudeDeg >= 0 ? 1 : -1);
    tempAirC[hour] = meanC + seasonC * season + 5 * Math.cos((2 * Math.PI * ((hour % 24) - 15)) / 24);
    windSpeedMPerS[hour] = 1 + 5 * random.uniform() * random.uniform() + 1.5;
    month[hour] = new Date(Date.UTC(YEAR, 0, 1) + hour * HOUR_MS).getUTCMonth() + 1;
  }
  return {
    latitudeDeg,
    longitudeDeg,
    elevationM,
    utcOffsetH,
    stepMinutes: 60,
    timeMs,
    month,
    ghiWm2,
    dniWm2,
    dhiWm2,
    tempAirC,
    windSpeedMPerS,
    warnings: [],
    pressurePa: new Float64Array(HOURS).fill(pressureAtAltitude(elevationM)),
    source: {
      format: 'sam-csv',
      name: place.name,
      typicalYear: false,
      yearOfMonth: new Array<number>(12).fill(YEAR),
      notes: [],
    },
    gaps: {
      nMissingRecords: 0,
      nMissingValues: 0,
      nInterpolatedValues: 0,
      longestGapMinutes: 0,
      droppedColumns: [],
      nClippedNegatives: 0,
      nLeapDayRecordsDropped: 0,
    },
  };
}

const place = (
  name: string,
  latitudeDeg: number,
  longitudeDeg: number,
  elevationM: number,
  cloudiness: number,
): SyntheticPlace => ({ name, latitudeDeg, longitudeDeg, elevationM, cloudiness });

/** Forty places from 60 N to 50 S, with the equator and 4,000 m. */
export const PLACES: readonly SyntheticPlace[] = [
  place('Oslo', 59.9, 10.8, 20, 0.6),
  place('Helsinki', 60.2, 24.9, 20, 0.6),
  place('Edinburgh', 55.9, -3.2, 50, 0.7),
  place('Hamburg', 53.6, 10.0, 15, 0.65),
  place('Warsaw', 52.2, 21.0, 110, 0.6),
  place('Calgary', 51.1, -114.0, 1080, 0.4),
  place('Kyiv', 50.4, 30.5, 170, 0.55),
  place('Munich', 48.1, 11.6, 520, 0.55),
  place('Ulaanbaatar', 47.9, 106.9, 1300, 0.3),
  place('Lyon', 45.8, 4.8, 180, 0.45),
  place('Sapporo', 43.1, 141.3, 20, 0.6),
  place('Rome', 41.9, 12.5, 20, 0.35),
  place('Denver', 39.8, -104.9, 1610, 0.3),
  place('Madrid', 40.4, -3.7, 660, 0.3),
  place('Ankara', 39.9, 32.9, 890, 0.35),
  place('Seoul', 37.6, 127.0, 50, 0.45),
  place('Las Vegas', 36.2, -115.1, 640, 0.15),
  place('Lhasa', 29.7, 91.1, 3650, 0.3),
  place('Leh', 34.2, 77.6, 3500, 0.3),
  place('Cairo', 30.0, 31.2, 75, 0.15),
  place('Delhi', 28.6, 77.2, 215, 0.35),
  place('Miami', 25.8, -80.2, 2, 0.45),
  place('Dubai', 25.2, 55.3, 5, 0.15),
  place('Hanoi', 21.0, 105.8, 10, 0.65),
  place('Mexico City', 19.4, -99.1, 2240, 0.4),
  place('Dakar', 14.7, -17.4, 20, 0.3),
  place('Bangkok', 13.8, 100.5, 5, 0.45),
  place('Addis Ababa', 9.0, 38.7, 2350, 0.4),
  place('Singapore', 1.4, 103.9, 15, 0.6),
  place('Quito', 0.0, -78.5, 2850, 0.5),
  place('Nairobi', -1.3, 36.8, 1660, 0.45),
  place('Kinshasa', -4.3, 15.3, 280, 0.6),
  place('La Paz', -16.5, -68.1, 4000, 0.35),
  place('Suva', -18.1, 178.4, 5, 0.55),
  place('Alice Springs', -23.7, 133.9, 545, 0.15),
  place('Antofagasta', -23.6, -70.4, 120, 0.2),
  place('Johannesburg', -26.2, 28.0, 1700, 0.25),
  place('Perth', -31.9, 115.9, 20, 0.25),
  place('Christchurch', -43.5, 172.6, 35, 0.45),
  place('Puerto Santa Cruz', -50.0, -68.5, 15, 0.5),
];

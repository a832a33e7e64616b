/** The wind at a hub as people read it: Weibull distributions by sector, and the distribution over all directions. */
import type { SectorWeibull, WindRose } from './wind-rose.ts';
import { sectorOf } from './sectors.ts';
import type { Weibull } from './weibull.ts';
import { fitSectors, fitWeibullMle, fitWeibullWasp, weibullCdf, weibullPdf } from './weibull.ts';

interface SectorWind {
  readonly directionDeg: number;
  readonly frequency: number;
  readonly weibull: Weibull | null;
  /** Share of the sector's time below a speed [m/s] */
  readonly below: (speedMPerS: number) => number;
}

export interface HubWind {
  readonly sectors: readonly SectorWind[];
  /** The one distribution of all directions; null if it is made of the sectors', or if none fits */
  readonly all: Weibull | null;
  /** Share of records without wind, which distributions leave out, and the mean with them [m/s]; absent without such records */
  readonly calms?: { readonly share: number; readonly meanMPerS: number };
  /** Density of the distribution over all directions at a speed [s/m]; null if none fits */
  readonly density: ((speedMPerS: number) => number) | null;
  /** Wind speeds [m/s] and the density of their distribution [s/m], over all directions */
  readonly bins: readonly { readonly speed: number; readonly density: number }[];
}

/**
 * Returns the wind at a hub from Weibull distributions.
 * @param factor from the distributions' height to the hub's [-]
 */
export function hubWindOfWeibull({ frequency, weibull }: SectorWeibull, factor: number): HubWind {
  const sectors = weibull.map((one, k) => {
    const atHub = { scaleMPerS: one.scaleMPerS * factor, shape: one.shape };
    return {
      directionDeg: (360 * k) / weibull.length,
      frequency: frequency[k],
      weibull: atHub,
      below: (speedMPerS: number) => weibullCdf(atHub, speedMPerS),
    };
  });
  const share = frequency.reduce((sum, one) => sum + one, 0) || 1;
  return {
    sectors,
    all: null,
    density: (speedMPerS) =>
      sectors.reduce((sum, one) => sum + (one.frequency / share) * weibullPdf(one.weibull, speedMPerS), 0),
    bins: mixture(sectors),
  };
}

/**
 * Fits to records.
 * @param wsMPerS speeds at the hub [m/s], length n
 * @param wdDeg directions that the wind comes from [deg], length n
 */
export function hubWindOfSeries(wsMPerS: ArrayLike<number>, wdDeg: ArrayLike<number>, sectors: number): HubWind {
  const all = fitWeibullMle(wsMPerS);
  const speeds = Float64Array.from(wsMPerS);
  const nCalms = speeds.filter((speed) => speed === 0).length;
  return {
    ...(nCalms > 0 && {
      calms: {
        share: nCalms / speeds.length,
        meanMPerS: speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length,
      },
    }),
    sectors: fitSectors(wsMPerS, wdDeg, sectors).map(({ centreDeg, frequency, weibull, n }, sector) => ({
      directionDeg: centreDeg,
      frequency,
      weibull,
      below: (speedMPerS) => {
        let count = 0;
        for (let i = 0; i < wsMPerS.length; i++)
          if (wsMPerS[i] < speedMPerS && sectorOf(wdDeg[i], sectors) === sector) count++;
        return n > 0 ? count / n : 0;
      },
    })),
    all,
    density: densityOf(all),
    bins: histogram(wsMPerS),
  };
}

/**
 * Fits to a table of directions and speeds at the hub.
 * @param sectors at most; fewer where the table has fewer directions
 */
export function hubWindOfRose({ directionsDeg, speedsMPerS, probability }: WindRose, sectors: number): HubWind {
  const count = Math.min(sectors, directionsDeg.length);
  const sums = Array.from({ length: count }, () => new Float64Array(speedsMPerS.length));
  const total = new Float64Array(speedsMPerS.length);
  directionsDeg.forEach((direction, d) => {
    const sector = Math.floor((direction * count) / 360 + 0.5) % count;
    for (let s = 0; s < speedsMPerS.length; s++) {
      sums[sector][s] += probability[d * speedsMPerS.length + s];
      total[s] += probability[d * speedsMPerS.length + s];
    }
  });
  const step = speedsMPerS.length > 1 ? speedsMPerS[1] - speedsMPerS[0] : 1;
  const all = fitOfTable(speedsMPerS, total);
  return {
    sectors: sums.map((weights, k) => ({
      directionDeg: (360 * k) / count,
      frequency: weights.reduce((sum, value) => sum + value, 0),
      weibull: fitOfTable(speedsMPerS, weights),
      below: (speedMPerS) => {
        const sum = weights.reduce((total, value) => total + value, 0);
        return sum > 0
          ? weights.reduce((total, value, s) => total + (speedsMPerS[s] < speedMPerS ? value : 0), 0) / sum
          : 0;
      },
    })),
    all,
    density: densityOf(all),
    bins: Array.from(speedsMPerS, (speed, s) => ({ speed, density: total[s] / step })),
  };
}

const densityOf = (weibull: Weibull | null): HubWind['density'] =>
  weibull && ((speedMPerS) => weibullPdf(weibull, speedMPerS));

/** Fits a table of speeds as WAsP does, by the mean cube and the share above the mean; null if none fits. */
function fitOfTable(speedsMPerS: Float64Array, weights: Float64Array): Weibull | null {
  const sum = weights.reduce((total, value) => total + value, 0);
  if (!(sum > 0)) return null;
  const moment = (power: number): number =>
    speedsMPerS.reduce((total, speed, s) => total + weights[s] * speed ** power, 0) / sum;
  const meanMPerS = moment(1);
  // The bin of the mean is split where the mean lies in it.
  const step = speedsMPerS.length > 1 ? speedsMPerS[1] - speedsMPerS[0] : 1;
  const above =
    speedsMPerS.reduce(
      (total, speed, s) => total + weights[s] * Math.min(1, Math.max(0, (speed + step / 2 - meanMPerS) / step)),
      0,
    ) / sum;
  if (!(above > 0 && above < 1)) return null;
  return fitWeibullWasp({
    n: speedsMPerS.length,
    meanMPerS,
    stdMPerS: Math.sqrt(Math.max(0, moment(2) - meanMPerS ** 2)),
    meanCube: moment(3),
    fractionAboveMean: above,
  });
}

function histogram(wsMPerS: ArrayLike<number>): { speed: number; density: number }[] {
  const counts = new Float64Array(40);
  for (let i = 0; i < wsMPerS.length; i++) counts[Math.min(39, Math.floor(wsMPerS[i]))]++;
  const last = counts.findLastIndex((count) => count > 0);
  return Array.from(counts.subarray(0, last + 1), (count, k) => ({ speed: k + 0.5, density: count / wsMPerS.length }));
}

/** Returns the distribution over all sectors, in steps of 1 m/s. */
function mixture(sectors: readonly SectorWind[]): { speed: number; density: number }[] {
  const share = sectors.reduce((sum, { frequency }) => sum + frequency, 0);
  return Array.from({ length: 28 }, (_, k) => ({
    speed: k + 0.5,
    density: sectors.reduce(
      (sum, { frequency, weibull }) =>
        sum + (weibull ? (frequency / share) * (weibullCdf(weibull, k + 1) - weibullCdf(weibull, k)) : 0),
      0,
    ),
  }));
}

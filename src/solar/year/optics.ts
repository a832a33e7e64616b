/** The optical half of a year: the light that reaches the cells, after horizon, rows, soiling, cover and spectrum, and of the rear. */
import { horizonSkyFactor, horizonTable } from '../irradiance/horizon.ts';
import type { ShedViews } from '../irradiance/infinite-sheds.ts';
import { backWeight, faceIrradiance, shedViews } from '../irradiance/infinite-sheds.ts';
import { coverOf, daysOf, spectralFactors } from './models.ts';
import { dailyRainOf } from './surface-weather.ts';
import type { Plane } from '../irradiance/plane.ts';
import { incidenceOn, planeOf } from '../irradiance/plane.ts';
import {
  blockBeamFactor,
  martinezBeamFactor,
  rowGroundFactor,
  rowSkyFactor,
  rowSkyFactorSam,
  shadedFraction,
  shadedLength,
} from '../irradiance/rows.ts';
import { soilingKimber } from '../irradiance/soiling.ts';
import { LightOnPlane } from '../irradiance/transposition.ts';
import type { PreparedSite, SunlitSteps } from './site.ts';
import type { Bifacial, Mounting, RowShading, SolarSystem } from '../system.ts';

const RAD = Math.PI / 180;
const SUN_DISK_DEG = 0.533;

/** Shares of sky and beam that remain behind a far horizon in each step. */
function horizonShade(site: PreparedSite, system: SolarSystem, plane: Plane) {
  if (!system.farHorizon) return undefined;
  const { sun, sunlit } = site;
  const table = horizonTable(system.farHorizon);
  // The share of a moving plane is approximated by that of a level plane.
  const normal = plane.isFixed
    ? ([plane.normalEast, plane.normalNorth, plane.normalUp] as const)
    : ([0, 0, 1] as const);
  const beam = new Float64Array(sunlit.count);
  for (let k = 0; k < sunlit.count; k++) {
    const i = sunlit.index[k];
    const above = 90 - sun.apparentZenithDeg[i] - table[Math.round(sun.azimuthDeg[i])];
    beam[k] = Math.min(Math.max(above / SUN_DISK_DEG + 0.5, 0), 1);
  }
  return { beam, sky: horizonSkyFactor(table, normal) };
}

/** Returns the share that soiling leaves, by sunlit step; undefined if `lossesPct` has the soiling. */
function cleanOf({ sunlit, weather }: PreparedSite, { soiling }: SolarSystem): ((k: number) => number) | undefined {
  if (!soiling) return undefined;
  if (soiling.type === 'monthly') return (k) => 1 - soiling.pct[sunlit.month[k] - 1] / 100;
  const { dailyRainMm } = soiling;
  const rainMm = dailyRainMm ? daysOf(weather, 'soiling.daily_rain_mm', dailyRainMm) : dailyRainOf(weather);
  const daily = soilingKimber(rainMm, 24, soiling);
  const stepsPerDay = 1440 / weather.stepMinutes;
  return (k) => 1 - daily[Math.floor(sunlit.index[k] / stepsPerDay)];
}

/** Returns the reflectance of the ground, by sunlit step. */
function albedoOf({ sunlit, weather }: PreparedSite, system: SolarSystem): (k: number) => number {
  const { albedo, albedoMonthly } = system;
  const measured = system.albedoFromWeather ? weather.albedo : undefined;
  if (measured) return (k) => measured[sunlit.index[k]];
  return albedoMonthly ? (k) => albedoMonthly[sunlit.month[k] - 1] : () => albedo;
}

/** What rows of modules leave of the light on one of them. */
class RowShade {
  /** Shares that remain [1], after `at` */
  beam = 1;
  sky = 1;
  ground = 1;
  readonly #rows: RowShading;
  readonly #plane: Plane;
  readonly #sunlit: SunlitSteps;
  readonly #gcr: number;
  readonly #slopeDeg: number;
  /** The first row has none before it. */
  readonly #behind: number;
  readonly #skyFactor: (cosTilt: number, gcr: number) => number;
  readonly #fixedSky: number;

  constructor(rows: RowShading, mounting: Mounting, plane: Plane, sunlit: SunlitSteps) {
    this.#rows = rows;
    this.#plane = plane;
    this.#sunlit = sunlit;
    this.#gcr = rows.gcr ?? gcrOfTracker(mounting) ?? 1;
    this.#slopeDeg = rowSlopeDeg(rows, mounting);
    this.#behind = rows.asSam ? 1 : (rows.nRows - 1) / rows.nRows;
    this.#skyFactor = rows.asSam ? rowSkyFactorSam : rowSkyFactor;
    this.#fixedSky = this.#skyFactor(plane.normalUp, this.#gcr);
  }

  /**
   * Takes a sunlit step.
   * @param incidence cosine of the angle of incidence  @param tiltDeg of the modules
   * @param hasBeam whether a beam reaches the front
   */
  at(k: number, incidence: number, tiltDeg: number, hasBeam: boolean): void {
    const rows = this.#rows;
    if (rows.model === 'fixed_fraction') {
      this.beam = 1 - (rows.fraction ?? 0);
      return;
    }
    const plane = this.#plane;
    const sunlit = this.#sunlit;
    this.beam = 1;
    if (hasBeam) {
      const shaded = shadedFraction(plane.projectedZenithDeg, plane.rotationDeg, this.#gcr, this.#slopeDeg);
      const { lengthPerPitch, asSam } = rows;
      const along = lengthPerPitch === undefined ? 1 : shadedLength(sunlit, k, plane, incidence, lengthPerPitch, asSam);
      this.beam = 1 - this.#behind * along * (1 - this.#sunlitShare(shaded));
    }
    this.sky = plane.isFixed ? this.#fixedSky : this.#skyFactor(plane.normalUp, this.#gcr);
    const up = sunlit.up[k];
    this.ground = 1;
    if (up > 0) {
      const zenithDeg = Math.acos(Math.min(up, 1)) / RAD;
      const horizontalWm2 = sunlit.dniWm2[k] * up;
      this.ground = rowGroundFactor(tiltDeg, zenithDeg, this.#gcr, rows.nRows, horizontalWm2, sunlit.dhiWm2[k]);
    }
  }

  #sunlitShare(shaded: number): number {
    const { model, nBlocks } = this.#rows;
    if (model === 'electrical') return blockBeamFactor(shaded, nBlocks);
    return model === 'martinez' ? martinezBeamFactor(shaded, nBlocks) : 1 - shaded;
  }
}

export const gcrOfTracker = (mounting: Mounting): number | undefined =>
  mounting.type === 'one_axis' ? mounting.gcr : undefined;

/** Returns the slope of the ground across the rows [deg]: their own, else that of their trackers. */
export const rowSlopeDeg = (rows: RowShading, mounting: Mounting): number =>
  rows.crossAxisTiltDeg ?? (mounting.type === 'one_axis' ? mounting.crossAxisTiltDeg : 0);

/** Returns the irradiance of the rear [W/m2], by sunlit step, tilt, incidence on the front and albedo. */
function rearOf(bifacial: Bifacial, mounting: Mounting, plane: Plane, { ghiWm2, dniWm2, dhiWm2 }: SunlitSteps) {
  const gcr = bifacial.gcr ?? gcrOfTracker(mounting) ?? 1;
  const views = rearViews(gcr, bifacial.heightM, bifacial.pitchM);
  return (k: number, tiltDeg: number, incidence: number, albedo: number): number => {
    const turned = plane.rotationDeg < 0 ? -1 : 1;
    const tangent = -turned * Math.tan(plane.projectedZenithDeg * RAD);
    const rearTilt = 180 - tiltDeg;
    const [ghi, dni, dhi] = [ghiWm2[k], dniWm2[k], dhiWm2[k]];
    const face = faceIrradiance(rearTilt, -incidence, tangent, gcr, views(rearTilt), ghi, dni, dhi, albedo);
    return face.directWm2 + face.skyWm2 + face.groundWm2;
  };
}

/** Returns the rear view factors by tilt, computed once for each degree and interpolated in between. */
function rearViews(gcr: number, heightM: number, pitchM: number): (tiltDeg: number) => ShedViews {
  const known = new Map<number, ShedViews>();
  const at = (tilt: number): ShedViews => {
    let views = known.get(tilt);
    if (!views) {
      views = shedViews(tilt, { gcr, heightM, pitchM });
      known.set(tilt, views);
    }
    return views;
  };
  return (tiltDeg) => {
    const below = Math.floor(tiltDeg);
    const part = tiltDeg - below;
    if (part === 0) return at(tiltDeg);
    const [a, b] = [at(below), at(Math.min(below + 1, 180))];
    return {
      rowSky: a.rowSky + part * (b.rowSky - a.rowSky),
      rowGround: a.rowGround + part * (b.rowGround - a.rowGround),
      groundSky: a.groundSky + part * (b.groundSky - a.groundSky),
    };
  };
}

/** Insolation after each optical step [kWh/m2], and the inputs of the electrical steps, for the sunlit steps only. */
export interface Optics {
  readonly transposed: number;
  readonly afterHorizon: number;
  readonly afterRows: number;
  readonly afterSoiling: number;
  readonly afterCover: number;
  readonly afterSpectrum: number;
  readonly afterBack: number;
  readonly back: number;
  /** Front before any shade */
  readonly transposedWm2: Float64Array;
  readonly frontWm2: Float64Array;
  /** Front after shade, soiling and reflection, before the spectrum */
  readonly coverWm2: Float64Array;
  /** Irradiance that heats the module: the front and the weighted rear. */
  readonly poaWm2: Float64Array;
  readonly effectiveWm2: Float64Array;
  /** NaN if the step has no position. */
  readonly tiltDeg: Float64Array;
}

/** Returns the light on the modules, and what each optical step leaves of it. */
export function opticsOf(site: PreparedSite, system: SolarSystem): Optics {
  const { sunlit, weather } = site;
  const { count } = sunlit;
  const { bifacial, mounting } = system;
  const asSam = system.transposition === 'perez_sam';
  const plane = planeOf(mounting, sunlit);
  const light = new LightOnPlane(system.transposition, sunlit);
  const cover = coverOf(system.iam);
  const spectral = spectralFactors(site, system);
  const shade = horizonShade(site, system, plane);
  const rows = system.rows && new RowShade(system.rows, mounting, plane, sunlit);
  const rear = bifacial && rearOf(bifacial, mounting, plane, sunlit);
  const weight = bifacial ? backWeight(bifacial) : 0;
  const albedoAt = albedoOf(site, system);
  const cleanAt = cleanOf(site, system);

  const transposedWm2 = new Float64Array(count);
  const frontWm2 = new Float64Array(count);
  const coverWm2 = new Float64Array(count);
  const poaWm2 = new Float64Array(count);
  const effectiveWm2 = new Float64Array(count);
  const tiltDeg = new Float64Array(count);
  let transposed = 0;
  let afterHorizon = 0;
  let afterRows = 0;
  let afterSoiling = 0;
  let afterCover = 0;
  let afterSpectrum = 0;
  let afterBack = 0;
  let backTotal = 0;
  let tilt = plane.isFixed ? Math.acos(plane.normalUp) / RAD : 0;
  let skyCover = cover.sky(tilt);
  let groundCover = cover.ground(tilt);
  let horizonCover = cover.horizon?.(tilt);

  for (let k = 0; k < count; k++) {
    if (!plane.turn(k) || (asSam && sunlit.up[k] < 0)) {
      tiltDeg[k] = Number.NaN;
      continue;
    }
    if (!plane.isFixed) {
      tilt = Math.acos(Math.min(plane.normalUp, 1)) / RAD;
      skyCover = cover.sky(tilt);
      groundCover = cover.ground(tilt);
      horizonCover = cover.horizon?.(tilt);
    }
    tiltDeg[k] = tilt;
    const incidence = incidenceOn(plane, sunlit, k);
    const albedo = albedoAt(k);
    light.fall(k, plane, incidence, albedo);
    let { beamWm2: beam, circumsolarWm2: circumsolar, domeWm2: dome, horizonWm2: horizon, groundWm2: ground } = light;
    transposedWm2[k] = beam + circumsolar + dome + ground;
    transposed += transposedWm2[k];

    if (shade) {
      beam *= shade.beam[k];
      circumsolar *= shade.beam[k];
      dome *= shade.sky;
      horizon *= shade.sky;
      afterHorizon += beam + circumsolar + dome + ground;
    }
    let open = 1;
    if (rows) {
      rows.at(k, incidence, tilt, beam > 0);
      beam *= rows.beam;
      open = rows.sky;
      ground *= rows.ground;
    }
    const sky = (circumsolar + dome) * open;
    const front = beam + sky + ground;
    frontWm2[k] = front;
    afterRows += front;

    const clean = cleanAt ? cleanAt(k) : 1;
    afterSoiling += front * clean;
    const beamCover = incidence > 0 ? cover.beam(incidence) : 0;
    const skyThrough =
      horizonCover === undefined
        ? sky * skyCover
        : (circumsolar * beamCover + (dome - horizon) * skyCover + horizon * horizonCover) * open;
    let effective = (beam * beamCover + skyThrough + ground * groundCover) * clean;
    coverWm2[k] = effective;
    afterCover += effective;
    if (spectral) effective *= spectral[k];
    afterSpectrum += effective;

    const back = rear ? rear(k, tilt, incidence, albedo) : 0;
    backTotal += back;
    effective += back * weight;
    afterBack += effective;
    poaWm2[k] = front + back * weight;
    effectiveWm2[k] = effective;
  }
  const toKwh = weather.stepMinutes / 60 / 1000;
  return {
    transposed: transposed * toKwh,
    afterHorizon: (shade ? afterHorizon : transposed) * toKwh,
    afterRows: afterRows * toKwh,
    afterSoiling: afterSoiling * toKwh,
    afterCover: afterCover * toKwh,
    afterSpectrum: afterSpectrum * toKwh,
    afterBack: afterBack * toKwh,
    back: backTotal * toKwh,
    transposedWm2,
    frontWm2,
    coverWm2,
    poaWm2,
    effectiveWm2,
    tiltDeg,
  };
}

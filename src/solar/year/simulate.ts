/**
 * A year of energy. The default is the PVWatts chain: SPA, Perez, physical IAM for the beam, SAPM temperature, PVWatts DC and
 * inverter; each of them can be replaced by another model (`SolarSystem`). `prepareSite` computes once what only depends on the
 * site.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import { fuentesCellTemperature } from '../power/fuentes.ts';
import { horizonSkyFactor, horizonTable } from '../irradiance/horizon.ts';
import type { ShedViews } from '../irradiance/infinite-sheds.ts';
import { backWeight, faceIrradiance, shedViews } from '../irradiance/infinite-sheds.ts';
import { arrayOf, cellTemperatureOf, coverOf, daysOf, inverterOf, spectralFactors } from './models.ts';
import type { Plane } from '../irradiance/plane.ts';
import { incidenceOn, planeOf } from '../irradiance/plane.ts';
import { LightOnPlane } from '../irradiance/transposition.ts';
import type { PvwattsLosses } from '../power/pvwatts.ts';
import {
  electricalBeamFactor,
  rowGroundFactor,
  rowSkyFactor,
  rowSkyFactorSam,
  shadedFraction,
  shadedLength,
} from '../irradiance/rows.ts';
import type { PreparedSite, SunlitSteps } from './site.ts';
import { snowCoverageMarion, snowDcLoss, snowLossTownsend } from '../irradiance/snow.ts';
import { soilingKimber } from '../irradiance/soiling.ts';
import type { Mounting, SolarSystem } from '../system.ts';
import { checkSystem } from '../system.ts';

export type { PreparedSite, PrepareOptions } from './site.ts';
export { prepareSite } from './site.ts';

const RAD = Math.PI / 180;
const SUN_DISK_DEG = 0.533;

/** Every step that a waterfall may hold, in its order. */
export const WATERFALL_STEPS: readonly string[] = [
  'transposition',
  'far_horizon',
  'row_shading',
  'soiling',
  'reflection',
  'spectral',
  'bifacial_gain',
  'irradiance_level',
  'temperature',
  'snow',
  'loss_soiling',
  'loss_shading',
  'loss_snow',
  'loss_mismatch',
  'loss_wiring',
  'loss_connections',
  'loss_lid',
  'loss_nameplate_rating',
  'loss_age',
  'loss_availability',
  'degradation',
  'inverter_efficiency',
  'inverter_clipping',
  'availability',
  'inverter_consumption',
  'curtailment',
  'export_limit',
];

/** The gain or loss of one step of the chain. */
export interface LossStep {
  /** `transposition`, `reflection`, `temperature`, `loss_wiring`, `inverter_clipping`, ... */
  readonly name: string;
  /** Energy of the year [kWh]: negative for a loss */
  readonly changeKwh: number;
  /** Energy after this step [kWh] */
  readonly leftKwh: number;
}

/**
 * Gains and losses from the irradiation on a horizontal plane to the grid. The start and the changes add up to the AC
 * energy.
 */
export interface LossWaterfall {
  /** DC nameplate times the year's horizontal insolation at 1 kW/m2 [kWh] */
  readonly startKwh: number;
  readonly steps: readonly LossStep[];
}

export interface YearResult {
  readonly acAnnualKwh: number;
  /** At the inverter's input, after system losses. */
  readonly dcAnnualKwh: number;
  /** Plane-of-array insolation of the front, after the horizon's and rows' shade [kWh/m2] */
  readonly poaAnnualKwhM2: number;
  /** Rear insolation [kWh/m2]; 0 without `bifacial` */
  readonly poaBackAnnualKwhM2: number;
  /** Months 1 to 12 in order. */
  readonly acMonthlyKwh: Float64Array;
  readonly dcMonthlyKwh: Float64Array;
  readonly poaMonthlyKwhM2: Float64Array;
  /** Annual AC energy for each kW of DC nameplate [kWh/kW] */
  readonly specificYieldKwhPerKw: number;
  /** AC energy / (DC nameplate x the year's hours) [%] */
  readonly capacityFactorPct: number;
  /** AC energy / (DC nameplate x POA insolation at 1 kW/m2) [1] */
  readonly performanceRatio: number;
  /** Series of length n; 0 with the sun down, but for an inverter's consumption. */
  readonly acKw: Float64Array;
  readonly dcKw: Float64Array;
  readonly poaWm2: Float64Array;
  /** The air's temperature at night (Fuentes: the module's). */
  readonly cellTempC: Float64Array;
  readonly waterfall: LossWaterfall;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

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

/** Returns the soiling loss of each day [1]; undefined if `lossesPct` has it. */
function dailySoiling({ weather }: PreparedSite, { soiling }: SolarSystem): Float64Array | undefined {
  if (soiling?.type !== 'kimber') return undefined;
  return soilingKimber(daysOf(weather, 'soiling.daily_rain_mm', soiling.dailyRainMm), 24, soiling);
}

/** Returns the rear view factors by tilt, computed once for each degree and interpolated in between. */
function backViews(gcr: number, heightM: number, pitchM: number): (tiltDeg: number) => ShedViews {
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
interface Optics {
  readonly transposed: number;
  readonly afterHorizon: number;
  readonly afterRows: number;
  readonly afterSoiling: number;
  readonly afterCover: number;
  readonly afterSpectrum: number;
  readonly afterBack: number;
  readonly back: number;
  readonly frontWm2: Float64Array;
  /** Irradiance that heats the module: the front and the weighted rear. */
  readonly poaWm2: Float64Array;
  readonly effectiveWm2: Float64Array;
  /** NaN if the step has no position. */
  readonly tiltDeg: Float64Array;
}

function opticsOf(site: PreparedSite, system: SolarSystem): Optics {
  const { sunlit, weather } = site;
  const { count } = sunlit;
  const { rows, bifacial, mounting, soiling } = system;
  const albedos = system.albedoFromWeather ? weather.albedo : undefined;
  const asSam = system.transposition === 'perez_sam';
  const plane = planeOf(mounting, sunlit);
  const light = new LightOnPlane(system.transposition, sunlit);
  const cover = coverOf(system.iam);
  const spectral = spectralFactors(site, system);
  const shade = horizonShade(site, system, plane);
  const trackerGcr = mounting.type === 'one_axis' ? mounting.gcr : undefined;
  const rowGcr = rows?.gcr ?? trackerGcr ?? 1;
  const rowSlope = rows?.crossAxisTiltDeg ?? (mounting.type === 'one_axis' ? mounting.crossAxisTiltDeg : 0);
  const rowCount = rows?.nRows ?? 1;
  // The first row has none before it.
  const rowsBehind = rows?.asSam ? 1 : (rowCount - 1) / rowCount;
  const skyFactor = rows?.asSam ? rowSkyFactorSam : rowSkyFactor;
  const fixedSky = skyFactor(plane.normalUp, rowGcr);
  const blocks = rows?.model === 'electrical' ? rows.nBlocks : 0;
  const backGcr = bifacial?.gcr ?? trackerGcr ?? 1;
  const views = bifacial ? backViews(backGcr, bifacial.heightM, bifacial.pitchM) : undefined;
  const weight = bifacial ? backWeight(bifacial) : 0;
  const daily = dailySoiling(site, system);
  const stepsPerDay = 1440 / weather.stepMinutes;
  const stepHours = weather.stepMinutes / 60;

  const frontWm2 = new Float64Array(count);
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

  for (let k = 0; k < count; k++) {
    if (!plane.turn(k) || (asSam && sunlit.up[k] < 0)) {
      tiltDeg[k] = Number.NaN;
      continue;
    }
    const { normalUp: cosTilt } = plane;
    if (!plane.isFixed) {
      tilt = Math.acos(Math.min(cosTilt, 1)) / RAD;
      skyCover = cover.sky(tilt);
      groundCover = cover.ground(tilt);
    }
    tiltDeg[k] = tilt;
    const up = sunlit.up[k];
    const ghi = sunlit.ghiWm2[k];
    const dni = sunlit.dniWm2[k];
    const dhi = sunlit.dhiWm2[k];
    const incidence = incidenceOn(plane, sunlit, k);

    const albedo = albedos ? albedos[sunlit.index[k]] : system.albedo;
    light.fall(k, plane, incidence, albedo);
    let { beamWm2: beam, circumsolarWm2: circumsolar, domeWm2: dome, groundWm2: ground } = light;
    transposed += beam + circumsolar + dome + ground;

    if (shade) {
      beam *= shade.beam[k];
      circumsolar *= shade.beam[k];
      dome *= shade.sky;
      afterHorizon += beam + circumsolar + dome + ground;
    }
    let sky = circumsolar + dome;
    if (rows?.model === 'fixed_fraction') beam *= 1 - (rows.fraction ?? 0);
    else if (rows) {
      if (beam > 0) {
        const shaded = shadedFraction(plane.projectedZenithDeg, plane.rotationDeg, rowGcr, rowSlope);
        const { lengthPerPitch, asSam: samEnds } = rows;
        const along =
          lengthPerPitch === undefined ? 1 : shadedLength(sunlit, k, plane, incidence, lengthPerPitch, samEnds);
        beam *= 1 - rowsBehind * along * (1 - electricalBeamFactor(shaded, blocks));
      }
      sky *= plane.isFixed ? fixedSky : skyFactor(cosTilt, rowGcr);
      if (up > 0) ground *= rowGroundFactor(tilt, Math.acos(Math.min(up, 1)) / RAD, rowGcr, rowCount, dni * up, dhi);
    }
    const front = beam + sky + ground;
    frontWm2[k] = front;
    afterRows += front;

    let clean = 1;
    if (soiling?.type === 'monthly') clean = 1 - soiling.pct[sunlit.month[k] - 1] / 100;
    else if (daily) clean = 1 - daily[Math.floor(sunlit.index[k] / stepsPerDay)];
    afterSoiling += front * clean;
    let effective = ((beam > 0 ? beam * cover.beam(incidence) : 0) + sky * skyCover + ground * groundCover) * clean;
    afterCover += effective;
    if (spectral) effective *= spectral[k];
    afterSpectrum += effective;

    let back = 0;
    if (views) {
      const turned = plane.rotationDeg < 0 ? -1 : 1;
      const tangent = -turned * Math.tan(plane.projectedZenithDeg * RAD);
      const face = faceIrradiance(180 - tilt, -incidence, tangent, backGcr, views(180 - tilt), ghi, dni, dhi, albedo);
      back = face.directWm2 + face.skyWm2 + face.groundWm2;
      backTotal += back;
      effective += back * weight;
    }
    afterBack += effective;
    poaWm2[k] = front + back * weight;
    effectiveWm2[k] = effective;
  }
  const toKwh = stepHours / 1000;
  return {
    transposed: transposed * toKwh,
    afterHorizon: (shade ? afterHorizon : transposed) * toKwh,
    afterRows: afterRows * toKwh,
    afterSoiling: afterSoiling * toKwh,
    afterCover: afterCover * toKwh,
    afterSpectrum: afterSpectrum * toKwh,
    afterBack: afterBack * toKwh,
    back: backTotal * toKwh,
    frontWm2,
    poaWm2,
    effectiveWm2,
    tiltDeg,
  };
}

/** Returns the cell temperatures of the sunlit steps, and of all steps in `all`. */
function temperatures(site: PreparedSite, system: SolarSystem, optics: Optics, all: Float64Array): Float64Array {
  const { sunlit, weather } = site;
  const cells = new Float64Array(sunlit.count);
  if (system.temperature.type === 'fuentes') {
    const poa = new Float64Array(all.length);
    for (let k = 0; k < sunlit.count; k++) poa[sunlit.index[k]] = optics.poaWm2[k];
    all.set(
      fuentesCellTemperature(
        poa,
        weather.tempAirC,
        weather.windSpeedMPerS,
        weather.stepMinutes / 60,
        system.temperature,
      ),
    );
    for (let k = 0; k < sunlit.count; k++) cells[k] = all[sunlit.index[k]];
    return cells;
  }
  const cellAt = cellTemperatureOf(system.temperature);
  for (let k = 0; k < sunlit.count; k++) {
    if (Number.isNaN(optics.tiltDeg[k])) {
      cells[k] = sunlit.tempAirC[k];
      continue;
    }
    cells[k] = cellAt(optics.poaWm2[k], optics.effectiveWm2[k], sunlit.tempAirC[k], sunlit.windSpeedMPerS[k]);
    all[sunlit.index[k]] = cells[k];
  }
  return cells;
}

/** Returns Townsend's tilt of a moving plane: the steepest that it takes [deg]. */
function steepestTilt(mounting: Mounting): number {
  switch (mounting.type) {
    case 'one_axis':
      return Math.min(mounting.maxAngleDeg, 90);
    case 'two_axis':
      return mounting.maxTiltDeg;
    default:
      return mounting.tiltDeg;
  }
}

/** Returns the share of the DC power that remains under snow in each sunlit step; undefined without a model. */
function snowFactors(site: PreparedSite, { snow, mounting }: SolarSystem, optics: Optics): Float64Array | undefined {
  if (!snow) return undefined;
  const { sunlit, weather } = site;
  const n = weather.timeMs.length;
  const stepHours = weather.stepMinutes / 60;
  const left = new Float64Array(sunlit.count);
  if (snow.type === 'marion') {
    if (snow.snowfallCm.length !== n)
      throw new AppError(
        'solar.invalid_input',
        `snow.snowfall_cm has ${snow.snowfallCm.length} values; expected ${n}, the weather's steps`,
        { pointer: '/snow/snowfall_cm' },
      );
    // A moving plane rests level at night, as far as sliding goes.
    const resting = mounting.type === 'fixed' || mounting.type === 'roof' ? mounting.tiltDeg : 0;
    const poa = new Float64Array(n);
    const tilt = new Float64Array(n).fill(resting);
    for (let k = 0; k < sunlit.count; k++) {
      poa[sunlit.index[k]] = optics.frontWm2[k];
      if (!Number.isNaN(optics.tiltDeg[k])) tilt[sunlit.index[k]] = optics.tiltDeg[k];
    }
    const options = snow.snowDepthCm ? { snowDepthCm: snow.snowDepthCm } : {};
    const coverage = snowCoverageMarion(snow.snowfallCm, poa, weather.tempAirC, tilt, stepHours, options);
    for (let k = 0; k < sunlit.count; k++) left[k] = 1 - snowDcLoss(coverage[sunlit.index[k]], snow.nStringsAlongSlant);
    return left;
  }
  const tilt = steepestTilt(mounting);
  const poa = new Float64Array(12);
  const air = new Float64Array(12);
  const steps = new Float64Array(12);
  for (let i = 0; i < n; i++) {
    air[weather.month[i] - 1] += weather.tempAirC[i];
    steps[weather.month[i] - 1]++;
  }
  for (let k = 0; k < sunlit.count; k++) poa[sunlit.month[k] - 1] += (optics.frontWm2[k] * stepHours) / 1000;
  const losses = snowLossTownsend(
    snow,
    snow,
    tilt,
    air.map((total, m) => total / steps[m]),
    poa,
  );
  for (let k = 0; k < sunlit.count; k++) left[k] = 1 - losses[sunlit.month[k] - 1];
  return left;
}

/** Returns the named losses that are applied, without those that a model replaces. */
function namedLosses(system: SolarSystem): readonly (readonly [name: string, left: number])[] {
  const replaced: Readonly<Partial<Record<keyof PvwattsLosses, boolean>>> = {
    soiling: system.soiling !== undefined,
    snow: system.snow !== undefined,
    age: system.degradation !== undefined,
    availability: system.availabilityPct !== undefined,
  };
  const losses = (Object.entries(system.lossesPct) as [keyof PvwattsLosses, number][])
    .filter(([name]) => !replaced[name])
    .map(([name, pct]): [string, number] => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), 1 - pct / 100]);
  const { degradation } = system;
  if (degradation) losses.push(['degradation', (1 - degradation.pctPerYear / 100) ** (degradation.year - 1)]);
  return losses;
}

/**
 * Simulates a year of a system.
 * @returns energies of the year, series of the same length as the weather, and the losses from the sun to the grid
 * @throws AppError `solar.invalid_input` for a system out of range, or one that needs data that the weather does not have
 */
export function simulateYear(site: PreparedSite, system: SolarSystem): YearResult {
  checkSystem(system);
  const { weather, sunlit } = site;
  const { dcCapacityKw } = system;
  const n = weather.timeMs.length;
  const stepHours = weather.stepMinutes / 60;
  const acKw = new Float64Array(n);
  const dcKw = new Float64Array(n);
  const poaWm2 = new Float64Array(n);
  const cellTempC = Float64Array.from(weather.tempAirC);
  const acMonthlyKwh = new Float64Array(12);
  const dcMonthlyKwh = new Float64Array(12);
  const poaMonthlyKwhM2 = new Float64Array(12);

  const optics = opticsOf(site, system);
  const cells = temperatures(site, system, optics, cellTempC);
  const snow = snowFactors(site, system, optics);
  const array = arrayOf(system);
  const inverter = inverterOf(system);
  const losses = namedLosses(system);
  const afterLosses = losses.reduce((left, [, factor]) => left * factor, 1);
  const isLinear = system.module.type === 'pvwatts';
  const available = (system.availabilityPct ?? 100) / 100;
  const accepted = 1 - system.curtailmentPct / 100;
  const exportLimitKw = system.exportLimitKw ?? Number.POSITIVE_INFINITY;

  // Sums over the steps [kW], turned into energies below.
  let atReference = 0;
  let generated = 0;
  let withoutSnow = 0;
  let unlimited = 0;
  let clipped = 0;
  let consumed = 0;
  let delivered = 0;
  let uncurtailed = 0;

  const run = (i: number, dc: number, voltageV: number): void => {
    const runs = inverter.runs(dc);
    const free = runs ? inverter.powerKw(dc, voltageV) : 0;
    const ac = Math.min(free, inverter.limitKw);
    const used = runs ? 0 : inverter.consumptionKw;
    unlimited += free;
    clipped += ac;
    consumed += used;
    const net = ac * available - used;
    uncurtailed += net;
    const taken = net > 0 ? net * accepted : net;
    delivered += taken;
    const power = Math.min(taken, exportLimitKw);
    acKw[i] = power;
    acMonthlyKwh[weather.month[i] - 1] += power * stepHours;
  };

  for (let k = 0; k < sunlit.count; k++) {
    const i = sunlit.index[k];
    const effective = optics.effectiveWm2[k];
    const month = sunlit.month[k] - 1;
    poaWm2[i] = optics.frontWm2[k];
    poaMonthlyKwhM2[month] += (optics.frontWm2[k] / 1000) * stepHours;
    const gross = array.powerKw(effective, cells[k]);
    const { voltageV } = array;
    withoutSnow += gross;
    // At 25 degC the linear model gives the nameplate's share of the irradiance.
    atReference += isLinear ? (effective / 1000) * dcCapacityKw : array.powerKw(effective, 25);
    const dc = (snow ? gross * snow[k] : gross) * afterLosses;
    generated += dc;
    dcKw[i] = dc;
    dcMonthlyKwh[month] += dc * stepHours;
    run(i, dc, voltageV);
  }
  if (inverter.consumptionKw > 0) {
    let next = 0;
    for (let i = 0; i < n; i++) {
      if (next < sunlit.count && sunlit.index[next] === i) next++;
      else run(i, 0, 0);
    }
  }

  const acAnnualKwh = sum(acMonthlyKwh);
  const dcAnnualKwh = sum(dcMonthlyKwh);
  const poaAnnualKwhM2 = sum(poaMonthlyKwhM2);
  const waterfall = waterfallOf(system, sunlit, stepHours, optics, losses, {
    atReference: atReference * stepHours,
    withoutSnow: withoutSnow * stepHours,
    withSnow: afterLosses > 0 ? (generated * stepHours) / afterLosses : 0,
    dc: generated * stepHours,
    unlimited: unlimited * stepHours,
    clipped: clipped * stepHours,
    consumed: consumed * stepHours,
    uncurtailed: uncurtailed * stepHours,
    delivered: delivered * stepHours,
    ac: acAnnualKwh,
  });
  return {
    acAnnualKwh,
    dcAnnualKwh,
    poaAnnualKwhM2,
    poaBackAnnualKwhM2: optics.back,
    acMonthlyKwh,
    dcMonthlyKwh,
    poaMonthlyKwhM2,
    specificYieldKwhPerKw: acAnnualKwh / dcCapacityKw,
    capacityFactorPct: (100 * acAnnualKwh) / (dcCapacityKw * n * stepHours),
    performanceRatio: poaAnnualKwhM2 > 0 ? acAnnualKwh / (dcCapacityKw * poaAnnualKwhM2) : Number.NaN,
    acKw,
    dcKw,
    poaWm2,
    cellTempC,
    waterfall,
  };
}

/** Energies of the electrical steps [kWh]. */
interface Electrical {
  readonly atReference: number;
  readonly withoutSnow: number;
  readonly withSnow: number;
  readonly dc: number;
  readonly unlimited: number;
  readonly clipped: number;
  readonly consumed: number;
  readonly uncurtailed: number;
  readonly delivered: number;
  readonly ac: number;
}

function waterfallOf(
  system: SolarSystem,
  sunlit: SunlitSteps,
  stepHours: number,
  optics: Optics,
  losses: readonly (readonly [name: string, left: number])[],
  energy: Electrical,
): LossWaterfall {
  const nominal = (insolationKwhM2: number): number => insolationKwhM2 * system.dcCapacityKw;
  const startKwh = nominal((sum(sunlit.ghiWm2) * stepHours) / 1000);
  const levels: [name: string, leftKwh: number][] = [
    ['transposition', nominal(optics.transposed)],
    ['far_horizon', nominal(optics.afterHorizon)],
    ['row_shading', nominal(optics.afterRows)],
    ['soiling', nominal(optics.afterSoiling)],
    ['reflection', nominal(optics.afterCover)],
    ['spectral', nominal(optics.afterSpectrum)],
    ['bifacial_gain', nominal(optics.afterBack)],
    ['irradiance_level', energy.atReference],
    ['temperature', energy.withoutSnow],
    ['snow', energy.withSnow],
  ];
  let left = energy.withSnow;
  for (const [name, factor] of losses) {
    left *= factor;
    levels.push([name === 'degradation' ? name : `loss_${name}`, left]);
  }
  levels.push(
    ['inverter_efficiency', energy.unlimited],
    ['inverter_clipping', energy.clipped],
    ['availability', energy.uncurtailed + energy.consumed],
    ['inverter_consumption', energy.uncurtailed],
    ['curtailment', energy.delivered],
    ['export_limit', energy.ac],
  );
  const chosen: Readonly<Record<string, boolean>> = {
    far_horizon: system.farHorizon !== undefined,
    row_shading: system.rows !== undefined,
    soiling: system.soiling !== undefined,
    bifacial_gain: system.bifacial !== undefined,
    irradiance_level: system.module.type !== 'pvwatts',
    snow: system.snow !== undefined,
    availability: system.availabilityPct !== undefined,
    inverter_consumption: energy.consumed > 0,
    export_limit: system.exportLimitKw !== undefined,
  };
  const steps: LossStep[] = [];
  let before = startKwh;
  for (const [name, leftKwh] of levels) {
    if (chosen[name] === false) continue;
    steps.push({ name, changeKwh: leftKwh - before, leftKwh });
    before = leftKwh;
  }
  return { startKwh, steps };
}

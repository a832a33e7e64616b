/** The modules of one orientation, from the light to the DC power at the inverters. */
import { AppError } from '../../contracts/common/app-error.ts';
import { snowCoverageMarion, snowDcLoss, snowLossTownsend } from '../irradiance/snow.ts';
import { fuentesCellTemperature } from '../power/fuentes.ts';
import type { Mounting, partsOf, SolarSystem } from '../system.ts';
import { arrayOf, cellTemperatureOf, dcWiringOf } from './models.ts';
import { type Optics, opticsOf } from './optics.ts';
import type { PreparedSite } from './site.ts';
import type { WeatherYear } from '../../weather/series.ts';
import { snowDepthOf, snowfallOf, townsendMonthsOf } from './surface-weather.ts';
import { type DcLevels, namedLosses } from './waterfall.ts';

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

/** Returns snowfall and depth of the weather. */
function snowOf(weather: WeatherYear): { snowfallCm: ArrayLike<number>; snowDepthCm?: ArrayLike<number> } {
  const snowDepthCm = snowDepthOf(weather, 'snow.snowfall_cm');
  return { snowfallCm: snowfallOf(snowDepthCm), snowDepthCm };
}

/** Returns the share of the DC power that remains under snow in each sunlit step; undefined without a model. */
function snowFactors(site: PreparedSite, { snow, mounting }: SolarSystem, optics: Optics): Float64Array | undefined {
  if (!snow) return undefined;
  const { sunlit, weather } = site;
  const n = weather.timeMs.length;
  const stepHours = weather.stepMinutes / 60;
  const left = new Float64Array(sunlit.count);
  if (snow.type === 'marion') {
    const { snowfallCm, snowDepthCm } = snow.snowfallCm ? { ...snow, snowfallCm: snow.snowfallCm } : snowOf(weather);
    if (snowfallCm.length !== n)
      throw new AppError(
        'solar.invalid_input',
        `snow.snowfall_cm has ${snowfallCm.length} values; expected ${n}, the weather's steps`,
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
    const options = snowDepthCm ? { snowDepthCm } : {};
    const coverage = snowCoverageMarion(snowfallCm, poa, weather.tempAirC, tilt, stepHours, options);
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
  const { snowTotalCm, snowEvents, relativeHumidityPct } = snow;
  const losses = snowLossTownsend(
    snowTotalCm && snowEvents && relativeHumidityPct
      ? { snowTotalCm, snowEvents, relativeHumidityPct }
      : townsendMonthsOf(weather),
    snow,
    tilt,
    air.map((total, m) => total / steps[m]),
    poa,
  );
  for (let k = 0; k < sunlit.count; k++) left[k] = 1 - losses[sunlit.month[k] - 1];
  return left;
}

const hasMppWindow = ({ inverter }: SolarSystem): boolean =>
  (inverter.type === 'sandia' || inverter.type === 'curve') &&
  (inverter.mppMinV !== undefined || inverter.mppMaxV !== undefined);

/** One subarray, or the whole system without subarrays: everything before its DC power, and sums over the steps [kW]. */
export class DcSide {
  readonly share: number;
  readonly system: SolarSystem;
  readonly optics: Optics;
  /** Cell temperature of all steps, and of the sunlit ones [degC] */
  readonly cellTempC: Float64Array;
  readonly #cells: Float64Array;
  readonly #snow: Float64Array | undefined;
  readonly losses: readonly (readonly [name: string, left: number])[];
  readonly #afterLosses: number;
  readonly #array: ReturnType<typeof arrayOf>;
  readonly #wiring: ((dcKw: number, voltageV: number) => number) | undefined;
  readonly #isLinear: boolean;
  readonly #hasWindow: boolean;
  atReference = 0;
  atMaximum = 0;
  generated = 0;
  wired = 0;
  /** DC power and voltage of the last step, after losses [kW, V] */
  dcKw = 0;
  voltageV = 0;

  constructor(site: PreparedSite, { share, system }: ReturnType<typeof partsOf>[number]) {
    this.share = share;
    this.system = system;
    this.optics = opticsOf(site, system);
    this.cellTempC = Float64Array.from(site.weather.tempAirC);
    this.#cells = temperatures(site, system, this.optics, this.cellTempC);
    this.#snow = snowFactors(site, system, this.optics);
    this.#array = arrayOf(system);
    this.losses = namedLosses(system);
    this.#afterLosses = this.losses.reduce((left, [, factor]) => left * factor, 1);
    this.#wiring = system.wiring && dcWiringOf(system);
    this.#isLinear = system.module.type === 'pvwatts';
    this.#hasWindow = !this.#isLinear && hasMppWindow(system);
  }

  effectiveWm2(k: number): number {
    return this.optics.effectiveWm2[k];
  }

  tempCellC(k: number): number {
    return this.#cells[k];
  }

  /** Returns the power of a sunlit step at this part's own maximum power point, within the window of the inverters [kW]. */
  grossKw(k: number): number {
    const gross = this.#array.powerKw(this.effectiveWm2(k), this.#cells[k]);
    this.voltageV = this.#array.voltageV;
    return gross;
  }

  /** Adds a sunlit step. @param gross power at the voltage of the inverters [kW] @param isOwn whether that is the own maximum within a window */
  take(k: number, gross: number, isOwn: boolean): void {
    const effective = this.effectiveWm2(k);
    const cell = this.#cells[k];
    // At 25 degC the linear model gives the nameplate's share of the irradiance.
    this.atReference += this.#isLinear
      ? (effective / 1000) * this.system.dcCapacityKw
      : this.#array.maximumKw(effective, 25);
    this.atMaximum += isOwn && !this.#hasWindow ? gross : this.#array.maximumKw(effective, cell);
    const generated = (this.#snow ? gross * this.#snow[k] : gross) * this.#afterLosses;
    this.generated += generated;
    this.dcKw = this.#wiring ? generated - this.#wiring(generated, this.voltageV) : generated;
    this.wired += this.dcKw;
  }

  /** Returns the energy after each step of the chain up to the DC power [kWh]. */
  levels(stepHours: number): DcLevels {
    const { optics } = this;
    const nominal = (insolationKwhM2: number): number => insolationKwhM2 * this.system.dcCapacityKw;
    const withSnow = this.#afterLosses > 0 ? (this.generated * stepHours) / this.#afterLosses : 0;
    const lossy: [string, number][] = [];
    let left = withSnow;
    for (const [name, factor] of this.losses) {
      left *= factor;
      lossy.push([name === 'degradation' ? name : `loss_${name}`, left]);
    }
    return {
      optical: [
        ['transposition', nominal(optics.transposed)],
        ['far_horizon', nominal(optics.afterHorizon)],
        ['row_shading', nominal(optics.afterRows)],
        ['soiling', nominal(optics.afterSoiling)],
        ['reflection', nominal(optics.afterCover)],
        ['spectral', nominal(optics.afterSpectrum)],
        ['bifacial_gain', nominal(optics.afterBack)],
      ],
      lossy,
      withSnow,
    };
  }
}

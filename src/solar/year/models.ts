/** The chosen models of a system as functions of one step. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WeatherYear } from '../../weather/series.ts';
import {
  faimanCellTemperature,
  noctSamCellTemperature,
  pvsystCellTemperature,
  sapmCellTemperature,
} from '../power/cell-temperature.ts';
import type { CoverModifiers } from '../irradiance/iam.ts';
import {
  ashraeIamByCosine,
  effectiveGroundAngle,
  effectiveSkyAngle,
  martinRuizIamByCosine,
  physicalIamByCosine,
  pointsIamByCosine,
  samCover,
} from '../irradiance/iam.ts';
import { sandiaInverter } from '../power/inverter.ts';
import { pressureAtAltitude, relativeAirmass } from '../irradiance/irradiance.ts';
import { pvwattsDc, pvwattsInverter } from '../power/pvwatts.ts';
import { MaximumPower, PvsystMaximumPower } from '../power/single-diode.ts';
import type { PreparedSite } from './site.ts';
import { precipitableWater, relativeHumidity, spectralDeSoto, spectralFirstSolar } from '../irradiance/spectral.ts';
import type { IamChoice, SolarSystem, TemperatureChoice } from '../system.ts';

const RAD = Math.PI / 180;
const one = (): number => 1;
const HORIZON_AIRMASS = relativeAirmass(90);

/** Returns the modifiers of the cover. */
export function coverOf(choice: IamChoice): CoverModifiers {
  switch (choice.type) {
    case 'sam':
      return samCover();
    case 'ashrae':
      return { beam: ashraeIamByCosine(choice.b), sky: one, ground: one };
    case 'martin_ruiz':
      return { beam: martinRuizIamByCosine(choice.ar), sky: one, ground: one };
    case 'points':
      return { beam: pointsIamByCosine(choice.angleDeg, choice.modifier), sky: one, ground: one };
    case 'none':
      return { beam: one, sky: one, ground: one };
    case 'physical': {
      const beam = physicalIamByCosine(undefined, choice.coatingIndex);
      if (!choice.includeDiffuse) return { beam, sky: one, ground: one };
      const at = (deg: number): number => (deg >= 90 ? 0 : beam(Math.cos(deg * RAD)));
      return {
        beam,
        sky: (tiltDeg) => at(effectiveSkyAngle(tiltDeg)),
        ground: (tiltDeg) => at(effectiveGroundAngle(tiltDeg)),
      };
    }
  }
}

/** Returns the factor of each sunlit step by the light's colour [1]; undefined where no model is chosen. */
export function spectralFactors(site: PreparedSite, { spectral }: SolarSystem): Float64Array | undefined {
  if (spectral.type === 'none') return undefined;
  const { sunlit, weather } = site;
  const factors = new Float64Array(sunlit.count).fill(1);
  const thinner = Math.exp(-0.0001184 * weather.elevationM);
  const mostAirmass =
    spectral.type === 'de_soto' && spectral.maxZenithDeg !== undefined
      ? relativeAirmass(spectral.maxZenithDeg)
      : Number.POSITIVE_INFINITY;
  const pressureRatio = pressureAtAltitude(weather.elevationM) / 101_325;
  const { dewPointC } = weather;
  if (spectral.type === 'first_solar' && spectral.precipitableWaterCm === undefined && !dewPointC)
    throw new AppError(
      'solar.invalid_input',
      'spectral.precipitable_water_cm is absent and the weather has no dew point; expected one of them',
      { pointer: '/spectral/precipitable_water_cm' },
    );
  for (let k = 0; k < sunlit.count; k++) {
    const airmass = sunlit.airmass[k];
    // Without a limit De Soto's polynomial is 0 long before the air mass of the horizon, and stays so below it.
    if (spectral.type === 'de_soto')
      factors[k] = spectralDeSoto(Math.min(Number.isNaN(airmass) ? HORIZON_AIRMASS : airmass, mostAirmass) * thinner);
    else {
      const i = sunlit.index[k];
      const water =
        spectral.precipitableWaterCm ??
        precipitableWater(weather.tempAirC[i], relativeHumidity(weather.tempAirC[i], dewPointC![i]));
      factors[k] = spectralFirstSolar(
        Math.min(water, 8),
        Number.isNaN(airmass) ? 10 : airmass * pressureRatio,
        spectral.module,
      );
    }
  }
  return factors;
}

/** @param effectiveWm2 irradiance that reaches the cells, which SAM's NOCT model uses */
export type CellTemperature = (
  poaWm2: number,
  effectiveWm2: number,
  tempAirC: number,
  windSpeedMPerS: number,
) => number;

/** Returns the cell temperature of one step. Fuentes' model is not included, because it depends on earlier steps. */
export function cellTemperatureOf(choice: Exclude<TemperatureChoice, { type: 'fuentes' }>): CellTemperature {
  switch (choice.type) {
    case 'faiman':
      return (poa, _, air, wind) => faimanCellTemperature(poa, air, wind, choice.u0, choice.u1);
    case 'pvsyst':
      return (poa, _, air, wind) =>
        pvsystCellTemperature(poa, air, wind, choice.uc, choice.uv, choice.moduleEfficiency, choice.alphaAbsorption);
    case 'noct_sam':
      return (poa, effective, air, wind) => noctSamCellTemperature(poa, air, wind, choice, effective);
    case 'sapm':
      return (poa, _, air, wind) => sapmCellTemperature(poa, air, wind, choice);
  }
}

/** DC power of the array; `voltageV` is that of its last point, 0 where the model has none. */
export interface ArrayModel {
  voltageV: number;
  /** @returns DC power [kW] before losses */
  powerKw(effectiveWm2: number, tempCellC: number): number;
}

/** Returns the model of the array's DC power, chosen once for all steps. */
export function arrayOf({ module, dcCapacityKw, gammaPerK }: SolarSystem): ArrayModel {
  if (module.type === 'pvwatts')
    return { voltageV: 0, powerKw: (effective, cell) => pvwattsDc(effective, cell, dcCapacityKw, gammaPerK) };
  const point = module.type === 'cec' ? new MaximumPower(module.module) : new PvsystMaximumPower(module.module);
  const thousands = (module.modulesPerString * module.nStrings) / 1000;
  return {
    voltageV: 0,
    powerKw(effective, cell) {
      const power = point.solve(effective, cell) * thousands;
      this.voltageV = point.voltageV * module.modulesPerString;
      return power;
    },
  };
}

/** Inverters together. */
export interface InverterModel {
  /** Most AC power [kW] */
  readonly limitKw: number;
  /** Whether they run at this DC power [kW] */
  runs(dcKw: number): boolean;
  /** Drawn from the grid while they do not run [kW] */
  readonly consumptionKw: number;
  /** AC power of running inverters without the limit [kW]; just above the start it may be below 0 */
  powerKw(dcKw: number, voltageV: number): number;
}

function curve(dcKw: readonly number[], acKw: readonly number[]): (dc: number) => number {
  const last = dcKw.length - 1;
  return (dc) => {
    if (dc <= dcKw[0]) return dc < dcKw[0] ? 0 : acKw[0];
    if (dc >= dcKw[last]) return (dc * acKw[last]) / dcKw[last];
    let i = 1;
    while (dcKw[i] < dc) i++;
    return acKw[i - 1] + ((acKw[i] - acKw[i - 1]) * (dc - dcKw[i - 1])) / (dcKw[i] - dcKw[i - 1]);
  };
}

/** Returns the model of the inverters' AC power, chosen once for all steps. */
export function inverterOf({ inverter, dcCapacityKw, dcAcRatio, inverterEfficiency }: SolarSystem): InverterModel {
  const acKw = dcCapacityKw / dcAcRatio;
  switch (inverter.type) {
    case 'sandia': {
      const { inverter: unit, nInverters: count } = inverter;
      const toW = 1000 / count;
      return {
        limitKw: unit.paco / toW,
        runs: (dc) => dc * toW >= unit.pso,
        consumptionKw: Math.abs(unit.pnt) / toW,
        powerKw: (dc, voltage) => sandiaInverter(dc * toW, voltage, unit, Number.POSITIVE_INFINITY) / toW,
      };
    }
    case 'linear': {
      const start = inverter.consumption * acKw;
      const slope = acKw / (acKw / inverterEfficiency - start);
      return { limitKw: acKw, runs: (dc) => dc >= start, consumptionKw: 0, powerKw: (dc) => slope * (dc - start) };
    }
    case 'curve': {
      const acAt = curve(inverter.dcKw, inverter.acKw);
      const { nInverters: count, acRatingKw, nightW } = inverter;
      return {
        limitKw: acRatingKw * count,
        runs: (dc) => acAt(dc / count) > 0,
        consumptionKw: (nightW * count) / 1000,
        powerKw: (dc) => acAt(dc / count) * count,
      };
    }
    case 'pvwatts': {
      const dcLimitKw = acKw / inverterEfficiency;
      return {
        limitKw: inverterEfficiency * dcLimitKw,
        runs: () => true,
        consumptionKw: 0,
        // The curve is fitted up to the limit; beyond it the AC power is clipped anyway.
        powerKw: (dc) => pvwattsInverter(dc, dcLimitKw, inverterEfficiency, Number.POSITIVE_INFINITY),
      };
    }
  }
}

/** Returns the number of days in the weather's year, which a list of days must have. */
export function daysOf(weather: WeatherYear, name: string, values: readonly number[]): readonly number[] {
  const days = (weather.timeMs.length * weather.stepMinutes) / 1440;
  if (values.length !== days)
    throw new AppError(
      'solar.invalid_input',
      `${name} has ${values.length} values; expected ${days}, the weather's days`,
    );
  return values;
}

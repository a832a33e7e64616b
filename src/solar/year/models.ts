/** The chosen models of a system as functions of one step. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WeatherYear } from '../../weather/series.ts';
import {
  faimanCellTemperature,
  noctSamCellTemperature,
  pvsystCellTemperature,
  sapmCellTemperature,
} from '../power/cell-temperature.ts';
import type { CoverModifiers, DiffuseRegion, IamByCosine } from '../irradiance/iam.ts';
import {
  ashraeIamByCosine,
  effectiveGroundAngle,
  effectiveSkyAngle,
  marionIam,
  martinRuizIamByCosine,
  physicalIamByCosine,
  pointsIamByCosine,
  samCover,
} from '../irradiance/iam.ts';
import { sandiaInverter } from '../power/inverter.ts';
import { pressureAtAltitude, relativeAirmass } from '../../sun/irradiance.ts';
import { pvwattsDc, pvwattsInverter } from '../power/pvwatts.ts';
import {
  currentAt,
  currentSlopeAt,
  curvePoints,
  type DiodeModule,
  diodeParameters,
  MaximumPower,
  PvsystMaximumPower,
} from '../power/single-diode.ts';
import type { PreparedSite } from './site.ts';
import { precipitableWater, relativeHumidity, spectralDeSoto, spectralFirstSolar } from '../irradiance/spectral.ts';
import type { IamChoice, SolarSystem, TemperatureChoice } from '../system.ts';

const RAD = Math.PI / 180;
const one = (): number => 1;
const HORIZON_AIRMASS = relativeAirmass(90);

/** Covers of the last choices: their integrals take longer than a year of hours. */
const COVERS = new Map<string, CoverModifiers>();
const MAX_COVERS = 20;

/** Returns the modifiers of a cover that is known for the beam, integrated for each degree of tilt and linear in between. */
function integratedCover(
  choice: Extract<IamChoice, { readonly includeDiffuse: boolean }>,
  beam: IamByCosine,
): CoverModifiers {
  const { includeDiffuse } = choice;
  if (!includeDiffuse) return { beam, sky: one, ground: one };
  const key = JSON.stringify(choice);
  const known = COVERS.get(key);
  if (known) return known;
  const byTilt = (region: DiffuseRegion) => {
    const degrees: number[] = [];
    const at = (tilt: number): number => {
      degrees[tilt] ??= marionIam(beam, tilt, region);
      return degrees[tilt];
    };
    return (tiltDeg: number): number => {
      const below = Math.floor(tiltDeg);
      const part = tiltDeg - below;
      return part === 0 ? at(below) : at(below) + part * (at(below + 1) - at(below));
    };
  };
  const cover = { beam, sky: byTilt('sky'), ground: byTilt('ground'), horizon: byTilt('horizon') };
  const [oldest] = COVERS.keys();
  if (COVERS.size === MAX_COVERS) COVERS.delete(oldest);
  COVERS.set(key, cover);
  return cover;
}

/** Returns the modifiers of the cover. */
export function coverOf(choice: IamChoice): CoverModifiers {
  switch (choice.type) {
    case 'sam':
      return samCover();
    case 'ashrae':
      return integratedCover(choice, ashraeIamByCosine(choice.b));
    case 'martin_ruiz':
      return integratedCover(choice, martinRuizIamByCosine(choice.ar));
    case 'points':
      return integratedCover(choice, pointsIamByCosine(choice.angleDeg, choice.modifier));
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

/** DC power of the array. */
export interface ArrayModel {
  /** Voltage of the last point, within the window of the inverters; 0 where the model has none [V] */
  voltageV: number;
  /** @returns DC power at the maximum power point, before losses [kW] */
  maximumKw(effectiveWm2: number, tempCellC: number): number;
  /** @returns the same within the window of the inverters [kW]: they hold the voltage at the window's edge, or stop */
  powerKw(effectiveWm2: number, tempCellC: number): number;
}

/** Returns the model of the array's DC power, chosen once for all steps. */
export function arrayOf({ module, inverter, dcCapacityKw, gammaPerK }: SolarSystem): ArrayModel {
  if (module.type === 'pvwatts') {
    const powerKw = (effective: number, cell: number) => pvwattsDc(effective, cell, dcCapacityKw, gammaPerK);
    return { voltageV: 0, maximumKw: powerKw, powerKw };
  }
  const point = module.type === 'cec' ? new MaximumPower(module.module) : new PvsystMaximumPower(module.module);
  const thousands = (module.modulesPerString * module.nStrings) / 1000;
  const { mppMinV = 0, mppMaxV = 0 } = inverter.type === 'sandia' || inverter.type === 'curve' ? inverter : {};
  const lowestV = mppMinV / module.modulesPerString;
  // Files write 0 for a limit that they do not know.
  const highestV = mppMaxV > 0 ? mppMaxV / module.modulesPerString : Number.POSITIVE_INFINITY;
  return {
    voltageV: 0,
    maximumKw: (effective, cell) => point.solve(effective, cell) * thousands,
    powerKw(effective, cell) {
      const maximum = point.solve(effective, cell);
      const heldV = Math.min(Math.max(point.voltageV, lowestV), highestV);
      this.voltageV = heldV * module.modulesPerString;
      if (heldV === point.voltageV || !(maximum > 0)) return maximum * thousands;
      return heldV * currentAt(diodeParameters(module, effective, cell), heldV) * thousands;
    },
  };
}

/** Array voltages closer than this count as equal: the power is flat at its maximum, so its error is the square of this [1] */
const SAME_VOLTAGE = 1e-7;
const MAX_HALVINGS = 60;

/** Subarrays at one voltage; no diode keeps current from flowing back into the weaker ones. */
export interface SharedVoltage {
  /** Voltage of the last point [V] */
  voltageV: number;
  /** Power of each subarray at that voltage, before losses [kW] */
  readonly powersKw: Float64Array;
  /** Finds the voltage of the largest power together, within the window of the inverters. @returns the largest power without the window [kW] */
  find(effectiveWm2: (part: number) => number, tempCellC: (part: number) => number): number;
}

/** Returns the model of subarrays that are in parallel on one input of the inverters. @param parts each with modules in strings */
export function sharedVoltageOf(parts: readonly SolarSystem[]): SharedVoltage {
  const units = parts.map(({ module }) => module as DiodeModule & { modulesPerString: number; nStrings: number });
  const { inverter } = parts[0];
  const { mppMinV = 0, mppMaxV = 0 } = inverter.type === 'sandia' || inverter.type === 'curve' ? inverter : {};
  const highestV = mppMaxV > 0 ? mppMaxV : Number.POSITIVE_INFINITY;
  const powersKw = new Float64Array(parts.length);
  return {
    voltageV: 0,
    powersKw,
    find(effectiveWm2, tempCellC) {
      const curves = units.map((unit, p) => {
        const parameters = diodeParameters(unit, Math.max(effectiveWm2(p), 0), tempCellC(p));
        const { vMpV } = curvePoints(parameters);
        return { ...unit, parameters, vMpV: vMpV * unit.modulesPerString };
      });
      // The power of each is concave in the voltage, so the maximum of the sum lies between those of the lit ones.
      const own = curves.map(({ vMpV }) => vMpV).filter((volts) => volts > 0);
      powersKw.fill(0);
      this.voltageV = 0;
      if (own.length === 0) return 0;
      const slopeAt = (volts: number): number =>
        curves.reduce((sum, { parameters, modulesPerString, nStrings }) => {
          const { currentA, perV } = currentSlopeAt(parameters, volts / modulesPerString);
          return sum + nStrings * (currentA + (volts / modulesPerString) * perV);
        }, 0);
      const setPowers = (volts: number): number => {
        curves.forEach(({ parameters, modulesPerString, nStrings }, p) => {
          powersKw[p] = (volts * nStrings * currentSlopeAt(parameters, volts / modulesPerString).currentA) / 1000;
        });
        return powersKw.reduce((sum, power) => sum + power, 0);
      };
      let [low, high] = [Math.min(...own), Math.max(...own)];
      // Dark strings draw current: they lower the voltage of the maximum below that of the lit ones.
      if (own.length < curves.length) low = 0;
      for (let k = 0; k < MAX_HALVINGS && high - low > SAME_VOLTAGE * high; k++) {
        const middle = (low + high) / 2;
        if (slopeAt(middle) > 0) low = middle;
        else high = middle;
      }
      const best = (low + high) / 2;
      const largest = setPowers(best);
      const held = Math.min(Math.max(best, mppMinV), highestV);
      this.voltageV = held;
      // Inverters stop where the window leaves no power.
      if (held !== best && !(setPowers(held) > 0)) powersKw.fill(0);
      return largest;
    },
  };
}

/**
 * Returns the loss of a subarray's cables [kW] by its DC power and voltage. With modules in strings the current counts,
 * otherwise the power.
 */
export function dcWiringOf({ wiring, module, dcCapacityKw }: SolarSystem): (dcKw: number, voltageV: number) => number {
  const perKw = wiring ? wiring.dcPct / 100 / dcCapacityKw : 0;
  if (module.type === 'pvwatts') return (dc) => perKw * dc * dc;
  const ratedV = curvePoints(diodeParameters(module, 1000, 25)).vMpV * module.modulesPerString;
  return (dc, volts) => (volts > 0 ? perKw * (dc * (ratedV / volts)) ** 2 : 0);
}

/** What lies between the inverters and the meter. */
export interface PlantLosses {
  /** Whether anything is drawn while the inverters deliver nothing */
  readonly hasNightLoad: boolean;
  /** Power that remains of the inverters' net power after cables, core and windings of the transformer, and auxiliaries [kW]; set by `pass` */
  wiredKw: number;
  afterIronKw: number;
  afterCopperKw: number;
  leftKw: number;
  /** @param netKw power of the inverters, negative if they draw @param isNight whether they deliver nothing */
  pass(netKw: number, isNight: boolean): void;
}

/** Returns the model of cables, transformer and auxiliaries, chosen once for all steps. @param ratedKw AC rating of the inverters */
export function plantLossesOf({ wiring, transformer, auxiliaries }: SolarSystem, ratedKw: number): PlantLosses {
  const perKw = wiring ? wiring.acPct / 100 / ratedKw : 0;
  const transformerKw = transformer?.ratedKw ?? ratedKw;
  const ironKw = transformer ? (transformer.ironPct / 100) * transformerKw : 0;
  const copperPerKw = transformer ? transformer.copperPct / 100 / transformerKw : 0;
  const constantKw = auxiliaries ? auxiliaries.constantKw : 0;
  const nightKw = auxiliaries ? auxiliaries.nightKw : 0;
  const isOff = transformer?.isOffAtNight === true;
  return {
    hasNightLoad: constantKw > 0 || nightKw > 0 || (ironKw > 0 && !isOff),
    wiredKw: 0,
    afterIronKw: 0,
    afterCopperKw: 0,
    leftKw: 0,
    pass(net, isNight) {
      this.wiredKw = net - perKw * net * net;
      this.afterIronKw = this.wiredKw - (isNight && isOff ? 0 : ironKw);
      this.afterCopperKw = this.afterIronKw - copperPerKw * this.wiredKw * this.wiredKw;
      this.leftKw = this.afterCopperKw - constantKw - (isNight ? nightKw : 0);
    },
  };
}

/** Inverters together. */
export interface InverterModel {
  /** Most AC power at a temperature of the air [kW] */
  limitKw(tempAirC: number): number;
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

/** Returns the most power at a temperature of the air: that of the first point below it, 0 beyond the last. */
function deratedKw(tempC: readonly number[], kw: readonly number[], air: number): number {
  if (air <= tempC[0]) return kw[0];
  const i = tempC.findIndex((temp) => temp >= air);
  if (i < 0) return 0;
  return kw[i - 1] + ((kw[i] - kw[i - 1]) * (air - tempC[i - 1])) / (tempC[i] - tempC[i - 1]);
}

/** Returns the model of the inverters' AC power, chosen once for all steps. */
export function inverterOf({ inverter, dcCapacityKw, dcAcRatio, inverterEfficiency }: SolarSystem): InverterModel {
  const acKw = dcCapacityKw / dcAcRatio;
  switch (inverter.type) {
    case 'sandia': {
      const { inverter: unit, nInverters: count } = inverter;
      const toW = 1000 / count;
      return {
        limitKw: () => unit.paco / toW,
        runs: (dc) => dc * toW >= unit.pso,
        consumptionKw: Math.abs(unit.pnt) / toW,
        powerKw: (dc, voltage) => sandiaInverter(dc * toW, voltage, unit, Number.POSITIVE_INFINITY) / toW,
      };
    }
    case 'linear': {
      const start = inverter.consumption * acKw;
      const slope = acKw / (acKw / inverterEfficiency - start);
      return {
        limitKw: () => acKw,
        runs: (dc) => dc >= start,
        consumptionKw: 0,
        powerKw: (dc) => slope * (dc - start),
      };
    }
    case 'curve': {
      const acAt = curve(inverter.dcKw, inverter.acKw);
      const { nInverters: count, acRatingKw, nightW, derating } = inverter;
      return {
        limitKw: derating
          ? (air) => deratedKw(derating.tempAirC, derating.acKw, air) * count
          : () => acRatingKw * count,
        runs: (dc) => acAt(dc / count) > 0,
        consumptionKw: (nightW * count) / 1000,
        powerKw: (dc) => acAt(dc / count) * count,
      };
    }
    case 'pvwatts': {
      const dcLimitKw = acKw / inverterEfficiency;
      return {
        limitKw: () => inverterEfficiency * dcLimitKw,
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

/**
 * A year of energy. The default is the PVWatts chain: SPA, Perez, physical IAM for the beam, SAPM temperature, PVWatts DC and
 * inverter; each of them can be replaced by another model (`SolarSystem`). `prepareSite` computes once what only depends on the
 * site.
 */
import type { SolarSystem } from '../system.ts';
import { checkSystem, partsOf } from '../system.ts';
import { AcSide } from './ac-side.ts';
import { DcSide } from './dc-side.ts';
import { sharedVoltageOf } from './models.ts';
import type { PreparedSite } from './site.ts';
import { type LossWaterfall, waterfallOf } from './waterfall.ts';

export type { PreparedSite, PrepareOptions } from './site.ts';
export { prepareSite } from './site.ts';

export interface YearResult {
  readonly acAnnualKwh: number;
  /** At the inverter's input, after system losses. */
  readonly dcAnnualKwh: number;
  /** Insolation of the front before any shade [kWh/m2] */
  readonly poaUnshadedAnnualKwhM2: number;
  /** Insolation of the front after the horizon's and rows' shade [kWh/m2] */
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
  /** AC energy / (DC nameplate x unshaded insolation of the front at 1 kW/m2) [1], as in PVsyst */
  readonly performanceRatio: number;
  /** Series of length n; 0 with the sun down, but for an inverter's consumption. */
  readonly acKw: Float64Array;
  readonly dcKw: Float64Array;
  readonly poaUnshadedWm2: Float64Array;
  readonly poaWm2: Float64Array;
  /** Front after shade, soiling and reflection, before the spectrum: PVsyst's GlobEff [W/m2] */
  readonly poaEffectiveWm2: Float64Array;
  /** The air's temperature at night (Fuentes: the module's). */
  readonly cellTempC: Float64Array;
  readonly waterfall: LossWaterfall;
  /** In the order of the system's subarrays; none if it has none */
  readonly subarrays: readonly SubarrayYear[];
}

/** A subarray's part of a year. */
export interface SubarrayYear {
  /** AC energy [kWh]: in each step by its part of the DC power */
  readonly acAnnualKwh: number;
  readonly dcAnnualKwh: number;
  /** [kWh/m2] */
  readonly poaUnshadedAnnualKwhM2: number;
  readonly poaAnnualKwhM2: number;
  readonly poaBackAnnualKwhM2: number;
  /** Series of length n */
  readonly dcKw: Float64Array;
  readonly poaWm2: Float64Array;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

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
  const dcKw = new Float64Array(n);
  const poaWm2 = new Float64Array(n);
  const poaUnshadedWm2 = new Float64Array(n);
  const poaEffectiveWm2 = new Float64Array(n);
  const dcMonthlyKwh = new Float64Array(12);
  const poaMonthlyKwhM2 = new Float64Array(12);

  const parts = partsOf(system).map((part) => new DcSide(site, part));
  const shared =
    system.subarrays && system.subarrayMpp === 'shared' && sharedVoltageOf(parts.map((part) => part.system));
  const series = (system.subarrays ?? []).map(() => ({ dcKw: new Float64Array(n), poaWm2: new Float64Array(n) }));
  const ac = new AcSide(site, system, parts);
  // Sums over the steps [kW], turned into energies below.
  let atSharedVoltage = 0;
  let withoutSnow = 0;

  let step = 0;
  const effectiveOf = (p: number): number => parts[p].effectiveWm2(step);
  const cellOf = (p: number): number => parts[p].tempCellC(step);
  for (let k = 0; k < sunlit.count; k++) {
    const i = sunlit.index[k];
    const month = sunlit.month[k] - 1;
    step = k;
    if (shared) atSharedVoltage += shared.find(effectiveOf, cellOf);
    let dc = 0;
    for (let p = 0; p < parts.length; p++) {
      const part = parts[p];
      poaWm2[i] += part.share * part.optics.frontWm2[k];
      poaUnshadedWm2[i] += part.share * part.optics.transposedWm2[k];
      poaEffectiveWm2[i] += part.share * part.optics.coverWm2[k];
      const gross = shared ? shared.powersKw[p] : part.grossKw(k);
      if (shared) part.voltageV = shared.voltageV;
      withoutSnow += gross;
      part.take(k, gross, !shared);
      dc += part.dcKw;
      if (series.length > 0) {
        series[p].dcKw[i] = part.dcKw;
        series[p].poaWm2[i] = part.optics.frontWm2[k];
      }
    }
    poaMonthlyKwhM2[month] += (poaWm2[i] / 1000) * stepHours;
    dcKw[i] = dc;
    dcMonthlyKwh[month] += dc * stepHours;
    ac.convert(i, dc);
  }
  ac.consumeAtNight();

  const over = (value: (part: DcSide) => number): number => parts.reduce((total, part) => total + value(part), 0);
  const cellTempC =
    parts.length === 1
      ? parts[0].cellTempC
      : parts[0].cellTempC.map((_, i) => over((part) => part.share * part.cellTempC[i]));
  const acAnnualKwh = sum(ac.monthlyKwh);
  const dcAnnualKwh = sum(dcMonthlyKwh);
  const poaAnnualKwhM2 = sum(poaMonthlyKwhM2);
  const transposed = over(({ share, optics }) => share * optics.transposed);
  const atMaximum = over((part) => part.atMaximum);
  const startKwh = ((sum(sunlit.ghiWm2) * stepHours) / 1000) * dcCapacityKw;
  const waterfall = waterfallOf(
    system,
    startKwh,
    parts.map((part) => part.levels(stepHours)),
    {
      atReference: over((part) => part.atReference) * stepHours,
      atMaximum: atMaximum * stepHours,
      atSharedVoltage: (shared ? atSharedVoltage : atMaximum) * stepHours,
      withoutSnow: withoutSnow * stepHours,
      dc: over((part) => part.wired) * stepHours,
      unlimited: ac.unlimited * stepHours,
      clipped: ac.clipped * stepHours,
      consumed: ac.consumed * stepHours,
      inverted: ac.inverted * stepHours,
      wired: ac.wired * stepHours,
      afterIron: ac.afterIron * stepHours,
      afterCopper: ac.afterCopper * stepHours,
      uncurtailed: ac.uncurtailed * stepHours,
      delivered: ac.delivered * stepHours,
      ac: acAnnualKwh,
    },
  );
  return {
    acAnnualKwh,
    dcAnnualKwh,
    poaUnshadedAnnualKwhM2: transposed,
    poaAnnualKwhM2,
    poaBackAnnualKwhM2: over(({ share, optics }) => share * optics.back),
    acMonthlyKwh: ac.monthlyKwh,
    dcMonthlyKwh,
    poaMonthlyKwhM2,
    specificYieldKwhPerKw: acAnnualKwh / dcCapacityKw,
    capacityFactorPct: (100 * acAnnualKwh) / (dcCapacityKw * n * stepHours),
    performanceRatio: transposed > 0 ? acAnnualKwh / (dcCapacityKw * transposed) : Number.NaN,
    acKw: ac.powerKw,
    dcKw,
    poaUnshadedWm2,
    poaWm2,
    poaEffectiveWm2,
    cellTempC,
    waterfall,
    subarrays: series.map((one, p) => ({
      ...one,
      acAnnualKwh: ac.byInputKwh[p],
      dcAnnualKwh: parts[p].wired * stepHours,
      poaUnshadedAnnualKwhM2: parts[p].optics.transposed,
      poaAnnualKwhM2: parts[p].optics.afterRows,
      poaBackAnnualKwhM2: parts[p].optics.back,
    })),
  };
}

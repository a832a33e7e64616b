/** One form for modules and inverters from all sources: the bundled library, CEC rows, PVsyst's files. */
import type { LibraryInverter, LibraryModule } from './library.ts';
import type { OndFile, PanFile } from './pvsyst-files.ts';
import { curvePoints, diodeParameters } from '../power/single-diode.ts';
import type { IamChoice, InverterChoice, ModuleChoice, VoltageLimits } from '../system.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface ModuleComponent {
  readonly id: string;
  readonly name: string;
  readonly technology: string;
  /** Under standard conditions [W] */
  readonly powerW: number;
  /** [m2]; null where it is not known */
  readonly areaM2: number | null;
  /** Power / (area x 1000 W/m2) [1] */
  readonly efficiency: number | null;
  readonly vOcV: number;
  readonly vMpV: number;
  /** Temperature coefficient of the maximum power [1/K] */
  readonly gammaPerK: number;
  /** Rear power / front power [1]; null if it is not known */
  readonly bifaciality: number | null;
  readonly isBifacial: boolean;
  /** Reflection as the file states it */
  readonly iam?: IamChoice;
  /** Light-induced degradation as the file states it [%] */
  readonly lidPct?: number;
  readonly unit: Without<Extract<ModuleChoice, { type: 'cec' | 'pvsyst' }>, 'modulesPerString' | 'nStrings'>;
}

export interface InverterComponent {
  readonly id: string;
  readonly name: string;
  /** AC rating [W] */
  readonly powerW: number;
  /** AC rating / DC power at the rating [1] */
  readonly efficiency: number;
  /** DC voltage at its rating, if it is known [V] */
  readonly ratedDcV: number | null;
  readonly mppMinV: number | null;
  readonly mppMaxV: number | null;
  readonly maxDcV: number | null;
  readonly unit: Without<Extract<InverterChoice, { type: 'sandia' }> | OndFile['inverter'], 'nInverters'>;
}

export const moduleOfLibrary = (row: LibraryModule): ModuleComponent => ({
  id: row.id,
  name: row.name,
  technology: row.technology,
  powerW: row.powerW,
  areaM2: row.areaM2,
  efficiency: row.efficiency,
  vOcV: row.vOcV,
  vMpV: row.vMpV,
  gammaPerK: row.gammaPerK,
  bifaciality: null,
  isBifacial: row.isBifacial,
  unit: { type: 'cec', module: row.cec },
});

export const inverterOfLibrary = (row: LibraryInverter): InverterComponent => ({
  id: row.id,
  name: row.name,
  powerW: row.powerW,
  efficiency: row.efficiency,
  ratedDcV: row.sandia.vdco,
  mppMinV: row.mppMinV,
  mppMaxV: row.mppMaxV,
  maxDcV: row.maxDcV,
  unit: { type: 'sandia', inverter: row.sandia },
});

const named = (manufacturer: string, model: string, file: string): string =>
  [manufacturer, model].filter(Boolean).join(' ') || file;

/** Converts a .PAN file. @param file its name, for a module without a name */
export const moduleOfPan = (pan: PanFile, file: string): ModuleComponent => ({
  id: '',
  name: named(pan.manufacturer, pan.model, file),
  technology: pan.technology,
  powerW: pan.nominalPowerW,
  areaM2: pan.areaM2 ?? null,
  efficiency: pan.areaM2 === undefined ? null : pan.nominalPowerW / pan.areaM2 / 1000,
  vOcV: pan.vOcV,
  vMpV: pan.vMpV,
  gammaPerK: pan.gammaPerK,
  bifaciality: pan.bifaciality ?? null,
  isBifacial: (pan.bifaciality ?? 0) > 0,
  ...(pan.iam && { iam: pan.iam }),
  ...(pan.lidPct !== undefined && { lidPct: pan.lidPct }),
  unit: { type: 'pvsyst', module: pan.module },
});

/** Converts an .OND file. @param file its name, for an inverter without a name */
export const inverterOfOnd = (ond: OndFile, file: string): InverterComponent => {
  const { nInverters: _, ...unit } = ond.inverter;
  const last = unit.dcKw.length - 1;
  return {
    id: '',
    name: named(ond.manufacturer, ond.model, file),
    powerW: ond.acRatingKw * 1000,
    efficiency: unit.acKw[last] / unit.dcKw[last],
    ratedDcV: null,
    mppMinV: ond.mppMinV ?? null,
    mppMaxV: ond.mppMaxV ?? null,
    maxDcV: ond.maxDcV ?? null,
    unit,
  };
};

/** Returns the open-circuit voltage of a module in full sun [V]. */
export const openCircuitV = (unit: ModuleComponent['unit'], tempCellC: number): number =>
  curvePoints(diodeParameters(unit, 1000, tempCellC)).vOcV;

/**
 * Returns the modules in series that suit an inverter: their voltage under standard conditions is nearest to its rated
 * DC voltage, and their open-circuit voltage in full sun at the coldest cell temperature stays below its largest input; 1 if
 * the inverter's voltages are not known.
 */
function modulesPerString(
  module: ModuleComponent,
  inverter: InverterComponent | undefined,
  minCellTempC: number,
): number {
  if (!inverter) return 1;
  const { ratedDcV, mppMinV, mppMaxV, maxDcV } = inverter;
  const target = ratedDcV ?? (mppMinV !== null && mppMaxV !== null ? (mppMinV + mppMaxV) / 2 : null);
  if (target === null) return 1;
  const most =
    maxDcV === null || maxDcV === 0
      ? Number.POSITIVE_INFINITY
      : Math.floor(maxDcV / openCircuitV(module.unit, minCellTempC));
  return Math.max(1, Math.min(Math.round(target / module.vMpV), most));
}

/** Returns the whole strings of a module whose power is nearest to a capacity. @param fewest least number of strings */
export function stringsOf(
  module: ModuleComponent,
  inverter: InverterComponent | undefined,
  capacityKw: number,
  minCellTempC: number,
  inSeries = modulesPerString(module, inverter, minCellTempC),
  fewest = 1,
) {
  const stringKw = (module.powerW * inSeries) / 1000;
  const nStrings = Math.max(fewest, Math.round(capacityKw / stringKw));
  return { modulesPerString: inSeries, nStrings, dcCapacityKw: stringKw * nStrings };
}

/** Returns the limits of an inverter's voltage that are known. */
export const voltageLimitsOf = ({ mppMinV, mppMaxV, maxDcV }: InverterComponent): VoltageLimits => ({
  ...(mppMinV !== null && { mppMinV }),
  ...(mppMaxV !== null && { mppMaxV }),
  ...(maxDcV !== null && { maxDcV }),
});

/** Returns the whole inverters whose AC rating is nearest to a power, at least one. */
export function invertersOf<Unit extends InverterComponent['unit']>(
  inverter: InverterComponent & { readonly unit: Unit },
  acKw: number,
) {
  const nInverters = Math.max(1, Math.round((acKw * 1000) / inverter.powerW));
  return { ...inverter.unit, ...voltageLimitsOf(inverter), nInverters };
}

/**
 * Divides strings among subarrays by their shares: whole strings into whole ones by the largest remainders, at least one each if
 * there are enough.
 */
export function spreadStrings(nStrings: number, sharesPct: readonly number[]): number[] {
  const ideal = sharesPct.map((share) => (nStrings * share) / 100);
  if (!Number.isInteger(nStrings)) return ideal;
  // Rounding of shares that are whole strings must not take one away.
  const whole = ideal.map((strings) => Math.floor(strings + 1e-9));
  const left = nStrings - whole.reduce((sum, strings) => sum + strings, 0);
  const byRemainder = ideal.map((strings, k) => ({ k, part: strings - whole[k] })).sort((a, b) => b.part - a.part);
  for (const { k } of byRemainder.slice(0, left)) whole[k]++;
  if (nStrings >= whole.length)
    for (let k = whole.indexOf(0); k >= 0; k = whole.indexOf(0)) {
      whole[whole.indexOf(Math.max(...whole))]--;
      whole[k] = 1;
    }
  return whole;
}

/**
 * NREL's PVWatts version 8 as System Advisor Model runs it: a representative CEC module scaled to the nameplate, coated glass,
 * De Soto's air mass, NOCT temperature, shading between rows, and an inverter proportional above its own consumption.
 * @see Gilman et al. 2018, NREL/TP-6A20-67399; NREL's open SSC (cmod_pvwattsv8), from which the modules' parameters come
 */
import type { CecModule } from './single-diode.ts';
import type { Mounting, RowShading, SolarSystem } from '../system.ts';

interface Representative {
  readonly module: CecModule;
  /** At the maximum power point under standard conditions [W] */
  readonly powerW: number;
  readonly areaM2: number;
  readonly gammaPerK: number;
}

/** SAM's three kinds: Canadian Solar CS1H-320MS, SunPower SPR-E20-327, First Solar FS-6435A. */
export const SAM_MODULES = {
  standard: {
    module: {
      alphaScAPerK: 0.004755,
      aRefV: 1.65916,
      iLRefA: 9.51393,
      iORefA: 4.37813e-11,
      rSOhm: 0.269953,
      rShRefOhm: 654.059,
      adjustPct: 5.79586,
    },
    powerW: 35.8 * 9.01,
    areaM2: 1.6864,
    gammaPerK: -0.0037,
  },
  premium: {
    module: {
      alphaScAPerK: 0.0026,
      aRefV: 2.45326,
      iLRefA: 6.4704,
      iORefA: 2.01784e-11,
      rSOhm: 0.421231,
      rShRefOhm: 261.723,
      adjustPct: 9.56482,
    },
    powerW: 54.7 * 5.98,
    areaM2: 1.6297,
    gammaPerK: -0.0035,
  },
  thin_film: {
    module: {
      alphaScAPerK: 0.00102,
      aRefV: 7.97293,
      iLRefA: 2.55475,
      iORefA: 2.69243e-12,
      rSOhm: 4.60991,
      rShRefOhm: 2476.95,
      adjustPct: -2.49865,
    },
    powerW: 183.6 * 2.37,
    areaM2: 2.4751,
    gammaPerK: -0.0032,
  },
} as const satisfies Record<string, Representative>;
export type SamModuleKind = keyof typeof SAM_MODULES;

/**
 * Number of modules in a row from which SAM 7.1.1 treats the row as infinitely long; measured, like the other numbers
 * of its layout.
 */
const ENDLESS_ROW = 14;

/**
 * Returns SAM's layout for shading: modules of 300 W, 1 m by 1.7 m, about as many in a row as there are rows, two high on racks
 * and one on trackers, whose rows are infinitely long.
 */
function layoutOf(
  dcCapacityKw: number,
  mounting: Mounting['type'],
  gcr: number,
): Pick<RowShading, 'nRows' | 'lengthPerPitch'> {
  const modulesHigh = mounting === 'one_axis' ? 1 : 2;
  const across = Math.sqrt(Math.max(1, Math.ceil((dcCapacityKw * 1000) / 300)) / modulesHigh);
  const rowCount = Math.ceil(across);
  const modulesWide = Math.max(1, Math.round(across));
  if (mounting === 'one_axis' || modulesWide >= ENDLESS_ROW) return { nRows: rowCount };
  return { nRows: rowCount, lengthPerPitch: (modulesWide * gcr) / (modulesHigh * 1.7) };
}

/** Returns the inverter's own consumption as a share of its AC rating, by the plant's size. */
function consumptionOf(dcCapacityKw: number): number {
  if (dcCapacityKw * 1000 < 10) return 0.002246;
  return dcCapacityKw * 1000 < 1000 ? 0.002478 : 0.004931;
}

/**
 * Returns SAM's models for a plant.
 * @param dcCapacityKw DC nameplate power [kW]
 * @param gcr ground coverage ratio of racks, 0.01 to 1; a tracker has its own
 */
export function samPvwattsModels(
  dcCapacityKw: number,
  mounting: { readonly type: 'fixed' | 'roof' | 'two_axis' } | { readonly type: 'one_axis'; readonly gcr: number },
  { kind, gcr }: { readonly kind: SamModuleKind; readonly gcr: number },
) {
  const { module, powerW, areaM2, gammaPerK } = SAM_MODULES[kind];
  const rowGcr = mounting.type === 'one_axis' ? mounting.gcr : gcr;
  const hasRows = mounting.type === 'fixed' || mounting.type === 'one_axis';
  return {
    gammaPerK,
    transposition: 'perez_sam',
    iam: { type: 'sam' },
    spectral: { type: 'de_soto', maxZenithDeg: 86 },
    temperature: {
      type: 'noct_sam',
      noctC: mounting.type === 'roof' ? 49 : 45,
      moduleEfficiency: powerW / areaM2 / 1000,
      transmittanceAbsorptance: 0.9,
      arrayHeightStoreys: 1,
      mountStandoffInch: 6,
    },
    module: { type: 'cec', module, modulesPerString: 1, nStrings: (dcCapacityKw * 1000) / powerW },
    inverter: { type: 'linear', consumption: consumptionOf(dcCapacityKw) },
    ...(hasRows && {
      rows: {
        model: 'linear',
        asSam: true,
        nBlocks: 3,
        gcr: rowGcr,
        ...layoutOf(dcCapacityKw, mounting.type, rowGcr),
      },
    }),
  } as const satisfies Partial<SolarSystem>;
}

/** Returns the same system with SAM's models in every part; parameters as in `samPvwattsModels`. */
export const samPvwatts = (
  system: SolarSystem,
  options: { readonly kind: SamModuleKind; readonly gcr: number },
): SolarSystem => ({ ...system, ...samPvwattsModels(system.dcCapacityKw, system.mounting, options) });

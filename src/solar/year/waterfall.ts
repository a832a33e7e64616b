/** The waterfall of a year: what each step of the chain takes from the energy, from the sun to the grid. */
import { PVWATTS_LOSSES, type PvwattsLosses } from '../power/pvwatts.ts';
import type { SolarSystem } from '../system.ts';

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
  'shared_voltage',
  'mpp_window',
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
  'dc_wiring',
  'inverter_efficiency',
  'inverter_clipping',
  'availability',
  'inverter_consumption',
  'ac_wiring',
  'transformer_iron',
  'transformer_copper',
  'auxiliaries',
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

/** Returns the named losses that are applied, without those that a model replaces. */
export function namedLosses(system: SolarSystem): readonly (readonly [name: string, left: number])[] {
  const replaced: Readonly<Partial<Record<keyof PvwattsLosses, boolean>>> = {
    soiling: system.soiling !== undefined,
    snow: system.snow !== undefined,
    wiring: system.wiring !== undefined,
    age: system.degradation !== undefined,
    availability: system.availabilityPct !== undefined,
  };
  const losses = PVWATTS_LOSSES.filter((name) => !replaced[name]).map((name): [string, number] => [
    name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
    1 - system.lossesPct[name] / 100,
  ]);
  const { degradation } = system;
  if (degradation) losses.push(['degradation', (1 - degradation.pctPerYear / 100) ** (degradation.year - 1)]);
  return losses;
}

/** Energy after each step of the chain up to the DC power [kWh] */
export interface DcLevels {
  readonly optical: readonly [name: string, leftKwh: number][];
  readonly lossy: readonly [name: string, leftKwh: number][];
  readonly withSnow: number;
}

/** Energies of the electrical steps [kWh]. */
interface Electrical {
  readonly atReference: number;
  readonly atMaximum: number;
  readonly atSharedVoltage: number;
  readonly withoutSnow: number;
  readonly dc: number;
  readonly unlimited: number;
  readonly clipped: number;
  readonly consumed: number;
  readonly inverted: number;
  readonly wired: number;
  readonly afterIron: number;
  readonly afterCopper: number;
  readonly uncurtailed: number;
  readonly delivered: number;
  readonly ac: number;
}

/** Returns the waterfall. @param parts levels of each subarray up to its DC power */
export function waterfallOf(
  system: SolarSystem,
  startKwh: number,
  parts: readonly DcLevels[],
  energy: Electrical,
): LossWaterfall {
  /** Adds up the same step of all subarrays. */
  const together = (list: 'optical' | 'lossy'): [name: string, leftKwh: number][] =>
    parts[0][list].map(([name], k) => [name, parts.reduce((total, part) => total + part[list][k][1], 0)]);
  const levels: [name: string, leftKwh: number][] = [
    ...together('optical'),
    ['irradiance_level', energy.atReference],
    ['temperature', energy.atMaximum],
    ['shared_voltage', energy.atSharedVoltage],
    ['mpp_window', energy.withoutSnow],
    ['snow', parts.reduce((total, { withSnow }) => total + withSnow, 0)],
    ...together('lossy'),
    ['dc_wiring', energy.dc],
    ['inverter_efficiency', energy.unlimited],
    ['inverter_clipping', energy.clipped],
    ['availability', energy.inverted + energy.consumed],
    ['inverter_consumption', energy.inverted],
    ['ac_wiring', energy.wired],
    ['transformer_iron', energy.afterIron],
    ['transformer_copper', energy.afterCopper],
    ['auxiliaries', energy.uncurtailed],
    ['curtailment', energy.delivered],
    ['export_limit', energy.ac],
  ];
  const inSome = (name: 'farHorizon' | 'rows'): boolean =>
    system[name] !== undefined || (system.subarrays ?? []).some((one) => one[name] !== undefined);
  const chosen: Readonly<Record<string, boolean>> = {
    far_horizon: inSome('farHorizon'),
    row_shading: inSome('rows'),
    soiling: system.soiling !== undefined,
    bifacial_gain: system.bifacial !== undefined,
    irradiance_level: system.module.type !== 'pvwatts',
    shared_voltage: system.subarrayMpp === 'shared' && system.subarrays !== undefined,
    // More than the rounding of sums in another order
    mpp_window: energy.atSharedVoltage - energy.withoutSnow > 1e-12 * energy.atSharedVoltage,
    snow: system.snow !== undefined,
    dc_wiring: system.wiring !== undefined,
    availability: system.availabilityPct !== undefined,
    inverter_consumption: energy.consumed > 0,
    ac_wiring: system.wiring !== undefined,
    transformer_iron: system.transformer !== undefined,
    transformer_copper: system.transformer !== undefined,
    auxiliaries: system.auxiliaries !== undefined,
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

/** PVWatts: module power, inverter and system losses. @see Dobos 2014, PVWatts Version 5 Manual, NREL/TP-6A20-62641 */

/**
 * Returns the DC power, linear in irradiance and temperature.
 * @param effectiveIrradianceWm2 irradiance that reaches the cells [W/m2], >= 0
 * @param pdc0 DC power at 1000 W/m2 and 25 degC, in the unit of the result
 * @param gammaPerK temperature coefficient [1/K], usually -0.0047 to -0.002
 */
export const pvwattsDc = (effectiveIrradianceWm2: number, tempCellC: number, pdc0: number, gammaPerK: number): number =>
  (effectiveIrradianceWm2 / 1000) * pdc0 * (1 + gammaPerK * (tempCellC - 25));

/** Efficiency of the inverter that the curve was fitted to [1]. */
const REFERENCE_EFFICIENCY = 0.9637;

/** How the efficiency falls with the load, and at little load */
const PART_LOAD = { perLoad: 0.0162, none: 0.0059, whole: 0.9858 };

/**
 * Returns the AC power between 0 and the limit as a parabola of the DC power: `perDc2 * pdc^2 + perDc * pdc - none`.
 * @param pdc0 as of `pvwattsInverter`
 */
export function pvwattsParabola(pdc0: number, nominalEfficiency: number) {
  const nominal = nominalEfficiency / REFERENCE_EFFICIENCY;
  return {
    perDc2: (-PART_LOAD.perLoad * nominal) / pdc0,
    perDc: PART_LOAD.whole * nominal,
    none: PART_LOAD.none * nominal * pdc0,
  };
}

/**
 * Returns the AC power, from 0 to the limit.
 * @param pdc DC power, in the unit of the result
 * @param pdc0 DC power at which the inverter reaches its AC rating
 * @param nominalEfficiency [1]; default 0.96
 * @param limit default: nominal efficiency times `pdc0`; infinity shows what clipping costs
 */
export function pvwattsInverter(
  pdc: number,
  pdc0: number,
  nominalEfficiency = 0.96,
  limit = nominalEfficiency * pdc0,
): number {
  if (!(pdc > 0)) return 0;
  const load = pdc / pdc0;
  const efficiency =
    (nominalEfficiency / REFERENCE_EFFICIENCY) * (-PART_LOAD.perLoad * load - PART_LOAD.none / load + PART_LOAD.whole);
  return Math.max(0, Math.min(limit, efficiency * pdc));
}

/** System losses in the order in which they are applied. Stored systems do not keep the order of their fields. */
export const PVWATTS_LOSSES = [
  'soiling',
  'shading',
  'snow',
  'mismatch',
  'wiring',
  'connections',
  'lid',
  'nameplateRating',
  'age',
  'availability',
] as const;

/** System losses by name [%]. */
export type PvwattsLosses = Readonly<Record<(typeof PVWATTS_LOSSES)[number], number>>;

/** Returns the combined losses [%]; each is a share of what the previous ones leave. */
export const totalLossPct = (losses: PvwattsLosses): number =>
  100 * (1 - Object.values(losses).reduce((left, loss) => left * (1 - loss / 100), 1));

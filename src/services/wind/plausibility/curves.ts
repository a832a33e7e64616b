/** Doubts about turbines: curves, heights and the air that the curves hold for. */
import { type WindWarning, warnWind } from '../../../contracts/wind/warnings.ts';
import { powerCoefficient } from '../../../wind/turbine/generic-thrust.ts';
import type { TableCurve, TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { powerKw, ratedPowerKw } from '../../../wind/turbine/turbine.ts';

const BETZ = 16 / 27;
/** Least best power coefficient by the rotor's diameter [1]: of the library, rotors below 30 m have 0.22 to 0.45, larger ones 0.40 and more. */
const MIN_BEST_CP = { small: 0.25, large: 0.35, largeFromM: 40 };
const MAX_RATED_DIFFERENCE = 0.06;
const MIN_CLEARANCE_M = 5;
/** Hubs above the first are high over 1.5 diameters, those above the second over 2.5 [m]. */
const HIGH_HUB = { alwaysM: 200, fromM: 60 };
/** Distances of two rows that hide the form of a curve [m/s], where the power changes by more than this share [1] */
const WIDE_ROWS = [
  { speedMPerS: 4, power: 0.05 },
  { speedMPerS: 2, power: 0.25 },
] as const;
/** A disc that takes this share of the wind's power takes at least a tenth more of its thrust [1]: 4 a (1 - a) against 4 a (1 - a)2. */
const LOADED = { cp: 0.3, thrustOverPower: 1.05 };
/** A blade that is pitched out of the wind takes little thrust with little power [1]. */
const PITCHED = { cp: 0.1, ct: 0.5 };
/** Share of the rated power above which a row counts as one at which the turbine runs */
const RUNNING = 0.01;

/** @param pointer of the turbine in the request */
export function turbineWarnings(turbine: TurbineSpec, pointer: string): WindWarning[] {
  const { curve, name, diameterM, hubHeightM } = turbine;
  const doubts: WindWarning[] = [];
  const clearanceM = hubHeightM - diameterM / 2;
  if (clearanceM < MIN_CLEARANCE_M)
    doubts.push(warnWind('wind.ground_clearance', { turbine: name, clearance_m: clearanceM }, pointer));
  if (
    hubHeightM > HIGH_HUB.alwaysM
      ? hubHeightM > 1.5 * diameterM
      : hubHeightM > HIGH_HUB.fromM && hubHeightM > 2.5 * diameterM
  )
    doubts.push(
      warnWind(
        'wind.hub_height_unusual',
        { turbine: name, hub_height_m: hubHeightM, rotor_diameter_m: diameterM },
        pointer,
      ),
    );
  return curve.kind === 'table' ? [...doubts, ...tableWarnings(turbine, curve, pointer)] : doubts;
}

function tableWarnings(turbine: TurbineSpec, curve: TableCurve, pointer: string): WindWarning[] {
  const { name } = turbine;
  const { wsMPerS, powerKw: power, ct } = curve;
  const doubts: WindWarning[] = [];
  const largestKw = Math.max(...power);
  const rows = wsMPerS
    .map((speed, row) => ({ speed, kw: power[row], row }))
    .filter(({ kw }) => kw > RUNNING * largestKw);
  const moving = rows
    .filter(({ speed }) => speed >= 1.5)
    .map(({ speed, row }) => ({ speed, row, cp: powerCoefficient(turbine, curve, row) }));
  const best = moving.reduce((a, b) => (b.cp > a.cp ? b : a), { speed: 0, row: 0, cp: 0 });
  const leastBestCp = turbine.diameterM < MIN_BEST_CP.largeFromM ? MIN_BEST_CP.small : MIN_BEST_CP.large;
  if (best.cp > BETZ)
    doubts.push(
      warnWind('wind.power_above_betz', { turbine: name, cp_pct: 100 * best.cp, speed_m_s: best.speed }, pointer),
    );
  else if (best.cp < leastBestCp)
    doubts.push(warnWind('wind.power_coefficient_low', { turbine: name, cp_pct: 100 * best.cp }, pointer));
  const still = rows.find(({ speed }) => speed < 1.5);
  if (still)
    doubts.push(
      warnWind('wind.power_without_wind', { turbine: name, power_kw: still.kw, speed_m_s: still.speed }, pointer),
    );
  const end = rows[rows.length - 1].speed;
  if (end > 35) doubts.push(warnWind('wind.cut_out_late', { turbine: name, speed_m_s: end }, pointer));
  if (end < 20) doubts.push(warnWind('wind.cut_out_early', { turbine: name, speed_m_s: end }, pointer));
  const ratedKw = ratedPowerKw(turbine);
  if (Math.abs(ratedKw / largestKw - 1) > MAX_RATED_DIFFERENCE)
    doubts.push(
      warnWind('wind.rated_power_mismatch', { turbine: name, rated_kw: ratedKw, curve_kw: largestKw }, pointer),
    );
  const least = power.reduce((low, kw, row) => (kw < power[low] ? row : low), 0);
  if (power[least] < -0.02 * ratedKw)
    doubts.push(
      warnWind(
        'wind.own_consumption_high',
        {
          turbine: name,
          power_kw: -power[least],
          speed_m_s: wsMPerS[least],
          share_pct: (-100 * power[least]) / ratedKw,
        },
        pointer,
      ),
    );
  const dip = power.findIndex((kw, row) => Math.min(power[row - 1] ?? kw, power[row + 1] ?? kw) - kw > 0.1 * largestKw);
  if (dip >= 0)
    doubts.push(warnWind('wind.curve_dips', { turbine: name, power_kw: power[dip], speed_m_s: wsMPerS[dip] }, pointer));
  const wide = wsMPerS.findIndex(
    (speed, row) =>
      row > 0 &&
      WIDE_ROWS.some(
        (wide) =>
          speed - wsMPerS[row - 1] > wide.speedMPerS && Math.abs(power[row] - power[row - 1]) > wide.power * largestKw,
      ),
  );
  if (wide > 0)
    doubts.push(
      warnWind(
        'wind.curve_coarse',
        {
          turbine: name,
          lower_m_s: wsMPerS[wide - 1],
          upper_m_s: wsMPerS[wide],
          power_kw: Math.abs(power[wide] - power[wide - 1]),
        },
        pointer,
      ),
    );
  if (!ct) return doubts;
  const weak = moving.find(
    ({ row, cp }) =>
      power[row] > 0.05 * largestKw && ct[row] < (cp > LOADED.cp ? LOADED.thrustOverPower : 0.9) * cp && cp <= BETZ,
  );
  if (weak)
    doubts.push(
      warnWind(
        'wind.thrust_below_power',
        { turbine: name, cp_pct: 100 * weak.cp, speed_m_s: weak.speed, ct: ct[weak.row] },
        pointer,
      ),
    );
  const strong = moving.find(
    ({ row, speed, cp }) =>
      speed >= 8 && (ct[row] > 1.05 || (best.cp >= leastBestCp && cp < PITCHED.cp && ct[row] > PITCHED.ct)),
  );
  if (strong)
    doubts.push(warnWind('wind.thrust_high', { turbine: name, speed_m_s: strong.speed, ct: ct[strong.row] }, pointer));
  return doubts;
}

/**
 * @param stated the turbine as its curve was published
 * @param used the same at the density of the site
 */
export function densityWarnings(stated: TurbineSpec, used: TurbineSpec, pointer: string): WindWarning[] {
  const doubts: WindWarning[] = [];
  const siteKgM3 = used.refAirDensityKgM3;
  const published = [stated.refAirDensityKgM3, ...(stated.densityCurves ?? []).map((table) => table.densityKgM3)];
  // The nearest of the published curves, or one between two of them
  const curveKgM3 = Math.min(Math.max(siteKgM3, Math.min(...published)), Math.max(...published));
  const ratio = siteKgM3 / curveKgM3;
  if (ratio < 0.75 || ratio > 1.25)
    doubts.push(
      warnWind(
        'wind.density_correction_large',
        { turbine: stated.name, curve_kg_m3: curveKgM3, site_kg_m3: siteKgM3 },
        pointer,
      ),
    );
  if (siteKgM3 < 0.75 || siteKgM3 > 1.35)
    doubts.push(warnWind('wind.air_density_unusual', { turbine: stated.name, site_kg_m3: siteKgM3 }, pointer));
  return doubts;
}

/** Returns the gross power of a turbine by a table of winds, as a mean [kW]. */
export function meanPowerKw(
  turbine: TurbineSpec,
  { speedsMPerS, probability }: { readonly speedsMPerS: Float64Array; readonly probability: Float64Array },
): number {
  const power = Array.from(speedsMPerS, (speed) => powerKw(turbine, speed));
  return probability.reduce((sum, share, at) => sum + share * power[at % power.length], 0);
}

/** The public turbines of curve-table.ts, read once. */
import { CURVE_TABLE } from './curve-table.ts';
import type { TurbineSpec } from './turbine.ts';

const ORIGINS = {
  N: { source: 'NREL turbine-models 0.2.2', licence: 'BSD-3-Clause (NREL turbine-models)' },
  W: {
    source: 'windpowerlib 0.2.2, OpenEnergy database turbine library (power only, no Ct)',
    licence: "MIT (windpowerlib); curve data from the OEDB wind turbine library (manufacturers' published curves)",
  },
} as const;

const STANDSTILL = { powerKw: 0, ct: 0 };

let turbines: readonly TurbineSpec[] | null = null;

/** Returns the turbines; the first call reads the table. */
export function curveLibrary(): readonly TurbineSpec[] {
  turbines ??= CURVE_TABLE.trim().split('\n').map(turbineOf);
  return turbines;
}

function turbineOf(line: string): TurbineSpec {
  const [name, diameter, hubHeight, rated, origin, remark, speeds, powers, thrusts] = line.split('|');
  const { source, licence } = ORIGINS[origin === 'N' ? 'N' : 'W'];
  const numbers = (text: string) => text.split(' ').map(Number);
  return {
    name,
    diameterM: Number(diameter),
    hubHeightM: Number(hubHeight),
    refAirDensityKgM3: 1.225,
    nameplateKw: Number(rated),
    curve: {
      kind: 'table',
      wsMPerS: numbers(speeds),
      powerKw: numbers(powers),
      ct: thrusts === '' ? null : numbers(thrusts),
      below: STANDSTILL,
      above: STANDSTILL,
    },
    source: remark === '' ? source : `${source}; ${remark}`,
    licence,
  };
}

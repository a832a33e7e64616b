/**
 * The units that people read and write: those of the API, or those of the United States. Inside, everything is in the API's;
 * reports and the dashboard convert where a number is printed or typed.
 */
export const UNIT_SYSTEMS = ['metric', 'imperial'] as const;
export type UnitSystem = (typeof UNIT_SYSTEMS)[number];

export interface Unit {
  readonly name: string;
  /** What one of it is in the metric unit */
  readonly per: number;
  /** Where its zero lies in the metric unit; default 0 */
  readonly zero?: number;
}

export const M_PER_FT = 0.3048;
export const M_PER_MI = 1609.344;
const M2_PER_ACRE = 4046.8564224;

/** The imperial unit in place of a metric one; a unit that is not here is the same in both systems. NIST SP 811, appendix B */
const IMPERIAL: Readonly<Record<string, Unit>> = {
  m: { name: 'ft', per: M_PER_FT },
  km: { name: 'mi', per: M_PER_MI / 1000 },
  ha: { name: 'acres', per: M2_PER_ACRE / 1e4 },
  'km²': { name: 'acres', per: M2_PER_ACRE / 1e6 },
  'm/s': { name: 'mph', per: 0.44704 },
  'mm/h': { name: 'in/h', per: 25.4 },
  '°C': { name: '°F', per: 1 / 1.8, zero: -32 / 1.8 },
  '/m': { name: '/ft', per: 1 / M_PER_FT },
};

/** Returns the unit in which a quantity of this metric unit is shown. */
export const unitIn = (system: UnitSystem, metric: string): Unit =>
  (system === 'imperial' ? IMPERIAL[metric] : undefined) ?? { name: metric, per: 1 };

export const toUnit = ({ per, zero = 0 }: Unit, metric: number): number => (metric - zero) / per;

/** Digits that a number keeps on its way to metric and back, so that what was typed comes back */
const DIGITS = 12;
export const fromUnit = ({ per, zero = 0 }: Unit, value: number): number =>
  Number((value * per + zero).toPrecision(DIGITS));

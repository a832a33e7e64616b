/** Constants of the wake models, as `wake.constants` accepts them. */
import { z } from 'zod';
import { rangeOf } from '../common/fields.schema.ts';

/** Physical range, usual range, and what the constant is; the last part names the source of the models' own values. */
export const WAKE_CONSTANTS = {
  expansion_k: [
    0.005,
    0.3,
    0.02,
    0.12,
    "Expansion k of Jensen's and Bastankhah's wakes [1]",
    'PyWake: 0.04, 0.05 or 0.1 by the name of the Jensen model; 0.0324555 or 0.04 of the Gaussian ones',
  ],
  expansion_ka: [
    0,
    2,
    0.2,
    0.6,
    "Expansion by turbulence: k = ka TI + kb of Niayifar's and FLORIS's wakes [1]",
    'Niayifar and Porte-Agel 2016: 0.3837; FLORIS: 0.38',
  ],
  expansion_kb: [
    0,
    0.2,
    0.001,
    0.02,
    'Expansion without turbulence: k = ka TI + kb [1]',
    'Niayifar and Porte-Agel 2016: 0.003678; FLORIS: 0.004',
  ],
  epsilon_factor: [
    0.02,
    0.6,
    0.15,
    0.3,
    'Width at the rotor in diameters, as a factor of sqrt(beta) [1]',
    'Bastankhah and Porte-Agel 2014: 0.2; TurbOPark, Pedersen et al. 2022: 0.25',
  ],
  turbo_a: [0.005, 0.3, 0.02, 0.1, 'Expansion A of TurbOPark [1]', 'Pedersen et al. 2022: 0.04'],
  frandsen_c1: [
    0.1,
    10,
    1,
    2,
    "First constant of Frandsen's wake turbulence, in stf2017 and in TurbOPark [1]",
    'IEC 61400-1:2019, annex E: 1.5',
  ],
  frandsen_c2: [
    0.05,
    5,
    0.5,
    1.2,
    "Second constant of Frandsen's wake turbulence [1]",
    'IEC 61400-1:2019, annex E: 0.8',
  ],
  crespo_factor: [
    0,
    3,
    0.3,
    1,
    "Factor of Crespo and Hernandez's turbulence [1]",
    'Crespo and Hernandez 1996: 0.73; FLORIS: 0.5',
  ],
  crespo_induction_exponent: [
    0,
    3,
    0.5,
    1.2,
    'Exponent of the induction [1]',
    'Crespo and Hernandez 1996: 0.8325; FLORIS: 0.8',
  ],
  crespo_ambient_exponent: [
    -1,
    1,
    -0.1,
    0.15,
    'Exponent of the ambient turbulence [1]',
    'Crespo and Hernandez 1996: 0.0325; FLORIS: 0.1',
  ],
  crespo_distance_exponent: [-2, 0, -0.5, -0.2, 'Exponent of the distance [1]', 'Crespo and Hernandez 1996: -0.32'],
  near_wake_alpha: [
    0.05,
    5,
    0.3,
    1.2,
    "Near wake: alpha of FLORIS's Gauss models, by turbulence [1]",
    'Bastankhah and Porte-Agel 2016: 0.58',
  ],
  near_wake_beta: [
    0.005,
    1,
    0.04,
    0.16,
    "Near wake: beta of FLORIS's Gauss models, by induction [1]",
    'Bastankhah and Porte-Agel 2016: 0.077',
  ],
  jimenez_beta: [
    0.01,
    0.5,
    0.05,
    0.15,
    "Growth of the wake in Jimenez's deflection [1]",
    'PyWake, JimenezWakeDeflection: 0.1',
  ],
  blockage_gamma: [
    0.5,
    2,
    0.9,
    1.3,
    'Blockage: gamma, a factor of the thrust [1]',
    'Troldborg and Meyer Forsting 2017: 1.1',
  ],
  blockage_lambda: [
    0.1,
    2,
    0.4,
    0.8,
    'Blockage: lambda of the half radius [1]',
    'Troldborg and Meyer Forsting 2017: 0.587',
  ],
  blockage_eta: [0.2, 5, 1, 1.7, 'Blockage: eta of the half radius [1]', 'Troldborg and Meyer Forsting 2017: 1.32'],
  blockage_alpha: [
    0.1,
    3,
    0.6,
    1.2,
    'Blockage: alpha of the radial shape [1]',
    'Troldborg and Meyer Forsting 2017: 8/9',
  ],
  blockage_beta: [0.3, 4, 1, 2, 'Blockage: beta of the radial shape [1]', 'Troldborg and Meyer Forsting 2017: sqrt(2)'],
} as const satisfies Readonly<Record<string, readonly [number, number, number, number, string, string]>>;
export type WakeConstant = keyof typeof WAKE_CONSTANTS;
export type WakeConstants = Readonly<Partial<Record<WakeConstant, number>>>;

const field = ([min, max, , , what, source]: (typeof WAKE_CONSTANTS)[WakeConstant]) =>
  rangeOf(min, max, `${what}; left out: that of the model (${source})`).optional();

export const wakeConstantsSchema = z
  .strictObject(
    Object.fromEntries(Object.entries(WAKE_CONSTANTS).map(([name, row]) => [name, field(row)])) as Record<
      WakeConstant,
      ReturnType<typeof field>
    >,
  )
  .meta({
    id: 'WakeConstants',
    examples: [{ expansion_k: 0.05, epsilon_factor: 0.25 }],
    description: 'Constants of the wake model that replace its own; those that the model does not have are refused',
  });

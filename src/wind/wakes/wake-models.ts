/**
 * Wake models by name, each as its reference implementation defines it, and the parts from which a request can build
 * its own model.
 */
import { guard, windError } from '../check.ts';

/** Axial induction by thrust: one-dimensional momentum theory, 0.5 (1 - sqrt(1 - ct)), or Madsen's polynomial. */
export type Induction = 'mom1d' | 'madsen';

/** Speed that scales the deficit: the source's free or effective one, or the free one at the wake's target. */
export type DeficitReference = 'free_source' | 'effective_source' | 'free_target';

/** Top-hat wake of radius D/2 + k dw, averaged over the target's rotor. Jensen 1983, Risø-M-2411; Katic et al. 1986. */
export interface JensenDeficit {
  readonly kind: 'jensen';
  /** Expansion [-] */
  readonly k: number;
  readonly induction: Induction;
  readonly reference: DeficitReference;
}

/**
 * Gaussian wake of width k dw + epsilon D. Bastankhah and Porte-Agel 2014, doi:10.1016/j.renene.2014.01.002; with k by
 * turbulence Niayifar and Porte-Agel 2016, doi:10.3390/en9090741; IEA Wind Task 37 sets epsilon to 1/sqrt(8).
 */
export interface GaussianDeficit {
  readonly kind: 'gaussian';
  /** k = slope TI + base, with the source's effective turbulence intensity [-] */
  readonly k: { readonly slope: number; readonly base: number };
  /** epsilon = factor sqrt(0.5 (1 + s)/s), s = sqrt(1 - min(ct, ctLimit)), or a constant [-] */
  readonly epsilon: { readonly factor: number; readonly ctLimit: number } | { readonly constant: number };
  readonly induction: Induction;
  readonly reference: DeficitReference;
  /** Read at the rotor's centre or averaged over its disc */
  readonly rotorAverage: 'centre' | 'disc';
}

/** Gaussian wake whose width grows with Frandsen's wake turbulence. Pedersen et al. 2022, doi:10.1088/1742-6596/2265/2/022063 */
export interface TurboGaussianDeficit {
  readonly kind: 'turbo_gaussian';
  readonly a: number;
  readonly cTi: readonly [number, number];
  readonly epsilon: { readonly factor: number; readonly ctLimit: number };
  readonly induction: Induction;
  readonly reference: DeficitReference;
  readonly rotorAverage: 'centre' | 'disc';
  /** The ground as a mirror; its part adds in squares */
  readonly mirror: boolean;
}

/** c0 a^c1 TI0^c2 (dw/D)^c3 times the share of the rotor in the wake; largest one counts. Crespo and Hernandez 1996, doi:10.1016/0167-6105(95)00033-X */
export interface CrespoHernandezTurbulence {
  readonly kind: 'crespo_hernandez';
  readonly c: readonly [number, number, number, number];
  readonly induction: Induction;
}

/** Frandsen's wake turbulence, weighted by a bell in the angle; sums up linearly. Frandsen 2007, Risø-R-1188; IEC 61400-1:2019 annex E */
export interface Stf2017Turbulence {
  readonly kind: 'stf2017';
  readonly c: readonly [number, number];
}

export type Superposition = 'linear' | 'squared_sum' | 'max';

/**
 * Deflection of the wakes of yawed rotors: Jimenez et al. 2010, doi:10.1002/we.380, or Bastankhah and Porte-Agel 2016 as in
 * FLORIS.
 */
export type Deflection = 'jimenez' | 'gauss';

/** Analytic wakes between pairs of turbines, added up at each. */
export interface SuperposedWakeModel {
  readonly kind: 'superposed';
  readonly name: string;
  readonly deficit: JensenDeficit | GaussianDeficit | TurboGaussianDeficit;
  readonly superposition: Superposition;
  readonly turbulence: CrespoHernandezTurbulence | Stf2017Turbulence | null;
  /** Slow-down in front of rotors, added up linearly; left out: none */
  readonly blockage?: 'self_similar';
  readonly blockageConstants?: BlockageConstants;
  /** Left out: Jimenez's */
  readonly deflection?: Deflection;
  /** Growth of the wake in Jimenez's model [-]; left out: `JIMENEZ_BETA` */
  readonly jimenezBeta?: number;
}

/** Constants of self-similar blockage [-]: of the thrust, of the half radius, of the radial shape. */
export interface BlockageConstants {
  readonly gamma: number;
  readonly lambda: number;
  readonly eta: number;
  readonly alpha: number;
  readonly beta: number;
}

/** PyWake, JimenezWakeDeflection */
export const JIMENEZ_BETA = 0.1;

/** Troldborg and Meyer Forsting 2017, doi:10.1002/we.2137 */
export const SELF_SIMILAR: BlockageConstants = {
  gamma: 1.1,
  lambda: 0.587,
  eta: 1.32,
  alpha: 8 / 9,
  beta: Math.SQRT2,
};

/** Gauss as FLORIS defines it, on a grid of 3 x 3 points a rotor. Bastankhah and Porte-Agel 2016, doi:10.1017/jfm.2016.595 */
export interface FlorisWakeModel {
  readonly kind: 'floris_gauss';
  readonly name: string;
  readonly alpha: number;
  readonly beta: number;
  readonly ka: number;
  readonly kb: number;
  /** Exponent of the power law between heights [-] */
  readonly shear: number;
  /** Crespo-Hernandez: constant, exponents of induction, of ambient turbulence, of distance */
  readonly turbulence: readonly [number, number, number, number];
  /** Gauss-curl hybrid's parts. King et al. 2021, doi:10.5194/wes-6-701-2021 */
  readonly secondarySteering: boolean;
  readonly yawAddedRecovery: boolean;
  readonly transverseVelocities: boolean;
  /** Left out: Gauss's, which the gauss-curl hybrid needs */
  readonly deflection?: Deflection;
}

export type WakeModel = SuperposedWakeModel | FlorisWakeModel;

const BETA = { factor: 0.2, ctLimit: 0.899 };

const jensen = (name: string, k: number, induction: Induction): SuperposedWakeModel => ({
  kind: 'superposed',
  name,
  deficit: { kind: 'jensen', k, induction, reference: 'free_source' },
  superposition: 'squared_sum',
  turbulence: null,
});

/** Constants of FLORIS's Gauss models. */
export const FLORIS_GAUSS = { alpha: 0.58, beta: 0.077, ka: 0.38, kb: 0.004 };

const florisGauss = (name: string, shear: number, hasCurl: boolean): FlorisWakeModel => ({
  kind: 'floris_gauss',
  name,
  ...FLORIS_GAUSS,
  shear,
  turbulence: [0.5, 0.8, 0.1, -0.32],
  secondarySteering: hasCurl,
  yawAddedRecovery: hasCurl,
  transverseVelocities: hasCurl,
});

/** The named models; PyWake 2.6.20 and FLORIS 4.7 are the reference implementations. */
export const WAKE_MODELS: readonly WakeModel[] = [
  jensen('noj_k004', 0.04, 'madsen'),
  jensen('noj_k010', 0.1, 'madsen'),
  jensen('noj_mom1d_k005', 0.05, 'mom1d'),
  { ...jensen('noj_k004_stf2017', 0.04, 'madsen'), turbulence: { kind: 'stf2017', c: [1.5, 0.8] } },
  {
    kind: 'superposed',
    name: 'bastankhah_k00325',
    deficit: {
      kind: 'gaussian',
      k: { slope: 0, base: 0.0324555 },
      epsilon: BETA,
      induction: 'madsen',
      reference: 'free_source',
      rotorAverage: 'centre',
    },
    superposition: 'squared_sum',
    turbulence: null,
  },
  {
    kind: 'superposed',
    name: 'bastankhah2014_k004',
    deficit: {
      kind: 'gaussian',
      k: { slope: 0, base: 0.04 },
      epsilon: BETA,
      induction: 'mom1d',
      reference: 'effective_source',
      rotorAverage: 'centre',
    },
    superposition: 'linear',
    turbulence: null,
  },
  {
    kind: 'superposed',
    name: 'niayifar_crespo',
    deficit: {
      kind: 'gaussian',
      k: { slope: 0.3837, base: 0.003678 },
      epsilon: BETA,
      induction: 'mom1d',
      reference: 'effective_source',
      rotorAverage: 'disc',
    },
    superposition: 'linear',
    turbulence: { kind: 'crespo_hernandez', c: [0.73, 0.8325, 0.0325, -0.32], induction: 'mom1d' },
  },
  {
    kind: 'superposed',
    name: 'turbopark_nygaard2022',
    deficit: {
      kind: 'turbo_gaussian',
      a: 0.04,
      cTi: [1.5, 0.8],
      epsilon: { factor: 0.25, ctLimit: 0.96 },
      induction: 'mom1d',
      reference: 'free_target',
      rotorAverage: 'disc',
      mirror: true,
    },
    superposition: 'squared_sum',
    turbulence: null,
  },
  {
    kind: 'superposed',
    name: 'iea37_simple_gaussian',
    deficit: {
      kind: 'gaussian',
      k: { slope: 0, base: 0.0324555 },
      epsilon: { constant: 1 / Math.sqrt(8) },
      induction: 'mom1d',
      reference: 'free_source',
      rotorAverage: 'centre',
    },
    superposition: 'squared_sum',
    turbulence: null,
  },
  florisGauss('floris_gauss', 0, false),
  florisGauss('floris_gauss_shear012', 0.12, false),
  florisGauss('floris_gch', 0.12, true),
];

/**
 * Returns a wake model.
 * @param name as listed, letter for letter
 * @throws AppError `wind.invalid_input` with the known names
 */
export function wakeModel(name: string): WakeModel {
  const wakeModel = WAKE_MODELS.find((model) => model.name === name);
  if (!wakeModel)
    throw windError(
      `wake_model ${name} is not known; known are ${WAKE_MODELS.map((m) => m.name).join(', ')}`,
      '/wake/model',
    );
  return wakeModel;
}

/** Tells whether a model has parts of the gauss-curl hybrid. */
export const hasCurl = (model: FlorisWakeModel): boolean =>
  model.secondarySteering || model.yawAddedRecovery || model.transverseVelocities;

/** Refuses a model that cannot be computed. */
export function checkWakeModel(model: WakeModel): void {
  guard.requireFinite('wake', model);
  if (
    model.kind === 'superposed' &&
    'mirror' in model.deficit &&
    model.deficit.mirror &&
    model.superposition !== 'squared_sum'
  )
    throw windError(
      `wake model ${model.name}: a mirrored ground adds in squares; expected superposition squared_sum, got ${model.superposition}`,
    );
}

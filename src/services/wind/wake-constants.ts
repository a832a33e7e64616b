/** Sets the constants of a wake model from a request, and reads them for the result. */
import type { WakeConstant, WakeConstants } from '../../contracts/wind/wake-constants.ts';
import { windError } from '../../wind/check.ts';
import type { FlorisWakeModel, SuperposedWakeModel, WakeModel } from '../../wind/wakes/wake-models.ts';
import { JIMENEZ_BETA, SELF_SIMILAR } from '../../wind/wakes/wake-models.ts';

type Complete = Partial<Record<WakeConstant, number>>;

/** Returns the constants that a model has, with their values. */
export const wakeConstantsOf = (model: WakeModel): Complete =>
  model.kind === 'superposed' ? ofSuperposed(model) : ofFloris(model);

/**
 * Returns the model with other constants.
 * @throws AppError for a constant that the model does not have, with those that it has
 */
export function withWakeConstants(model: WakeModel, stated: WakeConstants): WakeModel {
  const own = wakeConstantsOf(model);
  const names = Object.keys(own);
  for (const name of Object.keys(stated))
    if (!names.includes(name))
      throw windError(
        `${model.name} with its superposition, turbulence, deflection and blockage has no ${name}; it has ${names.join(', ') || 'no constants'}`,
        `/wake/constants/${name}`,
      );
  const all = { ...own, ...stated };
  if (all.expansion_ka === 0 && all.expansion_kb === 0)
    throw windError('expansion_ka and expansion_kb are 0; a wake that never widens is none', '/wake/constants');
  return model.kind === 'superposed' ? superposedWith(model, all) : florisWith(model, all);
}

function ofSuperposed({
  deficit,
  turbulence,
  blockage,
  blockageConstants,
  jimenezBeta,
  ...model
}: SuperposedWakeModel) {
  const constants: Complete = {};
  if (deficit.kind === 'jensen') constants.expansion_k = deficit.k;
  if (deficit.kind === 'gaussian' && deficit.k.slope === 0) constants.expansion_k = deficit.k.base;
  if (deficit.kind === 'gaussian' && deficit.k.slope !== 0) {
    constants.expansion_ka = deficit.k.slope;
    constants.expansion_kb = deficit.k.base;
  }
  if (deficit.kind !== 'jensen' && 'factor' in deficit.epsilon) constants.epsilon_factor = deficit.epsilon.factor;
  if (deficit.kind === 'turbo_gaussian') {
    constants.turbo_a = deficit.a;
    [constants.frandsen_c1, constants.frandsen_c2] = deficit.cTi;
  }
  if (turbulence?.kind === 'stf2017') [constants.frandsen_c1, constants.frandsen_c2] = turbulence.c;
  if (turbulence?.kind === 'crespo_hernandez') Object.assign(constants, crespoOf(turbulence.c));
  if ((model.deflection ?? 'jimenez') === 'jimenez') constants.jimenez_beta = jimenezBeta ?? JIMENEZ_BETA;
  if (blockage) {
    const { gamma, lambda, eta, alpha, beta } = blockageConstants ?? SELF_SIMILAR;
    constants.blockage_gamma = gamma;
    constants.blockage_lambda = lambda;
    constants.blockage_eta = eta;
    constants.blockage_alpha = alpha;
    constants.blockage_beta = beta;
  }
  return constants;
}

function superposedWith(model: SuperposedWakeModel, all: Complete): SuperposedWakeModel {
  const of = (name: WakeConstant) => all[name]!;
  const { deficit, turbulence } = model;
  return {
    ...model,
    deficit:
      deficit.kind === 'jensen'
        ? { ...deficit, k: of('expansion_k') }
        : deficit.kind === 'gaussian'
          ? {
              ...deficit,
              k:
                all.expansion_k === undefined
                  ? { slope: of('expansion_ka'), base: of('expansion_kb') }
                  : { slope: 0, base: all.expansion_k },
              epsilon:
                'factor' in deficit.epsilon ? { ...deficit.epsilon, factor: of('epsilon_factor') } : deficit.epsilon,
            }
          : {
              ...deficit,
              a: of('turbo_a'),
              cTi: [of('frandsen_c1'), of('frandsen_c2')],
              epsilon: { ...deficit.epsilon, factor: of('epsilon_factor') },
            },
    turbulence:
      turbulence?.kind === 'stf2017'
        ? { ...turbulence, c: [of('frandsen_c1'), of('frandsen_c2')] }
        : turbulence && { ...turbulence, c: crespoFrom(all) },
    ...(all.jimenez_beta !== undefined && { jimenezBeta: all.jimenez_beta }),
    ...(model.blockage && {
      blockageConstants: {
        gamma: of('blockage_gamma'),
        lambda: of('blockage_lambda'),
        eta: of('blockage_eta'),
        alpha: of('blockage_alpha'),
        beta: of('blockage_beta'),
      },
    }),
  };
}

const ofFloris = ({ alpha, beta, ka, kb, turbulence }: FlorisWakeModel): Complete => ({
  near_wake_alpha: alpha,
  near_wake_beta: beta,
  expansion_ka: ka,
  expansion_kb: kb,
  ...crespoOf(turbulence),
});

const florisWith = (model: FlorisWakeModel, all: Complete): FlorisWakeModel => ({
  ...model,
  alpha: all.near_wake_alpha!,
  beta: all.near_wake_beta!,
  ka: all.expansion_ka!,
  kb: all.expansion_kb!,
  turbulence: crespoFrom(all),
});

const crespoOf = ([factor, induction, ambient, distance]: readonly [number, number, number, number]): Complete => ({
  crespo_factor: factor,
  crespo_induction_exponent: induction,
  crespo_ambient_exponent: ambient,
  crespo_distance_exponent: distance,
});

const crespoFrom = (all: Complete): [number, number, number, number] => [
  all.crespo_factor!,
  all.crespo_induction_exponent!,
  all.crespo_ambient_exponent!,
  all.crespo_distance_exponent!,
];

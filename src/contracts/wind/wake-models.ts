/** Names of the wake models, as `wake.model` accepts them; `WAKE_MODELS` of the engine has a model for each. */
export const WAKE_MODEL_NAMES = [
  'noj_k004',
  'noj_k010',
  'noj_mom1d_k005',
  'noj_k004_stf2017',
  'bastankhah_k00325',
  'bastankhah2014_k004',
  'niayifar_crespo',
  'turbopark_nygaard2022',
  'iea37_simple_gaussian',
  'floris_gauss',
  'floris_gauss_shear012',
  'floris_gch',
] as const;
export type WakeModelName = (typeof WAKE_MODEL_NAMES)[number];

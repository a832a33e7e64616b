/** The wake model that windIO's `attributes.analysis` asks for, in the names of requests. */

import type { WakeModelName } from '../../contracts/wind/wake-models.ts';

/** A part of a document that has no effect, and why */
export interface NotUsed {
  readonly path: string;
  readonly reason: string;
}

/** Fields of `wake` of a request */
export interface WindIoWake {
  model?: WakeModelName;
  superposition?: 'linear' | 'squared_sum' | 'max';
  turbulence?: 'none' | 'crespo_hernandez' | 'stf2017';
  deflection?: 'jimenez' | 'gauss';
  blockage?: 'none' | 'self_similar';
}

type Tree = Readonly<Record<string, unknown>>;

/** Models by windIO's name and their wake expansion; the first one is that of a document without constants. */
const MODELS: Readonly<Record<string, readonly { readonly model: WakeModelName; readonly k: number | null }[]>> = {
  Jensen: [
    { model: 'noj_k004', k: 0.04 },
    { model: 'noj_k010', k: 0.1 },
  ],
  Bastankhah2014: [
    { model: 'bastankhah_k00325', k: 0.0324555 },
    { model: 'bastankhah2014_k004', k: 0.04 },
  ],
  Bastankhah2016: [{ model: 'floris_gauss', k: null }],
  TurbOPark: [{ model: 'turbopark_nygaard2022', k: null }],
};
/** Other parts of a wake model: where windIO has the name, and ours for each of its names */
const PARTS = {
  superposition: ['superposition_model', 'ws_superposition', { Linear: 'linear', Squared: 'squared_sum', Max: 'max' }],
  turbulence: ['turbulence_model', 'name', { STF2017: 'stf2017', CrespoHernandez: 'crespo_hernandez', None: 'none' }],
  deflection: ['deflection_model', 'name', { Jimenez: 'jimenez', Bastankhah2016: 'gauss', None: 'jimenez' }],
  blockage: ['blockage_model', 'name', { None: 'none', SelfSimilarityDeficit: 'self_similar' }],
} as const satisfies {
  readonly [Field in Exclude<keyof WindIoWake, 'model'>]: readonly [
    part: string,
    key: string,
    names: Readonly<Record<string, NonNullable<WindIoWake[Field]>>>,
  ];
};
/** Wakes expand by this constant, within its rounding [-] */
const SAME_EXPANSION = 1e-4;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the wake model of a document, and what of its `attributes` has no effect. */
export function wakeOfAttributes(attributes: unknown): { wake: WindIoWake; notUsed: readonly NotUsed[] } {
  if (!isTree(attributes)) return { wake: {}, notUsed: [] };
  const notUsed: NotUsed[] = [];
  const note = (path: string, reason: string) => void notUsed.push({ path: `/attributes/${path}`, reason });
  const { analysis, ...others } = attributes;
  for (const key of Object.keys(others)) note(key.slice(0, 100), 'a setting of another program or of its output');
  if (!isTree(analysis)) return { wake: {}, notUsed };
  const wake: WindIoWake = {};
  const model = modelOf(analysis.wind_deficit_model, note);
  if (model !== null) wake.model = model;
  for (const [field, [part, key, names]] of Object.entries(PARTS)) {
    const value = isTree(analysis[part]) ? analysis[part][key] : undefined;
    if (value === undefined || value === null) continue;
    const own = Object.entries(names).find(([name]) => name === String(value))?.[1];
    if (own === undefined)
      note(`analysis/${part}/${key}`, `${String(value).slice(0, 60)} is none of ${Object.keys(names).join(', ')}`);
    else Object.assign(wake, { [field]: own });
  }
  const readKeys: Readonly<Record<string, readonly string[]>> = {
    wind_deficit_model: ['name', 'wake_expansion_coefficient'],
    ...Object.fromEntries(Object.values(PARTS).map(([part, key]) => [part, [key]])),
  };
  for (const [part, value] of Object.entries(analysis)) {
    const keys = readKeys[part];
    if (keys === undefined) note(`analysis/${part.slice(0, 100)}`, 'nothing here reads it');
    else if (isTree(value))
      for (const key of Object.keys(value).filter((one) => !keys.includes(one)))
        note(`analysis/${part}/${key.slice(0, 100)}`, 'the constant is that of the wake model');
  }
  // FLORIS's models have their own superposition, turbulence and no blockage.
  if (model === 'floris_gauss')
    for (const field of ['superposition', 'turbulence', 'blockage'] as const)
      if (wake[field] !== undefined) {
        note(`analysis/${field}_model`, `${model} is defined with its own`);
        delete wake[field];
      }
  return { wake, notUsed };
}

function modelOf(deficit: unknown, note: (path: string, reason: string) => void): WakeModelName | null {
  if (!isTree(deficit) || deficit.name === undefined) return null;
  const models = MODELS[String(deficit.name)];
  if (models === undefined) {
    note(
      'analysis/wind_deficit_model/name',
      `${String(deficit.name).slice(0, 60)} is none of ${Object.keys(MODELS).join(', ')}; the default of wake.model is used`,
    );
    return null;
  }
  const expansion = deficit.wake_expansion_coefficient;
  if (!isTree(expansion)) return models[0].model;
  const { k_a: constant, k_b: slope } = expansion;
  const fits = models.find(
    ({ k }) => k !== null && typeof constant === 'number' && Math.abs(k - constant) < SAME_EXPANSION && !slope,
  );
  if (!fits)
    note(
      'analysis/wind_deficit_model/wake_expansion_coefficient',
      `its constants are those of no model here; ${models[0].model} is used`,
    );
  return (fits ?? models[0]).model;
}

/** The papers behind a solar job: those of every model that it used, including defaults and presets. */
import type { SolarAnalyzeInput } from '../../../contracts/solar/result.schema.ts';
import type { SolarSystemBody } from '../../../contracts/solar/system.schema.ts';
import { papersOf } from '../../../lib/references.ts';
import { OPTIMIZER_REFERENCES } from '../../../optimize/references.ts';
import { SOLAR_REFERENCES } from '../../../solar/references.ts';
import { resolvedValue } from '../engine-system.ts';

/** What a job says of its models. */
interface ModelsUsed {
  /** Resolved: components looked up, presets replaced by their models */
  readonly system: { readonly system: SolarSystemBody };
  readonly job: { readonly input: Pick<SolarAnalyzeInput, 'decomposition' | 'edge_steps'> };
  readonly design: { readonly method: string } | null;
}

/** @throws Error for a model without a source */
export function solarReferences({ system: { system }, job, design }: ModelsUsed): string[] {
  const { decomposition, edge_steps } = job.input;
  const of = (choice: keyof typeof SOLAR_REFERENCES, name: string) => papersOf(SOLAR_REFERENCES, choice, name);
  const { mounting, rows, bifacial, soiling, snow, subarrays = [{ mounting, rows }] } = system;
  return [
    ...new Set([
      ...of('sun_position', 'spa'),
      ...of('air_mass', 'kasten_young'),
      ...of('extraterrestrial', 'spencer'),
      ...of('edge_steps', edge_steps),
      ...of('decomposition', decomposition),
      ...subarrays.flatMap((one) => of('mounting', (one.mounting ?? mounting).type)),
      ...of('transposition', system.transposition),
      ...subarrays.flatMap(({ rows: own = rows }) => (own ? of('rows', own.model) : [])),
      ...(system.subarrays ? of('subarray_mpp', resolvedValue(system.subarray_mpp, 'subarray_mpp')) : []),
      ...(bifacial ? of('bifacial', 'infinite_sheds') : []),
      ...(soiling ? of('soiling', soiling.type) : []),
      ...of('iam', resolvedValue(system.iam, 'iam').type),
      ...of('spectral', system.spectral.type),
      ...of('temperature', system.temperature.type),
      ...of('module', system.module.type),
      ...(snow ? of('snow', snow.type) : []),
      ...of('losses', 'pvwatts'),
      ...(system.wiring ? of('losses', 'wiring') : []),
      ...(system.transformer ? of('losses', 'transformer') : []),
      ...of('inverter', system.inverter.type),
      ...of('uncertainty', 'components'),
      ...(design ? papersOf(OPTIMIZER_REFERENCES, 'method', design.method) : []),
    ]),
  ];
}

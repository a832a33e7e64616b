/** The papers behind a wind job: those of every model that it used, including defaults. */
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import { papersOf } from '../../../lib/references.ts';
import { OPTIMIZER_REFERENCES } from '../../../optimize/references.ts';
import { WIND_REFERENCES } from '../../../wind/references.ts';
import type { WindClimate } from '../../../wind/resource/climate.ts';
import { wakeModelOf } from '../setup.ts';

/** What a job says of its models. */
interface ModelsUsed {
  readonly body: WindAnalyzeInput | Omit<WindOptimizeInput, 'boundary'>;
  readonly climate: Pick<WindClimate, 'resource' | 'heightM' | 'longTerm'>;
}

/** Returns the papers of a search's method. */
const methodPapers = (method: string): readonly string[] =>
  papersOf(method in WIND_REFERENCES.method ? WIND_REFERENCES : OPTIMIZER_REFERENCES, 'method', method);

/** Returns the papers of the fit that the report shows; a request with distributions needs none. */
const weibullPapers = (resource: WindClimate['resource']): readonly string[] =>
  resource?.kind === 'weibull'
    ? []
    : papersOf(WIND_REFERENCES, 'weibull', resource?.kind === 'rose' ? 'wasp' : 'maximum_likelihood');

/** @throws Error for a model without a source */
export function windReferences({ body, climate }: ModelsUsed): string[] {
  const of = (choice: keyof typeof WIND_REFERENCES, name: string) => papersOf(WIND_REFERENCES, choice, name);
  const model = wakeModelOf(body);
  const isFloris = model.kind === 'floris_gauss';
  const superposition = isFloris ? 'squared_sum' : model.superposition;
  const turbulence = isFloris ? 'crespo_hernandez' : (model.turbulence?.kind ?? 'none');
  const blockage = isFloris ? 'none' : (model.blockage ?? 'none');
  const isSteered = 'wake_steering' in body && body.wake_steering !== undefined;
  const isYawed = isSteered || ('flow_maps' in body && body.flow_maps.some(({ yaw_deg }) => yaw_deg));
  const deflection = model.deflection ?? (isFloris ? 'gauss' : 'jimenez');
  return [
    ...new Set([
      ...of('energy', 'bins'),
      ...weibullPapers(climate.resource),
      ...(climate.longTerm ? of('long_term', climate.longTerm.method) : []),
      ...(climate.heightM === null ? [] : of('shear', body.shear?.model ?? 'power')),
      ...(body.air || body.air_density_kg_m3 === 'weather' ? of('air_density', 'moist') : []),
      ...(body.air || body.air_density_kg_m3 !== undefined ? of('density_correction', body.density_correction) : []),
      ...of('wake', model.name),
      ...body.turbines.flatMap(({ generic_thrust: thrust }) => (thrust ? of('generic_thrust', thrust) : [])),
      ...of('superposition', superposition),
      ...of('turbulence', turbulence),
      ...of('blockage', blockage),
      ...(isYawed || body.wake.deflection ? of('deflection', deflection) : []),
      ...(isSteered ? of('wake_steering', 'serial_refine') : []),
      ...('method' in body ? methodPapers(body.method) : []),
    ]),
  ];
}

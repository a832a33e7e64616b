import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { publicTurbine } from '../../../wind/turbine/turbine-library.ts';
import type { ValidateContext } from './types.ts';

/** One turbine as turbines.json writes it. */
export interface TurbineJson {
  name: string;
  diameter_m: number;
  hub_height_m: number;
  ref_air_density: number;
  power_equation?: string;
  cut_in: number;
  rated_ws: number;
  cut_out: number;
  rated_kw: number;
  ct_constant: number;
  ws: number[];
  power_kw: number[];
  ct: number[] | null;
  below: { power_kw: number; ct?: number };
  above: { power_kw: number; ct?: number };
}

export function turbineOfJson(json: TurbineJson): TurbineSpec {
  return {
    name: json.name,
    diameterM: json.diameter_m,
    hubHeightM: json.hub_height_m,
    refAirDensityKgM3: json.ref_air_density,
    // The OpenEnergy database ends its names with the nameplate power: V90/2000.
    nameplateKw: /\/\d+$/.test(json.name) ? Number(json.name.split('/')[1]) : undefined,
    curve: json.power_equation
      ? {
          kind: 'cubic',
          cutInMPerS: json.cut_in,
          ratedMPerS: json.rated_ws,
          cutOutMPerS: json.cut_out,
          ratedKw: json.rated_kw,
          ct: json.ct_constant,
        }
      : {
          kind: 'table',
          wsMPerS: json.ws,
          powerKw: json.power_kw,
          ct: json.ct,
          below: { powerKw: json.below.power_kw, ct: json.below.ct ?? 0 },
          above: { powerKw: json.above.power_kw, ct: json.above.ct ?? 0 },
        },
  };
}

/** Returns the turbines by name: from turbines.json in the same folder, otherwise from the library. */
export async function turbineFinder(context: ValidateContext): Promise<(name: string) => TurbineSpec> {
  const file = (await context.readJson('turbines.json')) as { turbines: TurbineJson[] };
  return (name) => {
    const turbine = file.turbines.find((turbine) => turbine.name === name);
    return turbine ? turbineOfJson(turbine) : publicTurbine(name);
  };
}

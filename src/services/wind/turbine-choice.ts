/** The engine's turbine of a request: of the public library, or by its curve. */
import type { TurbineChoice, WindTurbineBody } from '../../contracts/wind/requests.schema.ts';
import { withGenericThrust } from '../../wind/turbine/generic-thrust.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { checkTurbine, tableCurve, withGeometry } from '../../wind/turbine/turbine.ts';
import { publicTurbine } from '../../wind/turbine/turbine-library.ts';

/**
 * Returns the turbine of a request.
 * @param curve its own, or that of its id; left out: the id is of the public library
 */
export function turbineOfChoice(choice: TurbineChoice, curve: WindTurbineBody | undefined): TurbineSpec {
  const { hub_height_m: hubHeightM, rotor_diameter_m: diameterM, generic_thrust: thrust } = choice;
  const spec = curve ? turbineOfCurve(curve) : publicTurbine(choice.id!);
  const sized =
    hubHeightM === undefined && diameterM === undefined ? spec : withGeometry(spec, { hubHeightM, diameterM });
  return thrust === undefined ? sized : withGenericThrust(sized, thrust);
}

/** Returns the engine's turbine from an uploaded curve. */
export function turbineOfCurve(curve: WindTurbineBody): TurbineSpec {
  const spec: TurbineSpec = {
    name: curve.name,
    diameterM: curve.rotor_diameter_m,
    hubHeightM: curve.hub_height_m,
    refAirDensityKgM3: curve.air_density_kg_m3,
    nameplateKw: curve.rated_kw,
    ...(curve.density_curves && {
      densityCurves: curve.density_curves.map((table) => ({
        densityKgM3: table.air_density_kg_m3,
        powerKw: table.power_kw,
        ct: table.thrust_coefficient ?? null,
      })),
    }),
    curve: tableCurve(curve.wind_speed_m_s, curve.power_kw, curve.thrust_coefficient ?? null),
  };
  checkTurbine(spec);
  return spec;
}

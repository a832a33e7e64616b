/** IEA Wind Task 37, case studies 3 and 4: real boundaries and winds. Thomas et al. 2023, doi:10.5194/wes-8-865-2023 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OptimizeWindRequest } from '../../src/client/api.ts';
import type { EnergyInput } from '../../src/wind/energy/energy.ts';
import type { LayoutSite } from '../../src/wind/layout/layout-site.ts';
import type { Point } from '../../src/geometry/projection.ts';
import { powerKw } from '../../src/wind/turbine/turbine.ts';
import { wakeModel } from '../../src/wind/wakes/wake-models.ts';
import { ROOT } from '../../test/support/fixtures.ts';

export type CaseNumber = 3 | 4;

/** As the task's files have it; `baseline` is the task's layout to compare with, and no search sees it. */
interface CaseFile {
  readonly turbines: number;
  readonly boundary: Readonly<Record<string, readonly Point[]>>;
  readonly min_spacing_m: number;
  readonly turbine: {
    readonly rotor_diameter_m: number;
    readonly rated_power_kw: number;
    readonly cut_in_m_s: number;
    readonly rated_m_s: number;
    readonly cut_out_m_s: number;
    readonly ct: number;
  };
  readonly rose: {
    readonly directions_deg: readonly number[];
    readonly frequency: readonly number[];
    readonly speeds_m_s: readonly number[];
    readonly probability_of_speed_by_direction: readonly (readonly number[])[];
  };
  readonly baseline: { readonly x: readonly number[]; readonly y: readonly number[]; readonly aep_mwh: number };
}

export interface Iea37Case {
  readonly turbines: number;
  readonly site: LayoutSite;
  readonly baseline: CaseFile['baseline'];
  /** Fields of `POST /v1/wind/optimize` that describe the task */
  readonly request: OptimizeWindRequest;
  input(xM: ArrayLike<number>, yM: ArrayLike<number>): EnergyInput;
}

/** Height of the hub [m]; it has no effect, because all are the same */
const HUB_HEIGHT_M = 119;
/** Requests have a curve by points, with straight lines between them. */
const CURVE_POINTS_PER_M_S = 100;

export function iea37Case(number: CaseNumber): Iea37Case {
  const file = join(ROOT, 'test', 'fixtures', 'reference', 'wind', `iea37-cs${number}.json`);
  const { turbines, boundary, min_spacing_m, turbine, rose, baseline } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as CaseFile;
  const spec = {
    name: 'IEA 10 MW of case studies 3 and 4',
    diameterM: turbine.rotor_diameter_m,
    hubHeightM: HUB_HEIGHT_M,
    refAirDensityKgM3: 1.225,
    curve: {
      kind: 'cubic' as const,
      cutInMPerS: turbine.cut_in_m_s,
      ratedMPerS: turbine.rated_m_s,
      cutOutMPerS: turbine.cut_out_m_s,
      ratedKw: turbine.rated_power_kw,
      ct: turbine.ct,
    },
  };
  const wind = {
    directionsDeg: Float64Array.from(rose.directions_deg),
    speedsMPerS: Float64Array.from(rose.speeds_m_s),
    probability: Float64Array.from(
      rose.frequency.flatMap((frequency, d) => rose.probability_of_speed_by_direction[d].map((p) => frequency * p)),
    ),
  };
  const nDirections = rose.directions_deg.length;
  const { cut_in_m_s: cutIn, rated_m_s: rated, cut_out_m_s: cutOut } = turbine;
  const cubic = Array.from(
    { length: (rated - cutIn) * CURVE_POINTS_PER_M_S + 1 },
    (_, i) => cutIn + i / CURVE_POINTS_PER_M_S,
  );
  const curveSpeeds = [0, ...cubic, cutOut];
  const closed = Object.values(boundary).map((outer) => [[...outer, outer[0]]]);
  return {
    turbines,
    request: {
      resource: {
        type: 'rose',
        directions: 'exact',
        wind_direction_deg: rose.directions_deg,
        wind_speed_m_s: rose.speeds_m_s,
        frequency: Array.from({ length: nDirections }, (_, d) =>
          Array.from(wind.probability.subarray(d * rose.speeds_m_s.length, (d + 1) * rose.speeds_m_s.length)),
        ),
      },
      turbines: [
        {
          curve: {
            name: spec.name,
            rotor_diameter_m: spec.diameterM,
            hub_height_m: spec.hubHeightM,
            rated_kw: turbine.rated_power_kw,
            wind_speed_m_s: curveSpeeds,
            power_kw: curveSpeeds.map((speed) => powerKw(spec, speed)),
            thrust_coefficient: curveSpeeds.map(() => turbine.ct),
          },
        },
      ],
      boundary: { type: 'MultiPolygon', unit: 'm', coordinates: closed },
      n_turbines: turbines,
      min_spacing_diameters: min_spacing_m / turbine.rotor_diameter_m,
      wake: { model: 'iea37_simple_gaussian' },
    },
    site: { zones: Object.values(boundary).map((outer) => ({ outer })), minSpacingM: min_spacing_m },
    baseline,
    input: (xM, yM) => ({
      farm: { xM, yM, turbines: [spec] },
      model: wakeModel('iea37_simple_gaussian'),
      rose: wind,
      ti: 0.075,
    }),
  };
}

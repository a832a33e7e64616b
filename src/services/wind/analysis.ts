/** Converts a request of `POST /v1/wind/analyze` to the engine's work, and the engine's output to the result. */
import type { z } from 'zod';
import { referencePoint, type WindClimate } from '../../wind/resource/climate.ts';
import type { WindAnalysisResult, WindAnalysisSpec } from '../../wind/tasks.ts';
import type { WindAnalyzeInput } from '../../contracts/wind/requests.schema.ts';
import { isTimeSeries } from '../../contracts/wind/requests.schema.ts';
import type { flowMapMetaSchema, windAnalysisResultSchema } from '../../contracts/wind/result.schema.ts';
import type { AnalyzeFarmInput } from '../../wind/energy/analyze-farm.ts';
import { SpanningTree } from '../../wind/layout/cable.ts';
import { windError } from '../../wind/check.ts';
import type { Farm } from '../../wind/turbine/farm.ts';
import { checkFarm, ownCount } from '../../wind/turbine/farm.ts';
import type { FlowMap } from '../../wind/energy/flow-map.ts';
import type { LocalProjection } from '../../geometry/projection.ts';
import { requireApart } from '../../wind/turbine/spacing.ts';
import {
  placesOf,
  requireNearGrid,
  requireNearPoints,
  speedupsAt,
  speedupsOfPoints,
  withHubFactors,
} from '../../wind/resource/resource-grid.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { evaluationSeconds, requireTime } from './estimate.ts';
import { economicsView } from '../economics/project.ts';
import { computedBy } from '../jobs/computed-by.ts';
import { curtailmentOf, withModes } from './curtailment.ts';
import { farmEconomics, plantOf, yieldView } from './result.ts';
import type { FarmConditions } from './setup.ts';
import { farmConditions, globeOf, planeOf, projectionOf, specsAtDensity, withNeighbours } from './setup.ts';

export interface AnalysisPlan {
  readonly spec: WindAnalysisSpec;
  readonly farm: Farm;
  readonly projection: LocalProjection | null;
}

/** Columns of a stored series. */
export interface NamedColumns {
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly meta: Readonly<Record<string, unknown>>;
}

/**
 * Checks a request and plans its computation.
 * @throws AppError that names the field, its value and what is possible
 */
export function analysisPlan(
  body: WindAnalyzeInput,
  turbines: readonly TurbineSpec[],
  climate: WindClimate,
): AnalysisPlan {
  const specs = specsAtDensity(body, turbines, climate);
  const projection = projectionOf(body);
  const { xM, yM } = planeOf(body.layout, projection);
  const placed = withNeighbours(body, { xM, yM, turbines: specs, kind: body.layout.turbine_index }, projection);
  const farm = withModes({ body, farm: placed, climate });
  checkFarm(farm);
  const grid = climate.grid ?? climate.gridBounds;
  if (grid) requireNearGrid(grid, farm, 'turbine', '/layout');
  const places = climate.points ? placesOf(climate.points) : climate.pointPlaces;
  // Neighbours take the wind of the nearest point, however far it is.
  if (places) requireNearPoints(places, { xM, yM }, '/layout');
  requireApart(farm, '/layout');
  if (body.mode === 'time_series' && climate.resource?.kind !== 'series')
    throw windError('mode is time_series and the resource has no steps; expected binned', '/mode');
  const { speedups: stated, ...others } = farmConditions(body, specs, climate, body.bins, isTimeSeries(body));
  if (stated && climate.points)
    throw windError('the resource has its own wind at each point; expected no speed-ups', '/speedups');
  const { reference } = body.resource?.type === 'upload' ? body.resource : {};
  const conditions: FarmConditions = {
    ...others,
    speedups: climate.points
      ? speedupsOfPoints(
          climate.points,
          referencePoint(climate.points, reference && { xM: reference.x_m, yM: reference.y_m }),
          farm,
        )
      : stated,
  };
  const flow = farmFlow(farm, conditions);
  const steering = body.wake_steering;
  return {
    farm,
    projection,
    spec: {
      farm: {
        ...conditions,
        farm,
        curtailment: curtailmentOf({ body, farm, projection, climate }, conditions.resource),
      },
      steering: steering
        ? {
            ...flow,
            wsMPerS: steering.wind_speed_m_s,
            minYawDeg: steering.min_yaw_deg,
            maxYawDeg: steering.max_yaw_deg,
            directionsDeg: directionsBy(steering.direction_step_deg),
          }
        : null,
      maps: body.flow_maps.map((map) => ({
        ...flow,
        directionDeg: map.wind_direction_deg,
        wsMPerS: map.wind_speed_m_s,
        heightM: map.height_m,
        nX: map.n_x,
        nY: map.n_y,
        yawDeg: map.yaw_deg && Array.from(farm.xM, (_, i) => map.yaw_deg?.[i] ?? 0),
      })),
    },
  };
}

/** Returns a farm in its wind for one direction and speed at a time. Its turbulence intensity is the mean over the sectors. */
export function farmFlow(farm: Farm, { ti, model, floris, ...conditions }: FarmConditions) {
  const { resourceGrid, hubFactors } = conditions;
  const base = resourceGrid ? speedupsAt(resourceGrid, farm.xM, farm.yM) : conditions.speedups;
  return {
    farm,
    model,
    floris,
    speedups: withHubFactors(base, hubFactors, farm.kind ?? new Uint8Array(farm.xM.length)),
    ti: typeof ti === 'number' ? ti : ti.reduce((sum, value) => sum + value, 0) / ti.length,
  };
}

const directionsBy = (stepDeg: number): number[] => {
  const count = Math.round(360 / stepDeg);
  return Array.from({ length: count }, (_, i) => (360 * i) / count);
};

/** Evaluations that one direction's angles take of each turbine: passes times candidates of `steerWakes`. */
const STEERING_EVALUATIONS = 15;
/** A single speed costs more than one of many, whose pairs share their geometry, but for FLORIS's models. */
const SINGLE_SPEED = 6;
/** Yawed rotors of the gauss-curl hybrid shed three times the vortices. */
const YAWED_VORTICES = 2;

/**
 * @param storedSteps steps of a stored time series, which the plan does not hold yet; 0 for other resources
 * @returns the compute time [s]
 * @throws AppError `job.too_large` if the analysis would not end in time
 */
export function requireFeasibleAnalysis(
  { spec, farm }: AnalysisPlan,
  body: WindAnalyzeInput,
  limitS: number,
  storedSteps = 0,
): number {
  const { model, resource } = spec.farm;
  const turbines = farm.xM.length;
  const directions = model.kind === 'superposed' ? SINGLE_SPEED : 1;
  const single = evaluationSeconds({ model, turbines, directions, speeds: 1 });
  const rose = resource.kind === 'rose' ? resource.rose : null;
  const steps = resource.kind === 'series' ? resource.wsMPerS.length : isTimeSeries(body) ? storedSteps : 0;
  const binned = rose
    ? evaluationSeconds({ model, turbines, directions: rose.directionsDeg.length, speeds: rose.speedsMPerS.length })
    : 0;
  // With all rules, with the rules before each one, and with each one only, where it acts.
  const solutions = 1 + 2 * (body.curtailment?.rules.length ?? 0);
  const energy = (steps > 0 ? single * steps : binned) * solutions;
  requireTime(energy, limitS, { name: 'layout: turbines', pointer: '/layout', value: turbines, power: 2 });
  if (!spec.steering || !rose) return energy;
  const one = model.kind === 'floris_gauss' && model.transverseVelocities ? YAWED_VORTICES * single : single;
  const yawed = one * rose.directionsDeg.length * rose.speedsMPerS.length;
  const seeking = one * spec.steering.directionsDeg.length * turbines * STEERING_EVALUATIONS;
  const all = energy + yawed + seeking;
  requireTime(all, limitS, {
    name: 'the directions of wake_steering',
    pointer: '/wake_steering/direction_step_deg',
    value: Math.round(360 / body.wake_steering!.direction_step_deg),
  });
  return all;
}

/** Makes the result of an analysis and the series that are stored with it. */
export function analysisResult(
  body: WindAnalyzeInput,
  { farm, projection, spec }: AnalysisPlan,
  climate: WindClimate,
  result: WindAnalysisResult,
): { result: z.output<typeof windAnalysisResultSchema>; series: Map<string, NamedColumns> } {
  const { analysis, angles, steered, maps } = result;
  const own = ownCount(farm);
  const xM = Array.from(farm.xM).slice(0, own);
  const yM = Array.from(farm.yM).slice(0, own);
  const cableM = new SpanningTree(xM.length).length(xM, yM);
  const kinds = body.layout.turbine_index ?? xM.map(() => 0);
  const plant = plantOf(body.economics, farm.turbines, body.turbines, kinds);
  const series = new Map<string, NamedColumns>();
  if (analysis.powerKw) {
    const { powerKw } = analysis;
    const { resource } = spec.farm;
    const stepHours = resource.kind === 'series' ? resource.stepHours : 1;
    const timeMs = climate.timeMs ?? Float64Array.from(powerKw, (_, i) => i * stepHours * 3.6e6);
    const speeds = resource.kind === 'series' ? Float64Array.from(resource.wsMPerS) : powerKw;
    series.set('power', {
      columns: { time_ms: timeMs, power_kw: powerKw, wind_speed_hub_m_s: speeds },
      meta: { step_minutes: stepHours * 60 },
    });
  }
  if (angles.length > 0)
    series.set('yaw', {
      columns: {
        wind_direction_deg: Float64Array.from(angles, ({ directionDeg }) => directionDeg),
        aligned_kw: Float64Array.from(angles, ({ alignedKw }) => alignedKw),
        steered_kw: Float64Array.from(angles, ({ steeredKw }) => steeredKw),
        ...Object.fromEntries(
          xM.map((_, i) => [`turbine_${i + 1}_deg`, Float64Array.from(angles, ({ yawDeg }) => yawDeg[i])]),
        ),
      },
      meta: {},
    });
  maps.forEach((map, i) => {
    series.set(`flow-map-${i + 1}`, mapColumns(map, farm, body.flow_maps[i].wind_direction_deg));
  });
  return {
    result: {
      is_complete: true,
      wake_model: spec.farm.model.name,
      ...yieldView(analysis, body),
      layout: { x_m: xM, y_m: yM, ...globeOf(projection, xM, yM), cable_length_m: cableM },
      site_wind: siteWind(spec.farm, analysis.frequencyEffect),
      n_records_excluded: climate.leftOut,
      long_term: climate.longTerm && {
        method: climate.longTerm.method,
        slope: climate.longTerm.slope,
        intercept_m_s: climate.longTerm.interceptMPerS,
        correlation: climate.longTerm.correlation,
        n_concurrent_records: climate.longTerm.n,
        measured_wind_speed_mean_m_s: climate.longTerm.measuredMPerS,
        long_term_wind_speed_mean_m_s: climate.longTerm.longTermMPerS,
        n_clipped_to_zero: climate.longTerm.raisedToZero,
        monthly_correlation: climate.longTerm.monthlyCorrelation,
        reference_index: climate.longTerm.referenceIndex,
        references: climate.longTerm.references.map(({ correlation, monthlyCorrelation, n, longTermMPerS }) => ({
          correlation,
          monthly_correlation: monthlyCorrelation,
          n_concurrent_records: n,
          long_term_wind_speed_mean_m_s: longTermMPerS,
        })),
        sectors:
          climate.longTerm.sectors?.map(({ centreDeg, slope, interceptMPerS, correlation, n }) => ({
            wind_direction_deg: centreDeg,
            slope,
            intercept_m_s: interceptMPerS,
            correlation,
            n_concurrent_records: n,
          })) ?? null,
      },
      wake_steering: steered && {
        wind_speed_m_s: body.wake_steering!.wind_speed_m_s,
        annual_aligned_energy_with_wakes_kwh: analysis.wakedKwh,
        annual_steered_energy_with_wakes_kwh: steered.wakedKwh,
        gain_pct: analysis.wakedKwh > 0 ? 100 * (steered.wakedKwh / analysis.wakedKwh - 1) : 0,
        annual_energy_kwh: steered.netKwh,
      },
      flow_maps: maps.map(({ freeMPerS, wsMPerS }, i) => ({
        series: `flow-map-${i + 1}`,
        wind_direction_deg: body.flow_maps[i].wind_direction_deg,
        freestream_m_s: freeMPerS,
        min_wind_speed_m_s: wsMPerS.reduce((low, ws) => Math.min(low, ws), Number.POSITIVE_INFINITY),
      })),
      economics: body.economics
        ? economicsView(farmEconomics(body.economics, { ...plant, netKwh: analysis.netKwh, cableM }))
        : null,
      computed_by: computedBy([result.device]),
    },
    series,
  };
}

function siteWind({ resource, resourceGrid: grid, speedups }: AnalyzeFarmInput, frequencyEffect: number | null) {
  if (!grid && !speedups) return null;
  const rose = resource.kind === 'rose' ? resource.rose : null;
  const of = (isOwn: unknown) => (isOwn ? 'by_place' : 'reference') as 'by_place' | 'reference';
  return {
    frequencies: of(grid?.frequency && rose),
    weibull_shapes: of(grid?.weibull && rose?.weibull),
    frequency_effect_pct: frequencyEffect === null ? null : 100 * frequencyEffect,
  };
}

/** Returns the points of a map as rows of columns; `meta` contains what the picture needs. */
function mapColumns({ xM, yM, wsMPerS, freeMPerS }: FlowMap, farm: Farm, directionDeg: number): NamedColumns {
  const columns = xM.length;
  return {
    columns: {
      x_m: Float64Array.from(wsMPerS, (_, p) => xM[p % columns]),
      y_m: Float64Array.from(wsMPerS, (_, p) => yM[Math.floor(p / columns)]),
      wind_speed_m_s: wsMPerS,
    },
    meta: {
      n_x: columns,
      n_y: yM.length,
      freestream_m_s: freeMPerS,
      wind_direction_deg: directionDeg,
      turbines: Array.from(farm.xM, (x, i) => [x, farm.yM[i], farm.turbines[farm.kind?.[i] ?? 0].diameterM]),
    } satisfies z.output<typeof flowMapMetaSchema>,
  };
}

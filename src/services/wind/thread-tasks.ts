/** What the API computes for requests of wind farms; it runs in a compute thread, so that the event loop stays free. */
import type { z } from 'zod';
import type { windIoRequestSchema } from '../../contracts/wind/library.schema.ts';
import { checked } from '../../contracts/common/checked.ts';
import { fileText } from '../../contracts/common/file-text.ts';
import {
  type WindAnalyzeInput,
  type WindOptimizeInput,
  type WindTurbineBody,
  windTurbineSchema,
} from '../../contracts/wind/requests.schema.ts';
import type { SiteWarning } from '../../contracts/sites/warnings.ts';
import { areaDoubts } from '../../geometry/area-doubts.ts';
import { type JsonText, toJson } from '../../lib/json-text.ts';
import { decodeColumns } from '../../series/columns.ts';
import { windError } from '../../wind/check.ts';
import type { NotUsed } from '../../wind/formats/windio-wake.ts';
import { parseWtg, type WtgOptions } from '../../wind/formats/wtg.ts';
import { readWindIoFile } from '../../wind/formats/windio-file.ts';
import { type ClimateInput, windClimate } from '../../wind/resource/climate.ts';
import type { GridBounds, Places } from '../../wind/resource/resource-grid.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import type { StoredJob } from '../jobs/jobs.ts';
import type { JobSize } from '../jobs/working-kind.ts';
import { analysisPlan, requireFeasibleAnalysis } from './analysis.ts';
import { type WindMapWork, mapWork } from '../../wind/energy/device-flow-map.ts';
import { isCarried, requireSunPlace } from './curtailment.ts';
import { flowMapPicture, layoutPicture, rosePicture } from './figures.ts';
import { feasibleIterations, layoutPlan, searchSeconds, searchWork } from './layout.ts';
import type { WindSearchWork } from '../../wind/layout/device-work.ts';
import type { WindJobRow, WindReferences } from './load.ts';
import { climateOf, inlineClimate } from './setup.ts';
import { requestOfWindIo, windIoOfJob } from './windio.ts';

/** Replaces a stored wind resource while a request is validated: whether the farm is valid does not depend on it. */
const PLACEHOLDER_WIND = inlineClimate({
  type: 'weibull',
  sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }],
})!;

/** Returns the request without the fields that only its stored wind resource can check. */
const withoutClimate = <Body extends WindAnalyzeInput | WindOptimizeInput>(body: Body): Body => ({
  ...body,
  turbulence_intensity: body.turbulence_intensity === 'measured' ? 0.08 : body.turbulence_intensity,
  mode: undefined,
  curtailment: body.curtailment && { ...body.curtailment, rules: body.curtailment.rules.filter(isCarried) },
  shear: body.shear?.model === 'fitted' ? undefined : body.shear,
  air_density_kg_m3: body.air_density_kg_m3 === 'weather' ? undefined : body.air_density_kg_m3,
});

interface Checked<Body> {
  readonly body: Body;
  readonly specs: readonly TurbineSpec[];
  /** Where the grid of a stored wind resource is */
  readonly gridBounds?: GridBounds;
  /** Places of a stored wind resource that is no grid */
  readonly pointPlaces?: Places;
  /** Compute time of a job [s] */
  readonly limitS: number;
}

/**
 * @param request.storedSteps steps of a stored time series that the analysis refers to
 * @returns the input as it is stored
 */
export function checkAnalysis({
  body,
  specs,
  gridBounds,
  pointPlaces,
  limitS,
  storedSteps,
}: Checked<WindAnalyzeInput> & { readonly storedSteps: number }): {
  readonly input: JsonText<WindAnalyzeInput>;
  readonly work: WindMapWork;
  readonly size: JobSize;
} {
  const climate = inlineClimate(body.resource);
  const plan = analysisPlan(climate ? body : withoutClimate(body), specs, {
    ...(climate ?? PLACEHOLDER_WIND),
    gridBounds,
    pointPlaces,
  });
  requireSunPlace(body, plan.projection);
  const seconds = requireFeasibleAnalysis(plan, body, limitS, storedSteps);
  return { input: toJson(body), work: mapWork(plan.spec.maps), size: { seconds, limitS, evaluations: null } };
}

/** @returns the input as it is stored, with the iterations of each search, and the doubts about its areas */
export function checkSearch({ body, specs, gridBounds, pointPlaces, limitS }: Checked<WindOptimizeInput>): {
  readonly input: JsonText<WindOptimizeInput & { readonly n_iterations: number }>;
  readonly work: WindSearchWork;
  readonly size: JobSize;
  readonly warnings: SiteWarning[];
} {
  const climate = inlineClimate(body.resource);
  const checked = climate ? body : withoutClimate(body);
  const plan = layoutPlan(checked, specs, { ...(climate ?? PLACEHOLDER_WIND), gridBounds, pointPlaces }, 0);
  requireSunPlace(body, plan.projection);
  const n_iterations = feasibleIterations(plan, checked, limitS);
  return {
    input: toJson({ ...body, n_iterations }),
    work: searchWork(plan, checked, n_iterations),
    size: {
      seconds: searchSeconds(plan, checked, n_iterations),
      limitS,
      evaluations: n_iterations * plan.runs.length,
    },
    warnings: [
      // The turbines of the best layout are compared with the place of the wind.
      ...areaDoubts(body.boundary, '/boundary', null),
      ...areaDoubts(body.exclusions, '/exclusions', null),
    ],
  };
}

/** Converts a windIO document to fields of requests. */
export const readWindIo = (bytes: Uint8Array): z.output<typeof windIoRequestSchema> =>
  requestOfWindIo(readWindIoFile(bytes)) as z.output<typeof windIoRequestSchema>;

interface WtgUpload extends WtgOptions {
  readonly bytes: Uint8Array;
  /** Default: that of the file */
  readonly name?: string;
}

/** Reads WAsP's file of a turbine as the body of an upload. */
export function readWtg({ bytes, name, ...options }: WtgUpload): { curve: WindTurbineBody; notUsed: NotUsed[] } {
  const turbine = parseWtg(
    fileText(bytes, (reason) => windError(reason, '/file')),
    options,
  );
  const curve = {
    name: name ?? turbine.name,
    rotor_diameter_m: turbine.diameterM,
    hub_height_m: turbine.hubHeightM,
    air_density_kg_m3: turbine.airDensityKgM3,
    wind_speed_m_s: turbine.wsMPerS,
    power_kw: turbine.powerKw,
    ...(turbine.ct && { thrust_coefficient: turbine.ct }),
    ...(turbine.densityCurves.length > 0 && {
      density_curves: turbine.densityCurves.map(({ densityKgM3, powerKw, ct }) => ({
        air_density_kg_m3: densityKgM3,
        power_kw: powerKw,
        ...(ct && { thrust_coefficient: ct }),
      })),
    }),
  };
  return { curve: checked(windTurbineSchema, curve, '/file', 'wind.invalid_input'), notUsed: [...turbine.notUsed] };
}

const parsed = ({ job, input, result }: StoredJob): WindJobRow =>
  ({ ...job, input: JSON.parse(input), result: result && JSON.parse(result) }) as WindJobRow;

/** Returns what the input of a job refers to. */
export function referencesOf(input: string): WindReferences {
  const { turbines, weather_ids, weather_height_m, resource, speedups } = JSON.parse(input) as WindJobRow['input'];
  return {
    turbines,
    weather_ids,
    weather_height_m,
    resource: resource?.type === 'upload' ? resource : undefined,
    speedups: speedups && 'resource_id' in speedups ? speedups : undefined,
  };
}

interface DrawnJob {
  readonly stored: StoredJob;
  readonly specs: readonly TurbineSpec[];
}

/** Returns a job that has ended as a windIO document. */
export function windIo({ stored, specs, climate }: DrawnJob & { readonly climate: ClimateInput }): string {
  const job = parsed(stored);
  return windIoOfJob(job, specs, climateOf(job.input, windClimate(climate)));
}

export const layout = ({ stored, specs }: DrawnJob): string => layoutPicture(parsed(stored), specs);
export const windRose = (stored: StoredJob): string => rosePicture(parsed(stored));
export const flowMap = (series: Uint8Array): string =>
  flowMapPicture(decodeColumns(Buffer.from(series.buffer, series.byteOffset, series.byteLength)));

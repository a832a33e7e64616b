/** The implementation of the job kinds of wind farms. */
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import {
  type ResourceBody,
  WEATHER_HEIGHT_M,
  type WindAnalyzeBody,
  type WindAnalyzeInput,
  type WindOptimizeBody,
} from '../../contracts/wind/requests.schema.ts';
import type { WindResourceRow } from '../../adapters/database/tables/wind.ts';
import { requireMonths } from '../../wind/resource/climate.ts';
import { requireRoughness } from '../../wind/resource/generalised-climate.ts';
import type { GridBounds, Places } from '../../wind/resource/resource-grid.ts';
import { windError } from '../../wind/check.ts';
import { newControl } from '../../compute/pool.ts';
import { encodeColumns } from '../../series/columns.ts';
import type { KindOf } from '../../contracts/jobs/kinds.ts';
import { windHandlers } from './endpoints.ts';
import type { JobServices, WorkingKinds } from '../jobs/working-kind.ts';
import type { WorkingTechnology } from '../reports/technology.ts';
import { work } from '../jobs/working-kind.ts';
import { analysisPlan, analysisResult } from './analysis.ts';
import { drawsFaster, isDeviceFaster, type WindDeviceMeasure } from '../../wind/layout/device-work.ts';
import { finalAnalysis, layoutPlan, SIDE_BY_SIDE, startOnly } from './layout.ts';
import { type AnalysedRun, type BestRun, bestRun, betterOf, layoutResult, layoutView } from './layout-result.ts';
import type { AnalyzeFarmInput } from '../../wind/energy/analyze-farm.ts';
import { loadWind, weatherIdsOf, windSources } from './load.ts';
import {
  elevationWarnings,
  improvementWarnings,
  inputWarnings,
  layoutWarnings,
  yieldWarnings,
} from './plausibility/plausibility.ts';
import { resourceWarnings } from './plausibility/wind.ts';
import { withAreas } from './setup.ts';
import { inThread, WIND_THREAD_MODULE } from './threads.ts';

export const wind: WorkingTechnology<'wind'> = {
  kinds: windKinds,
  endpoints: windHandlers,
  threadModule: WIND_THREAD_MODULE,
  measureDevice: 'measureWindLayout',
  report: {
    kinds: ['wind-analyze', 'wind-optimize'],
    hasYield: ({ kind, result }) => Boolean(kind === 'wind-optimize' ? result?.best : result?.is_complete),
    load: async () => (await import('./report/room.ts')).windRoom,
  },
};

const DEVICE_WORK = { technology: 'wind', queue: 'wind' } as const;

/** Returns the field that names the wind of a job. */
const windPointer = ({ resource }: Pick<WindAnalyzeInput, 'resource'>) =>
  resource ? '/resource/resource_id' : '/weather_ids';

function windKinds({
  database,
  weather,
  sites,
  pool,
  gpuWorkers,
  softLimitS,
}: JobServices): WorkingKinds<KindOf<'wind'>> {
  const { windLibrary } = windSources({ database, weather, pool });

  /** Objects that the request refers to must exist and belong to the caller. */
  async function resolveReferences(orgId: string, body: WindAnalyzeInput | Omit<WindOptimizeBody, 'weather_id'>) {
    const { resource, speedups } = body;
    const site = body.site_id === undefined ? null : await sites.get(orgId, body.site_id);
    await weather.requireAll(orgId, [...new Set(weatherIdsOf(body))]);
    const files: WindResourceRow[] = [];
    if (resource?.type === 'upload') {
      const row = await windLibrary.resource(orgId, resource.resource_id);
      files.push(row);
      requireUse(row, resource);
      const { n_months_covered: months } = row.summary;
      if (typeof months === 'number' && !resource.long_term) requireMonths(months, resource.n_months_min);
      for (const id of resource.long_term?.resource_ids ?? []) await windLibrary.resource(orgId, id);
    }
    if (speedups && 'resource_id' in speedups) {
      const row = await windLibrary.resource(orgId, speedups.resource_id);
      if (!gridBoundsOf(row.summary))
        throw windError(
          `speed-ups come from grids, .wrg or .grd; the file is a ${row.format}`,
          '/speedups/resource_id',
        );
      files.push(row);
    }
    const specs = await windLibrary.resolve(orgId, body.turbines);
    const [gridBounds] = files.flatMap(({ summary }) => gridBoundsOf(summary) ?? []);
    const [pointPlaces] = files.flatMap(({ summary }) => pointPlacesOf(summary) ?? []);
    return { specs, site, gridBounds, pointPlaces };
  }

  /** Returns the number of steps of the stored time series that an analysis refers to. */
  async function stepsOf(orgId: string, body: WindAnalyzeInput): Promise<number> {
    const rows = await Promise.all(weatherIdsOf(body).map((id) => weather.get(orgId, id)));
    if (rows.length > 0) return rows.reduce((sum, { row_count }) => sum + row_count, 0);
    if (body.resource?.type !== 'upload') return 0;
    const { summary } = await windLibrary.resource(orgId, body.resource.resource_id);
    return typeof summary.n_records === 'number' ? summary.n_records : 0;
  }

  return {
    'wind-analyze': {
      async prepare(asked, orgId) {
        const body = withWeather(asked);
        const { specs, site, ...places } = await resolveReferences(orgId, body);
        const request = { body, specs, ...places, limitS: softLimitS, storedSteps: await stepsOf(orgId, body) };
        const { input, work: maps, size } = await inThread(pool, 'checkAnalysis', request, { caller: orgId });
        const gpu = await gpuWorkers.startOf(asked, {
          ...DEVICE_WORK,
          obstacle: maps.obstacle ?? undefined,
          isFaster: (measured) => drawsFaster(measured as WindDeviceMeasure, maps),
        });
        return {
          input,
          size,
          gpu,
          seed: body.seed,
          warnings: elevationWarnings(body, specs, site?.elevation_m ?? null),
        };
      },
      async load({ input, org_id: orgId }, { pool, hasDevice }) {
        const { specs, climate, warnings } = await loadWind(orgId, input, windSources({ database, weather, pool }));
        const plan = analysisPlan(input, specs, climate);
        return work<'wind-analyze', 'windAnalysis' | 'windAnalysisOnDevice'>({
          task: hasDevice ? 'windAnalysisOnDevice' : 'windAnalysis',
          specs: [plan.spec],
          async finish([{ result: found, progress }]) {
            const doubts = [
              ...warnings,
              ...inputWarnings({ body: input, turbines: specs, specs: plan.farm.turbines, climate }),
            ];
            if (!found) return { result: { is_complete: false, progress }, warnings: doubts };
            const { result, series } = analysisResult(input, plan, climate, found);
            const encoded = [...series].map(
              ([name, { columns, meta }]) => [name, encodeColumns(columns, meta)] as const,
            );
            const money = result.is_complete ? result.economics : null;
            const ofYield = yieldWarnings(input, plan.farm, found.analysis, money, '/layout');
            const ofPlace = resourceWarnings(plan.farm, plan.projection, climate, windPointer(input));
            return { result, warnings: [...doubts, ...ofPlace, ...ofYield], series: new Map(encoded) };
          },
        });
      },
    },
    'wind-optimize': {
      async prepare(asked, orgId) {
        const listed = withWeather(asked);
        const { specs, site, ...places } = await resolveReferences(orgId, listed);
        const body = withAreas(listed, site);
        const request = { body, specs, ...places, limitS: softLimitS };
        const checked = await inThread(pool, 'checkSearch', request, { caller: orgId });
        const warnings = [...elevationWarnings(body, specs, site?.elevation_m ?? null), ...checked.warnings];
        const gpu = await gpuWorkers.startOf(asked, {
          ...DEVICE_WORK,
          obstacle: checked.work.obstacle ?? undefined,
          isFaster: (measured) => isDeviceFaster(measured as WindDeviceMeasure, checked.work),
        });
        return { input: checked.input, size: checked.size, gpu, seed: body.seed, warnings };
      },
      async load({ input, org_id: orgId, seed }, { pool, hasDevice }) {
        const { specs, climate, warnings } = await loadWind(orgId, input, windSources({ database, weather, pool }));
        const plan = layoutPlan(input, specs, climate, seed);
        return work<'wind-optimize', 'windLayout' | 'windLayoutOnDevice'>({
          task: hasDevice ? 'windLayoutOnDevice' : 'windLayout',
          specs: plan.runs.map(({ spec }) => spec),
          sideBySide: hasDevice ? 1 : SIDE_BY_SIDE,
          // A slice begins with tables of pairs.
          sliceMs: hasDevice ? 1_000 : undefined,
          evaluations: (runs) => runs.reduce((sum, { result }) => sum + (result?.steps ?? 0), 0),
          progress(runs) {
            const best = bestRun(
              input,
              plan,
              runs.map(({ result }) => result),
            );
            if (!best) return {};
            return {
              best_score: best.layout.score,
              best_run_index: best.run,
              best_layout: layoutView(plan, best),
            };
          },
          async finish(runs, { reason }) {
            const results = await Promise.all(
              runs.map(async ({ state, result }, k) => {
                if (!result?.device || !state) return result;
                return (await pool.run('windLayoutResult', { spec: plan.runs[k].spec, state, result })).result;
              }),
            );
            const best = bestRun(input, plan, results);
            const doubts = [
              ...warnings,
              ...inputWarnings({ body: input, turbines: specs, specs: plan.specs, climate }),
              ...layoutWarnings(input, plan),
            ];
            if (!best) return { result: layoutResult(input, plan, results, null), warnings: doubts };
            // The best layout of a cancelled search is analysed with the search's few bins, at once.
            const bins = reason === 'cancelled' ? input.search_bins : input.bins;
            const analyse = async (one: BestRun): Promise<AnalysedRun & Pick<AnalyzeFarmInput, 'farm'>> => {
              const farm = finalAnalysis(input, plan.candidates[one.candidate], climate, one.layout, bins);
              const { result } = await pool.run('windAnalysis', whole({ farm, steering: null, maps: [] }));
              return { ...one, farm: farm.farm, analysis: result.result!.analysis };
            };
            const searched = await analyse(best);
            const startSpec = reason === 'cancelled' ? null : startOnly(plan.runs[best.run]);
            const start = startSpec && (await pool.run('windLayout', whole(startSpec))).result.result.best;
            const analysed = start
              ? betterOf(input, plan, await analyse({ ...best, layout: start }), searched)
              : searched;
            const answer = layoutResult(input, plan, results, analysed);
            const money = answer.best?.economics ?? null;
            const ofYield = yieldWarnings(input, analysed.farm, analysed.analysis, money, '/fixed_layout');
            const ofPlace = resourceWarnings(analysed.farm, plan.projection, climate, windPointer(input));
            const ofSearch = improvementWarnings(input, results[best.run], analysed !== searched);
            return { result: answer, warnings: [...doubts, ...ofPlace, ...ofSearch, ...ofYield] };
          },
        });
      },
    },
  };
}

/** What a compute task gets to run to its end in one slice */
const whole = <Spec>(spec: Spec) => ({ spec, state: null, budgetMs: Number.POSITIVE_INFINITY, control: newControl() });

/** @throws AppError for a file that has no wind, and for a roughness length that is missing or that the file does not use */
function requireUse({ format, summary }: WindResourceRow, { roughness_m }: Extract<ResourceBody, { type: 'upload' }>) {
  if (format === 'grd')
    throw windError(
      'a .grd has only speed-ups, no wind; expected it as speedups of another resource',
      '/resource/resource_id',
    );
  if (format !== 'lib' && roughness_m !== undefined)
    throw windError(`only a .lib file has several roughness lengths; the file is a ${format}`, '/resource/roughness_m');
  if (format !== 'lib') return;
  const { roughness_m: known, n_sectors: sectors } = summary;
  requireRoughness(roughness_m, known as number[], Number(sectors));
}

/** Returns the points of an uploaded file that is no grid; null for other files. */
function pointPlacesOf({ x_m: xM, y_m: yM }: WindResourceRow['summary']): Places | null {
  return Array.isArray(xM) && Array.isArray(yM) ? { xM, yM } : null;
}

/** Returns where the grid of an uploaded file is; null for other files. */
function gridBoundsOf(summary: WindResourceRow['summary']): GridBounds | null {
  const {
    n_x: columns,
    n_y: rows,
    min_x_m: minX,
    min_y_m: minY,
    max_x_m: maxX,
    max_y_m: maxY,
    cell_m: cellM,
  } = summary;
  if (![columns, rows, minX, minY].every((value) => typeof value === 'number')) return null;
  const [nX, nY, west, south] = [columns, rows, minX, minY].map(Number);
  const isSpaced = typeof cellM === 'number';
  return {
    columns: nX,
    rows: nY,
    minX: west,
    minY: south,
    stepX: isSpaced ? cellM : (Number(maxX) - west) / (nX - 1),
    stepY: isSpaced ? cellM : (Number(maxY) - south) / (nY - 1),
  };
}

/** Returns the request as it is stored: its weather is a list, and the height of the weather's wind speeds is stated. */
function withWeather<Body extends WindAnalyzeBody | WindOptimizeBody>(body: Body) {
  const listed = withWeatherIds(body);
  return listed.weather_ids ? { ...listed, weather_height_m: body.weather_height_m ?? WEATHER_HEIGHT_M } : listed;
}

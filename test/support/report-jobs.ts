/** Ended jobs as reports load them, computed here by the engine itself: for tests, benchmarks and the samples in docs/. */
import { createHash } from 'node:crypto';
import { newControl } from '../../src/compute/pool.ts';
import { TASKS } from '../../src/compute/tasks.ts';
import type { JobInput, JobKind, JobResult } from '../../src/contracts/jobs/kinds.ts';
import { reportSchema } from '../../src/contracts/reports/reports.schema.ts';
import { solarAnalyzeSchema } from '../../src/contracts/solar/analyze.schema.ts';
import { normalizeSolarAnalyze } from '../../src/services/solar/analysis.ts';
import { solarOptimizeSchema } from '../../src/contracts/solar/optimize.schema.ts';
import { ENGINE_VERSION } from '../../src/adapters/version/version.ts';
import { iterationsOf } from '../../src/contracts/common/optimizer.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../../src/contracts/wind/requests.schema.ts';
import { decodeColumns, encodeColumns } from '../../src/series/columns.ts';
import type { SiteRow } from '../../src/adapters/database/tables/sites.ts';
import type { WeatherRow } from '../../src/adapters/database/tables/weather.ts';
import { normalizeSolarOptimize, solarDesignAnswer, toDesignRequest } from '../../src/services/solar/design.ts';
import { solarResult } from '../../src/services/solar/result.ts';
import { NO_COMPONENTS, resolveSystem } from '../../src/services/solar/system.ts';
import { toSolarSystem } from '../../src/services/solar/engine-system.ts';
import { analysisPlan, analysisResult } from '../../src/services/wind/analysis.ts';
import { finalAnalysis, layoutPlan } from '../../src/services/wind/layout.ts';
import { bestRun, layoutResult } from '../../src/services/wind/layout-result.ts';
import { inlineClimate, withAreas } from '../../src/services/wind/setup.ts';
import type { WeatherUsed } from '../../src/services/reports/report-job.ts';
import { bestDesign, designFound, type SolarJob } from '../../src/services/solar/report/load.ts';
import type { WindJob } from '../../src/services/wind/report/wind-job.ts';
import { hubWindOf } from '../../src/services/wind/report/hub-wind.ts';
import { prevailingFlow } from '../../src/services/wind/report/flow.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../../src/solar/library/component.ts';
import { findInverter, findModule } from '../../src/services/solar/bundled.ts';
import { SolarDesignSearch } from '../../src/solar/design/search.ts';
import { prepareSite } from '../../src/solar/year/simulate.ts';
import { decodeWeather, encodeWeather } from '../../src/weather/weather-bytes.ts';
import type { WeatherYear } from '../../src/weather/series.ts';
import { publicTurbine } from '../../src/wind/turbine/turbine-library.ts';
import { WEATHER, weatherFile } from './fixtures.ts';

/** A slice that works to the end. */
const WHOLE = { state: null, budgetMs: Number.POSITIVE_INFINITY, control: newControl() };
const ENDED = new Date('2026-11-24T09:30:00Z');
const id = (prefix: string, n: number): string => `${prefix}_01kb${String(n).padStart(22, '0')}`;
/** Threads remember a dataset by its id, so an edited year has one of its own. */
let datasets = 1;
const nextWeatherId = (isEdited: boolean): string => id('wth', isEdited ? ++datasets : 1);

const jobRow = <Kind extends JobKind>(n: number, kind: Kind, input: JobInput<Kind>, result: JobResult<Kind>) => ({
  id: id('job', n),
  org_id: id('org', 1),
  kind,
  status: 'succeeded' as const,
  input,
  progress: 1,
  seed: 11,
  engine_version: ENGINE_VERSION,
  time_limited: false,
  event_seq: 3,
  created_by: id('key', 1),
  // As it comes back from the database.
  result: JSON.parse(JSON.stringify(result)) as JobResult<Kind>,
  error: null,
  warnings: [],
  created_at: ENDED,
  started_at: ENDED,
  ended_at: ENDED,
  cancel_requested_at: null,
  compute_s: 1.5,
  attempts: 1,
  evaluations: null,
  queue_wait_s: 0.2,
  request_id: null,
  traceparent: null,
  gpu: null,
  is_test: false,
  experiment: null,
});

const site = (name: string, latitude_deg: number, longitude_deg: number, elevation_m: number | null): SiteRow => ({
  id: id('site', 1),
  org_id: id('org', 1),
  name,
  latitude_deg,
  longitude_deg,
  elevation_m,
  boundary: null,
  exclusions: null,
  created_at: ENDED,
  updated_at: ENDED,
});

/** @param edit changes the year of weather */
function greensboro(edit?: (year: WeatherYear) => WeatherYear): { used: WeatherUsed; data: Buffer } {
  const bytes = weatherFile(WEATHER.greensboro);
  const { header, rowCount, summary, warnings, data: whole } = TASKS.readWeather({ bytes, name: WEATHER.greensboro });
  const data = edit ? encodeWeather(edit(decodeWeather(Buffer.from(whole)))) : Buffer.from(whole);
  const weatherId = nextWeatherId(edit !== undefined);
  const row: WeatherRow = {
    id: weatherId,
    org_id: id('org', 1),
    site_id: null,
    name: WEATHER.greensboro,
    format: header.source.format,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    latitude_deg: header.latitudeDeg,
    longitude_deg: header.longitudeDeg,
    elevation_m: header.elevationM,
    utc_offset_h: header.utcOffsetH,
    step_minutes: header.stepMinutes,
    row_count: rowCount,
    summary: { ...summary, gaps: header.gaps, source: header.source },
    warnings,
    created_at: ENDED,
  };
  return { used: { id: row.id, row, year: decodeWeather(data) }, data };
}

function solarYear(input: ReturnType<typeof normalizeSolarAnalyze>, data: Buffer) {
  const [weatherId] = input.weather_ids;
  const years = TASKS.solarYears({
    spec: {
      weather: [{ id: weatherId, data }],
      systems: input.systems.map(toSolarSystem),
      options: { decomposition: input.decomposition, edgeSteps: input.edge_steps },
      series: true,
    },
    ...WHOLE,
  });
  return { result: solarResult(input, years.state), series: [...years.series.values()] };
}

const COMPONENTS = {
  ...NO_COMPONENTS,
  modules: { get: (name: string) => moduleOfLibrary(findModule(name)!) },
  inverters: { get: (name: string) => inverterOfLibrary(findInverter(name)!) },
};

/** A plant of 5 MW on trackers, and a smaller variant on fixed racks. */
export function solarAnalysis(changes: object = {}, number = 1, edit?: (year: WeatherYear) => WeatherYear): SolarJob {
  const { used, data } = greensboro(edit);
  const plant = {
    dc_capacity_kw: 5000,
    dc_ac_ratio: 1.25,
    module: { type: 'library', id: 'Aleo Solar P19Y310' },
    transposition: 'perez',
    iam: { type: 'martin_ruiz' },
    temperature: { type: 'faiman' },
    far_horizon: { azimuth_deg: [0, 90, 180, 270], elevation_deg: [0, 4, 2, 6] },
    soiling: { type: 'monthly', pct: [1, 1, 1, 2, 2, 3, 3, 3, 2, 2, 1, 1] },
    degradation: { pct_per_year: 0.5, year: 1 },
    availability_pct: 98.5,
  };
  const body = solarAnalyzeSchema.parse({
    weather_id: used.id,
    systems: [
      {
        ...plant,
        name: 'One-axis tracker',
        mounting: { type: 'one_axis', max_angle_deg: 60, gcr: 0.35 },
        bifacial: { bifaciality: 0.7, height_m: 1.5, pitch_m: 6 },
        export_limit_kw: 3900,
      },
      { ...plant, name: 'Fixed racks', mounting: { type: 'fixed', tilt_deg: 30, azimuth_deg: 180 } },
    ],
    ...changes,
  });
  const input = normalizeSolarAnalyze(body, (system, pointer) =>
    resolveSystem(system, COMPONENTS, pointer, { latitudeDeg: 36 }),
  );
  const { result, series } = solarYear(input, data);
  const index = result.best_index ?? 0;
  return {
    job: jobRow(number, 'solar-analyze', input, result),
    site: site('Greensboro solar park', 36.1, -79.95, 270),
    weather: [used],
    system: result.systems[index],
    systems: result.systems,
    uncertaintyPct: input.uncertainty_pct,
    interannualPct: input.interannual_pct,
    hourly: [decodeColumns(Buffer.from(series[index]))],
    isRecomputed: false,
    design: null,
  };
}

/** A search over tilt, DC/AC ratio and row spacing for cost and land. */
export function solarSearch(changes: object = {}, edit?: (year: WeatherYear) => WeatherYear): SolarJob {
  const { used, data } = greensboro(edit);
  const body = solarOptimizeSchema.parse({
    weather_id: used.id,
    system: { dc_capacity_kw: 5000 },
    variables: {
      tilt_deg: { lower: 5, upper: 50 },
      dc_ac_ratio: { lower: 1, upper: 1.8 },
      gcr: { lower: 0.25, upper: 0.6 },
      tracker: 'either',
    },
    objectives: ['lcoe', 'land_use'],
    constraints: { max_land_area_m2: 90_000, export_limit_kw: 4500 },
    population_size: 24,
    n_iterations: 20,
    economics: {
      price_per_kwh: 0.068,
      debt: { rate: 0.05, years: 18, sizing: { type: 'dscr', min_dscr: 1.3, max_share: 0.75 } },
    },
    ...changes,
  });
  const input = normalizeSolarOptimize(body, { latitudeDeg: used.row!.latitude_deg }, COMPONENTS);
  const prepared = prepareSite(used.year!, { decomposition: input.decomposition, edgeSteps: input.edge_steps });
  const request = toDesignRequest(input, 11);
  const search = new SolarDesignSearch([prepared], request);
  search.run();
  const answer = solarDesignAnswer(input, { seed: 11, engine_version: ENGINE_VERSION }, search.result());
  const job = jobRow(2, 'solar-optimize', input, answer);
  const design = designFound(job);
  const plant = search.plantOf(design.best.values);
  const years = TASKS.solarYears({
    spec: {
      weather: [{ id: used.id, data }],
      systems: [plant],
      options: { decomposition: input.decomposition, edgeSteps: input.edge_steps },
      series: true,
    },
    ...WHOLE,
  });
  return {
    ...bestDesign(input, plant, design.best.values, years),
    job,
    site: site('Greensboro solar park', 36.1, -79.95, 270),
    weather: [used],
    isRecomputed: true,
    design,
  };
}

/** Twelve sectors of a windy coast, west the main direction. */
const SECTORS = [
  [0.045, 7.9, 1.95],
  [0.04, 7.6, 1.9],
  [0.05, 7.8, 2],
  [0.06, 8.4, 2.1],
  [0.07, 8.9, 2.2],
  [0.08, 9.3, 2.25],
  [0.1, 10, 2.3],
  [0.135, 10.9, 2.35],
  [0.155, 11.4, 2.4],
  [0.125, 11.1, 2.35],
  [0.085, 10.2, 2.2],
  [0.055, 8.8, 2],
].map(([frequency, scale_m_s, shape]) => ({ frequency, scale_m_s, shape }));

const EDGES = SECTORS.map((_, k) => SECTORS.slice(0, k + 1).reduce((sum, { frequency }) => sum + frequency, 0));

const WIND = {
  resource: { type: 'weibull', sectors: SECTORS, height_m: 80 },
  shear: { model: 'power', alpha: 0.12 },
  turbines: [{ id: 'V90/2000', curve: undefined }],
  wake: { model: 'bastankhah_k00325' },
  turbulence_intensity: 0.1,
  losses_pct: { availability: 3, electrical: 2, turbine_performance: 1.5, environmental: 1 },
  uncertainty_pct: {
    wind_measurement: 3,
    long_term: 2.5,
    vertical_extrapolation: 2,
    horizontal_extrapolation: 2,
    wakes: 2.5,
    power_curve: 2.5,
    losses: 1,
  },
  economics: {
    costs: { per_kw: 1450, operation_per_kw_year: 42, cable_per_m: 420 },
    price_per_kwh: 0.066,
    debt: { rate: 0.045, years: 16, sizing: { type: 'share', share: 0.65 } },
  },
};

/** @param name of a public turbine with a thrust curve */
const turbineOf = (name: string) => publicTurbine(name);

function withFlow(loaded: Omit<WindJob, 'flow' | 'hubWind'>): WindJob {
  const job = { ...loaded, hubWind: hubWindOf(loaded) };
  const work = prevailingFlow(job);
  return { ...job, flow: work && { area: work.map.area, contours: TASKS.windFlow(work) } };
}

/** The best layout of ten turbines on a coast with a reserve in it. */
export function windLayout(changes: object = {}): WindJob {
  const request = windOptimizeSchema.parse({
    ...WIND,
    turbines: [{ id: 'v80' }],
    boundary: {
      type: 'Polygon',
      coordinates: [
        [
          [8.06, 55.58],
          [8.1, 55.575],
          [8.125, 55.59],
          [8.115, 55.61],
          [8.075, 55.615],
          [8.055, 55.6],
          [8.06, 55.58],
        ],
      ],
    },
    exclusions: {
      type: 'Polygon',
      coordinates: [
        [
          [8.083, 55.592],
          [8.1, 55.589],
          [8.103, 55.6],
          [8.088, 55.603],
          [8.083, 55.592],
        ],
      ],
    },
    min_spacing_diameters: 4,
    n_turbines: 10,
    n_iterations: 40,
    n_starts: 2,
    search_bins: { direction_step_deg: 10 },
    ...changes,
  });
  const body = withAreas(request, null);
  const specs = [turbineOf('v80')];
  const climate = inlineClimate(body.resource)!;
  const plan = layoutPlan(body, specs, climate, 11);
  const found = plan.runs.map(({ spec }) => TASKS.windLayout({ spec, ...WHOLE }).result);
  const best = bestRun(body, plan, found)!;
  const farm = finalAnalysis(body, plan.candidates[best.candidate], climate, best.layout, body.bins);
  const { analysis } = TASKS.windAnalysis({
    spec: { farm, steering: null, maps: [] },
    ...WHOLE,
  }).result!;
  return withFlow({
    job: jobRow(
      3,
      'wind-optimize',
      { ...body, n_iterations: iterationsOf(body) },
      layoutResult(body, plan, found, { ...best, analysis }),
    ),
    site: site('West Jutland coast', 55.595, 8.09, 12),
    weather: [],
    body,
    specs,
    climate,
    power: null,
  });
}

/** A year of hours from the sectors' distributions, drawn by a fixed sequence. */
function hoursOfSectors() {
  let state = 12345;
  const next = (): number => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return (state + 0.5) / 2 ** 32;
  };
  const speeds: number[] = [];
  const directions: number[] = [];
  for (let i = 0; i < 8760; i++) {
    const u = next();
    const sector = Math.max(
      0,
      EDGES.findIndex((edge) => u < edge),
    );
    directions.push((sector * 30 + (next() - 0.5) * 30 + 360) % 360);
    speeds.push(Math.min(35, SECTORS[sector].scale_m_s * (-Math.log(next())) ** (1 / SECTORS[sector].shape)));
  }
  return { type: 'series', wind_speed_m_s: speeds, wind_direction_deg: directions, height_m: 80 };
}

/** Six turbines, in a year of hourly wind unless the changes have another resource. */
export function windAnalysis(changes: object = {}): WindJob {
  const body = windAnalyzeSchema.parse({
    ...WIND,
    resource: 'resource' in changes ? undefined : hoursOfSectors(),
    turbines: [{ id: 'v80' }],
    layout: { x_m: [0, 450, 900, 100, 550, 1000], y_m: [0, 60, 0, 500, 560, 480] },
    ...changes,
  });
  const specs = [turbineOf('v80')];
  const inline = inlineClimate(body.resource)!;
  const climate = {
    ...inline,
    timeMs:
      inline.resource?.kind === 'series'
        ? Float64Array.from(inline.resource.wsMPerS, (_, i) => Date.UTC(2023, 0, 1, i))
        : null,
  };
  const plan = analysisPlan(body, specs, climate);
  const analysis = TASKS.windAnalysis({
    spec: plan.spec,
    ...WHOLE,
  }).result!;
  const { result, series } = analysisResult(body, plan, climate, analysis);
  const power = series.get('power');
  return withFlow({
    job: jobRow(4, 'wind-analyze', body, result),
    site: null,
    weather: [],
    body,
    specs,
    climate,
    power: power ? decodeColumns(encodeColumns(power.columns, power.meta)) : null,
  });
}

export const reportRequest = (changes: object = {}) =>
  reportSchema.parse({ job_ids: [id('job', 1)], template: 'bankable', ...changes });
export const REPORT_FACTS = { id: id('rpt', 1), createdAtMs: Date.parse('2026-11-26T08:00:00Z'), logoPng: null };

/** `POST /v1/solar/analyze`: years of energy of many systems, chunk by chunk. */
import type { SolarYears } from '../../src/compute/tasks.ts';
import { FIGURES_PER_UNIT, WATERFALL_WIDTH } from '../../src/compute/tasks.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import type { SolarAnalyzeInput } from '../../src/contracts/solar/analyze.schema.ts';
import { decodeColumns, encodeColumns } from '../../src/series/columns.ts';
import { solarResult } from '../../src/services/solar/result.ts';
import { toSolarSystem } from '../../src/services/solar/system.ts';
import type { ComputeDependencies } from '../run-compute.ts';
import { runCompute } from '../run-compute.ts';
import { weatherOf } from './weather.ts';

/** A chunk is so large that it takes about this long [ms]: short enough for cancels, long enough to cost nothing. */
const CHUNK_MS = 500;
const FIRST_CHUNK = 16;

export function analyzeSolar(input: JobWorkflowInput, dependencies: ComputeDependencies): Promise<JobWorkflowResult> {
  return runCompute(input, dependencies, async ({ run, control, stopping, keep }, { pool, weather: datasets }) => {
    const jobInput = run.job.input as unknown as SolarAnalyzeInput;
    const { weather_ids: weatherIds, systems, include_series: wantsSeries } = jobInput;
    const weather = await weatherOf(weatherIds, input.orgId, { weather: datasets });
    const engineSystems = systems.map(toSolarSystem);
    const units = systems.length * weather.length;
    const figures = new Float64Array(units * FIGURES_PER_UNIT);
    // For each system: the sum over its years, in their order.
    const waterfall = new Float64Array(systems.length * WATERFALL_WIDTH).fill(Number.NaN);
    const series: Uint8Array[] = [];
    let done = 0;
    // A job with series is short (MAX_SERIES_UNITS) and starts again; the others continue from their checkpoint.
    if (run.checkpoint?.data) {
      const stored = decodeColumns(run.checkpoint.data).columns;
      const storedDone = run.checkpoint.state.done as number;
      // One with other figures, of a version before, is of no use: the job begins again.
      if (stored.figures.length === storedDone * FIGURES_PER_UNIT) {
        figures.set(stored.figures);
        waterfall.set(stored.waterfall);
        done = storedDone;
      }
    }
    const save = () => ({
      state: { done },
      data: wantsSeries ? null : encodeColumns({ figures: figures.slice(0, done * FIGURES_PER_UNIT), waterfall }),
    });
    let chunk = FIRST_CHUNK;
    while (done < units && !stopping()) {
      const { result, busyMs } = await pool.run('solarYears', {
        weather,
        systems: engineSystems,
        options: { decomposition: jobInput.decomposition, edgeSteps: jobInput.edge_steps },
        first: done,
        end: Math.min(done + chunk, units),
        series: wantsSeries,
        control,
      });
      collect(result);
      chunk = Math.max(1, Math.round((chunk * CHUNK_MS) / Math.max(busyMs, CHUNK_MS / 8)));
      await keep(done / units, save);
    }
    return { result: { ...solarResult(jobInput, figures, waterfall, done) }, series: named(series, weather.length) };

    function collect(result: SolarYears): void {
      figures.set(result.figures, done * FIGURES_PER_UNIT);
      result.waterfall.forEach((change, k) => {
        const system = Math.floor((done + Math.floor(k / WATERFALL_WIDTH)) / weather.length);
        const at = system * WATERFALL_WIDTH + (k % WATERFALL_WIDTH);
        if (!Number.isNaN(change)) waterfall[at] = Number.isNaN(waterfall[at]) ? change : waterfall[at] + change;
      });
      series.push(...result.series);
      done += result.done;
    }
  });
}

/** `system-1`, or `system-1-year-2` when there are several years. */
function named(series: readonly Uint8Array[], years: number): Map<string, Uint8Array> {
  return new Map(
    series.map((data, unit) => {
      const system = `system-${Math.floor(unit / years) + 1}`;
      return [years === 1 ? system : `${system}-year-${(unit % years) + 1}`, data];
    }),
  );
}

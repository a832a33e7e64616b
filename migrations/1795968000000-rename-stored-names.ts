/**
 * Rewrites what is stored under names that the API no longer uses: requests, results, events and series of jobs, weather,
 * turbines, wind resources and webhook payloads. The changes stand in stored-names/; nothing there imports the application.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { JOB_STEPS, SPEEDS } from './stored-names/jobs.ts';
import type { Context, Direction, Json, Step } from './stored-names/rewrite.ts';
import { apply, renameColumns, renameCsv } from './stored-names/rewrite.ts';
import { rewrite } from './stored-names/rewrite-table.ts';

const NO_CONTEXT: Context = { input: {}, hoursOf: () => 8760 };
const ENDED = { time_limited: 'is_time_limited' };
const WEATHER_COLUMNS = { windSpeedMs: 'windSpeedMPerS' };
const WIND_SERIES = {
  wind_speed_ms: 'wind_speed_m_s',
  wind_speed_hub_ms: 'wind_speed_hub_m_s',
  free_ms: 'freestream_m_s',
};
/** Columns of measurements, as the uploaded file names them. */
const MEASURED = {
  wind_speed_ms: 'wind_speed_m_s',
  wind_speed_lower_ms: 'wind_speed_lower_m_s',
  wind_speed_std_ms: 'wind_speed_std_m_s',
};

const speeds: Step = { at: '**', names: SPEEDS };
const LIBRARY_STEPS: Readonly<Record<string, readonly Step[]>> = {
  weather_datasets: [speeds],
  wind_turbines: [speeds],
  // Only measurements have a period, its ends and gaps.
  wind_resources: [
    speeds,
    { at: '', names: { from: 'starts_at', to: 'ends_at', gap_count: 'n_gaps' } },
    { at: 'gaps[]', names: { from: 'starts_at', to: 'ends_at', steps: 'n_steps' } },
  ],
};

export class RenameStoredNames1795968000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return rewriteAll(runner, 'up');
  }

  async down(runner: QueryRunner): Promise<void> {
    await rewriteAll(runner, 'down');
    // Checkpoints of this version would fail the jobs in the one before; without one they begin again.
    await runner.query(`UPDATE job_checkpoints SET state = '{}', data = NULL`);
  }
}

async function rewriteAll(runner: QueryRunner, direction: Direction): Promise<void> {
  const hours = new Map<string, number>(
    (await runner.query(`SELECT id, row_count * step_minutes / 60.0 AS hours FROM weather_datasets`)).map(
      ({ id, hours: text }: { id: string; hours: string }) => [id, Number(text)],
    ),
  );
  const hoursOf = (ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum + (hours.get(id) ?? 8760), 0) / ids.length;

  await rewrite<{ id: string; kind: string; input: Json; result: Json | null }>(runner, {
    table: 'jobs',
    key: ['id'],
    columns: ['kind', 'input', 'result'],
    change: (row) => {
      const steps = JOB_STEPS[row.kind];
      if (!steps) return;
      // Results are read beside the request as it was before, on the way up, and as it will be, on the way down.
      const former = structuredClone(row.input);
      apply(row.input, steps.input, direction, NO_CONTEXT);
      apply(row.result, steps.result, direction, { input: direction === 'up' ? former : row.input, hoursOf });
    },
  });
  await rewrite<{ job_id: string; seq: number; data: Json }>(runner, {
    table: 'job_events',
    key: ['job_id', 'seq'],
    columns: ['data'],
    where: `type IN ('job.succeeded', 'job.cancelled')`,
    change: ({ data }) => apply(data, [{ at: '', names: ENDED }], direction, NO_CONTEXT),
  });
  await rewrite<{ id: string; payload: Json }>(runner, {
    table: 'webhook_deliveries',
    key: ['id'],
    columns: ['payload'],
    where: `event_type LIKE 'job.%'`,
    change: ({ payload }) => apply(payload, [{ at: 'data', names: ENDED }], direction, NO_CONTEXT),
  });
  await rewrite<{ job_id: string; name: string; data: Buffer }>(runner, {
    table: 'job_series',
    key: ['job_id', 'name'],
    columns: ['data'],
    where: `job_id IN (SELECT id FROM jobs WHERE kind LIKE 'wind-%')`,
    change: (row) => {
      row.data = renameColumns(row.data, WIND_SERIES, direction);
    },
  });
  await rewrite<{ weather_id: string; data: Buffer }>(runner, {
    table: 'weather_series',
    key: ['weather_id'],
    columns: ['data'],
    change: (row) => {
      row.data = renameColumns(row.data, WEATHER_COLUMNS, direction);
    },
  });
  for (const [table, column] of [
    ['weather_datasets', 'summary'],
    ['wind_turbines', 'curve'],
    ['wind_resources', 'summary'],
  ])
    await rewrite<Json & { id: string }>(runner, {
      table,
      key: ['id'],
      columns: [column],
      change: (row) => apply(row[column], LIBRARY_STEPS[table], direction, NO_CONTEXT),
    });
  await rewrite<{ resource_id: string; data: Buffer }>(runner, {
    table: 'wind_resource_files',
    key: ['resource_id'],
    columns: ['data'],
    where: `resource_id IN (SELECT id FROM wind_resources WHERE format = 'csv')`,
    change: (row) => {
      row.data = deflateSync(Buffer.from(renameCsv(inflateSync(row.data).toString(), MEASURED, direction)));
    },
  });
}

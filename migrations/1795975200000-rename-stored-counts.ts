/**
 * Rewrites what is stored under the names of before counts began with `n_`, weather stood at the top of all requests and
 * each quantity had one name: requests, results, events and series of jobs, weather, wind resources and webhook payloads.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { JOB_COUNT_STEPS } from './stored-names/job-counts.ts';
import type { Context, Direction, Json, Step } from './stored-names/rewrite.ts';
import { apply, renameColumns, renameCsv } from './stored-names/rewrite.ts';
import { rewrite } from './stored-names/rewrite-table.ts';

const NO_CONTEXT: Context = { input: {}, hoursOf: () => 8760 };
const PROGRESS: readonly Step[] = [
  {
    at: '',
    names: { fraction: 'progress', evaluations: 'n_evaluations', best: 'best_value', best_run: 'best_run_index' },
  },
];
const REPORT_READY: readonly Step[] = [{ at: 'data', names: { pages: 'n_pages' } }];
/** As the readers of weather files name what they found. */
const WEATHER: readonly Step[] = [
  {
    at: 'gaps',
    names: {
      missingRecords: 'nMissingRecords',
      missingValues: 'nMissingValues',
      interpolatedValues: 'nInterpolatedValues',
      clippedNegatives: 'nClippedNegatives',
      leapDayRecordsDropped: 'nLeapDayRecordsDropped',
    },
  },
];
const SECTOR = { direction_deg: 'wind_direction_deg', mean_speed_m_s: 'wind_speed_mean_m_s', records: 'n_records' };
const WIND_RESOURCES: readonly Step[] = [
  { at: '{sectors[],shear[],turbulence[]}', names: SECTOR },
  {
    at: '',
    names: {
      records: 'n_records',
      flags: 'n_records_by_flag',
      availability_pct: 'data_recovery_pct',
      mean_speed_m_s: 'wind_speed_mean_m_s',
      speed_bins: 'n_speed_bins',
      columns: 'n_x',
      rows: 'n_y',
      points: 'n_points',
    },
    // Measurements have a list of sectors, the other files their number.
    up: (node) => {
      if (typeof node.sectors !== 'number') return;
      node.n_sectors = node.sectors;
      delete node.sectors;
    },
    down: (node) => {
      if (node.n_sectors === undefined) return;
      node.sectors = node.n_sectors;
      delete node.n_sectors;
    },
  },
];
const SERIES = {
  cell_temp_c: 'temp_cell_c',
  direction_deg: 'wind_direction_deg',
  columns: 'n_x',
  rows: 'n_y',
};
/** Columns of measurements, as the uploaded file names them. */
const MEASURED = { temperature_c: 'temp_air_c' };

export class RenameStoredCounts1795975200000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return rewriteAll(runner, 'up');
  }

  down(runner: QueryRunner): Promise<void> {
    return rewriteAll(runner, 'down');
  }
}

async function rewriteAll(runner: QueryRunner, direction: Direction): Promise<void> {
  await rewrite<{ id: string; kind: string; input: Json; result: Json | null }>(runner, {
    table: 'jobs',
    key: ['id'],
    columns: ['kind', 'input', 'result'],
    change: ({ kind, input, result }) => {
      const steps = JOB_COUNT_STEPS[kind];
      if (!steps) return;
      apply(input, steps.input, direction, NO_CONTEXT);
      apply(result, steps.result, direction, { ...NO_CONTEXT, input });
    },
  });
  await rewrite<{ job_id: string; seq: number; data: Json }>(runner, {
    table: 'job_events',
    key: ['job_id', 'seq'],
    columns: ['data'],
    where: `type = 'job.progress'`,
    change: ({ data }) => apply(data, PROGRESS, direction, NO_CONTEXT),
  });
  await rewrite<{ id: string; payload: Json }>(runner, {
    table: 'webhook_deliveries',
    key: ['id'],
    columns: ['payload'],
    where: `event_type = 'report.ready'`,
    change: ({ payload }) => apply(payload, REPORT_READY, direction, NO_CONTEXT),
  });
  await rewrite<{ job_id: string; name: string; data: Buffer }>(runner, {
    table: 'job_series',
    key: ['job_id', 'name'],
    columns: ['data'],
    change: (row) => {
      row.data = renameColumns(row.data, SERIES, direction);
    },
  });
  for (const [table, steps] of [
    ['weather_datasets', WEATHER],
    ['wind_resources', WIND_RESOURCES],
  ] as const)
    await rewrite<{ id: string; summary: Json }>(runner, {
      table,
      key: ['id'],
      columns: ['summary'],
      change: ({ summary }) => apply(summary, steps, direction, NO_CONTEXT),
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

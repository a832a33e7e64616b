/** The workers that have a GPU. */
import { EntitySchema } from 'typeorm';
import type { DeviceDescription } from '../../../lib/device.ts';
import { id, instant, json } from './columns.ts';

export interface GpuWorkerRow {
  /** Random name of the process */
  id: string;
  device: DeviceDescription;
  /** What each technology measured at the worker's start, by its name */
  measures: Record<string, unknown>;
  started_at: Date;
  /** The worker writes it every few seconds; one that ended otherwise than by a signal leaves an old row. */
  seen_at: Date;
}

export const GpuWorker = new EntitySchema<GpuWorkerRow>({
  name: 'gpu_workers',
  columns: { id, device: json, measures: json, started_at: instant, seen_at: instant },
});

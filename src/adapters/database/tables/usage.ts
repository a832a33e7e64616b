/** What organizations have used. No row refers to another table: usage outlives jobs, people and organizations. */
import { EntitySchema } from 'typeorm';
import type { UsageMetric } from '../../../contracts/metering/usage.ts';
import { double, id, instant, integer, now, text, to } from './columns.ts';

interface Usage {
  org_id: string;
  metric: UsageMetric;
  /** Job kind, queue or operation */
  kind: string;
  /** The person or key that caused it */
  caller: string;
  amount: number;
}
/** One act, or the calls of one batch. The roll-up moves it to its hour. */
export interface UsageRecordRow extends Usage {
  id: string;
  at: Date;
}
export interface UsageHourRow extends Usage {
  hour: Date;
}
/** A batch of API calls that is stored: a second one with the same key changes nothing. */
export interface UsageBatchRow {
  process: string;
  sequence: number;
  created_at: Date;
}

/** Compute time of the deleted jobs that were created in a month, so that a deletion frees no compute time of the plan. */
export interface DeletedComputeRow {
  org_id: string;
  month: Date;
  compute_s: number;
  /** The part that jobs of keys for tests used */
  test_compute_s: number;
}

const usage = { org_id: text, metric: text, kind: text, caller: text, amount: double };

export const UsageRecord = new EntitySchema<UsageRecordRow>({
  name: 'usage_records',
  columns: { id: { type: 'bigint', primary: true, generated: 'increment' }, at: now, ...usage },
  indices: [
    { name: 'usage_records_org', columns: ['org_id', 'at'] },
    { name: 'usage_records_at', columns: ['at'] },
  ],
});
export const UsageHour = new EntitySchema<UsageHourRow>({
  name: 'usage_hours',
  columns: { org_id: id, hour: { ...instant, primary: true }, metric: id, kind: id, caller: id, amount: double },
});
export const UsageBatch = new EntitySchema<UsageBatchRow>({
  name: 'usage_batches',
  columns: { process: id, sequence: { ...integer, primary: true }, created_at: now },
});
export const DeletedCompute = new EntitySchema<DeletedComputeRow>({
  name: 'deleted_compute',
  columns: {
    org_id: { ...to('organizations', 'deleted_compute'), primary: true },
    month: { ...instant, primary: true },
    compute_s: double,
    test_compute_s: { ...double, default: 0 },
  },
});

/** Checkpoints of wind jobs: every bit of a search's state, typed arrays included. */
import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflateSync } from 'node:zlib';
import type { JobRun } from '../../src/jobs/job-run.ts';

export const packState = (state: object): Buffer => deflateSync(serialize(state), { level: 1 });

export function unpackState<State>(run: JobRun): State | null {
  return run.checkpoint?.data ? (deserialize(inflateSync(run.checkpoint.data)) as State) : null;
}

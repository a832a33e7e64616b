/** Checkpoints of wind jobs: every bit of a search's state, typed arrays included. */
import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflateSync } from 'node:zlib';

export const packState = (state: object): Buffer => deflateSync(serialize(state), { level: 1 });

export function unpackState<State>(data: Uint8Array | null | undefined): State | null {
  return data ? (deserialize(inflateSync(data)) as State) : null;
}

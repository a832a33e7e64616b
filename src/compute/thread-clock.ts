/** The time that a thread computed: not what it waited for a processor that others used. */
import { readFileSync, readlinkSync } from 'node:fs';

/** Node has this from 22.19 on; older versions ask Linux. */
interface ThreadUsage {
  readonly threadCpuUsage?: () => { readonly user: number; readonly system: number };
}

/** Linux has a folder for each thread; this one is that of the thread that reads it. */
const OWN_FOLDER = '/proc/thread-self';

/** Returns null on another system, on one that hides it, and for a thread that has ended. */
function ofSystem<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** Linux writes how long a thread has been on a processor [ns]. */
const linuxMs = (folder: string): number | null =>
  ofSystem(() => Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]) / 1e6);

/** Returns what the thread that calls it has computed so far [ms]; where no system says it, the time that passed. */
export function threadComputeMs(): number {
  const usage = (process as ThreadUsage).threadCpuUsage?.();
  if (usage) return (usage.user + usage.system) / 1000;
  return linuxMs(OWN_FOLDER) ?? performance.now();
}

/** Names the thread that calls it, for `computeMsOf`; null where no system says it. */
export const threadName = (): string | null => ofSystem(() => `/proc/${readlinkSync(OWN_FOLDER)}`);

/**
 * Returns what another thread has computed so far [ms]; the time that passed, if it has no name; null if it has ended.
 * @param thread its name, which `threadName` has given to it
 */
export const computeMsOf = (thread: string | null): number | null =>
  thread === null ? performance.now() : linuxMs(thread);

/** Identifies and ends processes. A pid that was read from a file may meanwhile belong to another process. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Returns the start time of a process, in the system's own unit; undefined if there is no such process. */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : fields[18];
  } catch {
    // Neither exists for a process that has ended.
    return undefined;
  }
}

export interface Identity {
  readonly pid: number;
  readonly start: string;
}

/** Tells whether the process still runs; a new process with the same pid does not count. */
export const isAlive = ({ pid, start }: Identity): boolean => startOf(pid) === start;

/** Returns pid and start time of a running process. @throws Error if it has ended */
export function identify(pid: number): Identity {
  const start = startOf(pid);
  if (start === undefined) throw new Error(`Process ${pid} ended immediately`);
  return { pid, start };
}

export interface PidFile extends Identity {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
}

export const writePidFile = (path: string, entry: PidFile): void => writeFileSync(path, JSON.stringify(entry));

export function readPidFile(path: string): PidFile | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PidFile;
  } catch {
    // Half written by a supervisor that was killed: what it named cannot be known.
    rmSync(path, { force: true });
    return undefined;
  }
}

/** Signals a process group, or only the process if it leads no group. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Asks a process group to end, and ends it by force after `limitMs`. */
export async function endProcess(entry: Identity, stopSignal: NodeJS.Signals, limitMs: number): Promise<void> {
  const until = Date.now() + limitMs;
  if (isAlive(entry)) signalGroup(entry.pid, stopSignal);
  while (isAlive(entry)) {
    if (Date.now() > until) signalGroup(entry.pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

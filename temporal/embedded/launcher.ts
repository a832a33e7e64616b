/** The package manager that started this process: when it ends, the platform ends too, in place of going on unseen. */
import { execFileSync } from 'node:child_process';
import { type Identity, identify, isAlive } from './processes.ts';

const WATCH_MS = 500;
const PACKAGE_MANAGER = /(^|[\s/])(npm|npx|pnpm|yarn|bun)\b/;
/** npm starts a shell, which starts this process. */
const GENERATIONS = 2;

/** Parent and command line of a process; undefined if there is no such process. */
function processOf(pid: number): { readonly parent: number; readonly command: string } | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [, parent, command] = /^(\d+)\s+(.*)$/s.exec(line) ?? [];
    return parent === undefined ? undefined : { parent: Number(parent), command };
  } catch {
    return undefined; // it has ended
  }
}

/** The package manager among the nearest ancestors; undefined if a person or a service manager started this process. */
function launcher(): Identity | undefined {
  let pid = process.ppid;
  for (let i = 0; i < GENERATIONS; i++) {
    const ancestor = processOf(pid);
    if (!ancestor) return undefined;
    if (PACKAGE_MANAGER.test(ancestor.command)) return identify(pid);
    pid = ancestor.parent;
  }
  return undefined;
}

/** Calls `ended` once the package manager that started this process has ended, for example by SIGTERM to npm. */
export function whenLauncherEnds(ended: () => void): void {
  const parent = launcher();
  if (!parent) return;
  const watch = setInterval(() => {
    if (isAlive(parent)) return;
    clearInterval(watch);
    ended();
  }, WATCH_MS);
  watch.unref();
}

/**
 * Runs child processes, each as a process group. Each child starts when the one before is healthy, and restarts with a
 * backoff if it dies. When the parent ends, the children end in reverse order. If the parent is killed, a guardian
 * process ends them; if that fails too, the next start ends them by their pid files.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess, type Identity, identify, isAlive, readPidFile, writePidFile } from './processes.ts';

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** User and group that it runs as; default: the parent's. */
  readonly uid?: number;
  readonly gid?: number;
  /** Called until it returns true; then the next child starts. */
  readonly healthy: () => Promise<boolean>;
  readonly startLimitMs: number;
  readonly stopSignal: NodeJS.Signals;
  /** Time from the stop signal until the child is ended by force. */
  readonly stopLimitMs: number;
}

interface Running {
  readonly spec: ChildSpec;
  process: ChildProcess;
  identity: Identity;
  startedAt: number;
  failures: number;
  restart?: NodeJS.Timeout;
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** A child that ran for this long restarts with the first backoff. */
const STEADY_MS = 60_000;
const ASK_MS = 50;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;
const ORPHAN_LIMIT_MS = 10_000;

/** Ends the children that pid files of an earlier parent name. @returns their names */
export async function endOrphans(pidFolder: string): Promise<string[]> {
  if (!existsSync(pidFolder)) return [];
  const ended: string[] = [];
  const files = readdirSync(pidFolder).sort().reverse();
  for (const file of files) {
    const path = join(pidFolder, file);
    const entry = readPidFile(path);
    if (entry && isAlive(entry)) {
      await endProcess(entry, entry.stopSignal, ORPHAN_LIMIT_MS);
      ended.push(entry.name);
    }
    // A new parent may have written its own by now.
    if (readPidFile(path)?.pid === entry?.pid) rmSync(path, { force: true });
  }
  return ended;
}

export class Supervisor {
  readonly #folder: string;
  readonly #say: (line: string) => void;
  readonly #children: Running[] = [];
  readonly #guardian: ChildProcess;
  #stopping: Promise<void> | undefined;

  /** @param folder where pid files (`pids/`) and logs (`logs/`) are kept */
  constructor(folder: string, say: (line: string) => void) {
    this.#folder = folder;
    this.#say = say;
    mkdirSync(this.#pids, { recursive: true });
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
    const program = fileURLToPath(new URL(`./guardian${extension}`, import.meta.url));
    // It learns of the parent's end by the end of this pipe.
    this.#guardian = spawn(process.execPath, [program, this.#pids], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.#guardian.unref();
  }

  get #pids(): string {
    return join(this.#folder, 'pids');
  }

  logFile(name: string): string {
    return join(this.#folder, 'logs', `${name}.log`);
  }

  /** Starts a child and waits until it is healthy. @throws Error with the end of its log if it is not healthy in time */
  async start(spec: ChildSpec): Promise<void> {
    if (this.#stopping) throw new Error(`${spec.name} is not started: everything is stopping`);
    const log = this.logFile(spec.name);
    if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
    const child: Running = { spec, ...this.#launch(spec, this.#children.length), failures: 0 };
    this.#children.push(child);
    this.#watch(child, this.#children.length - 1);
    const deadline = Date.now() + spec.startLimitMs;
    while (!(await spec.healthy())) {
      if (this.#stopping) throw new Error(`${spec.name} was stopped while it started`);
      if (Date.now() > deadline)
        throw new Error(
          `${spec.name} was not ready within ${spec.startLimitMs / 1000} s; ${log} ends with:\n${tail(log)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
  }

  /** Ends all children, last started first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const child of this.#children) clearTimeout(child.restart);
    for (const [index, { spec, identity }] of [...this.#children.entries()].reverse()) {
      await endProcess(identity, spec.stopSignal, spec.stopLimitMs);
      rmSync(this.#pidFile(spec, index), { force: true });
    }
    this.#guardian.kill('SIGKILL');
  }

  // The number orders the files as the children started.
  #pidFile(spec: ChildSpec, index: number): string {
    return join(this.#pids, `${index}-${spec.name}.json`);
  }

  #launch(spec: ChildSpec, index: number): Pick<Running, 'process' | 'identity' | 'startedAt'> {
    const log = openSync(this.logFile(spec.name), 'a');
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      uid: spec.uid,
      gid: spec.gid,
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    if (child.pid === undefined) throw new Error(`${spec.command} could not be started`);
    const identity = identify(child.pid);
    writePidFile(this.#pidFile(spec, index), { name: spec.name, stopSignal: spec.stopSignal, ...identity });
    return { process: child, identity, startedAt: Date.now() };
  }

  #watch(child: Running, index: number): void {
    child.process.once('exit', (code, signal) => {
      if (this.#stopping) return;
      // A child that exits with 0 was stopped on purpose, for example by `npm run dev` after a build.
      const isSteady = code === 0 || Date.now() - child.startedAt > STEADY_MS;
      const failures = isSteady ? 1 : child.failures + 1;
      this.#restart({ child, index, failures, why: signal ?? `exit ${code}` });
    });
  }

  #restart({ child, index, failures, why }: { child: Running; index: number; failures: number; why: string }): void {
    child.failures = failures;
    const waitMs = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LONGEST_BACKOFF_MS);
    this.#say(`${child.spec.name} ended (${why}); it starts again in ${waitMs / 1000} s`);
    child.restart = setTimeout(() => {
      try {
        Object.assign(child, this.#launch(child.spec, index));
        this.#watch(child, index);
      } catch (error) {
        // It ended before it could be looked at, or the machine has no process left to give.
        this.#restart({ child, index, failures: failures + 1, why: (error as Error).message });
      }
    }, waitMs);
  }
}

const tail = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');

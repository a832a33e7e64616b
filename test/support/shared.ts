/**
 * Servers that the test files of one jest worker share. A process beside the worker starts them when a test first asks, and ends
 * them when the run is over or the worker is gone, however it went: an interrupted run leaves nothing behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, startOf, writePidFile } from '../../temporal/embedded/processes.ts';
import { eventually } from './eventually.ts';

/** What a test needs to know of each running server. */
export interface SharedServers {
  readonly postgres: { readonly url: string };
  readonly platform: {
    readonly base: string;
    readonly temporalAddress: string;
    readonly databaseUrl: string;
    readonly workerPid: number;
    readonly mailFolder: string;
  };
  /** Ends what the pid files of the folder name. */
  readonly guardian: { readonly pidFolder: string };
}

const PROGRAM = 'dist/test/support/shared-host.js';

/** @param databaseUrl the database of a platform */
export async function sharedServer<N extends keyof SharedServers>(
  name: N,
  databaseUrl = '',
): Promise<SharedServers[N]> {
  const run = process.env.TESSELLATE_TEST_RUN;
  if (run === undefined) throw new Error('Servers are shared by tests under jest: TESSELLATE_TEST_RUN is not set');
  const folder = join(run, `${name}-${process.pid}`);
  const log = join(folder, 'log');
  if (!existsSync(folder)) {
    if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: run node scripts/build.mjs`);
    mkdirSync(folder);
    const file = openSync(log, 'a');
    // Detached: Ctrl-C reaches only the tests, and the servers end in order after them.
    const host = spawn(process.execPath, [PROGRAM, name, folder, String(process.pid), databaseUrl], {
      detached: true,
      stdio: ['ignore', file, file],
    });
    writeFileSync(join(folder, 'pid'), String(host.pid));
    host.unref();
  }
  const host = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  return eventually(async () => {
    // Asked before the file: a host that ends between the two has not written it either.
    const hasEnded = startOf(host) === undefined;
    const told = join(folder, 'told.json');
    if (existsSync(told)) return JSON.parse(readFileSync(told, 'utf8')) as SharedServers[N];
    if (hasEnded) throw new Error(`${name} did not start:\n${readFileSync(log, 'utf8')}`);
    return undefined;
  }, `${name}, shared by tests`);
}

/** Ensures that a child of a test ends with the run or with this process, however that ends. A test may end it earlier. */
export async function guard(child: ChildProcess): Promise<void> {
  const { pidFolder } = await sharedServer('guardian');
  if (child.pid === undefined) return; // it did not start, and says so itself
  const name = String(child.pid);
  writePidFile(join(pidFolder, name), { ...identify(child.pid), name, stopSignal: 'SIGKILL' });
}

/** `tessellate up` and `tessellate demo`: the whole platform on this machine. */

import { join, resolve } from 'node:path';
import { cliCache } from '../../../temporal/embedded/dev-server.ts';
import { type Addresses, AlreadyRunning, startEmbedded } from '../../../temporal/embedded/embedded.ts';
import { whenLauncherEnds } from '../../../temporal/embedded/launcher.ts';
import { onStopSignal } from '../../lib/stop-signal.ts';
import { inheritedEnvironment, settingsWarnings } from '../../adapters/config/config.ts';
import { demoKey, runMainJob } from '../customers/main-job.ts';

const say = (line: string): void => console.log(line);
/** Returns the time since the command began, including installation and build. */
const elapsed = (): string => `${(performance.now() / 1000).toFixed(1)} s`;

function sayAddresses({ api, docs, temporalUi }: Addresses): void {
  say(`  dashboard        ${api}/`);
  say(`  API              ${api}`);
  say(`  reference        ${docs}`);
  say(`  Temporal Web UI  ${temporalUi ?? 'set TEMPORAL_UI_URL to show it here'}`);
}

/**
 * Runs the whole platform on this machine.
 * @param data folder that keeps what survives a restart
 * @param stay whether to run until a signal; otherwise the command ends after the main job
 */
export async function runUp({ stay, data }: { stay: boolean; data?: string }): Promise<void> {
  const folder = data === undefined ? join(cliCache(), '..') : resolve(data);
  const abort = new AbortController();
  const ended = untilSignal();
  void ended.then(() => abort.abort());
  for (const warning of settingsWarnings()) say(warning);
  const starting = startEmbedded(folder, say, inheritedEnvironment(), abort.signal);
  try {
    const platform = await Promise.race([starting, ended]);
    if (platform === undefined) return;
    say(`ready after ${elapsed()}\n`);
    const job = (async () => {
      await runMainJob(platform.api, await demoKey(platform.api, folder, say), say);
      sayAddresses(platform);
    })();
    if ((await Promise.race([job.then(() => true), ended])) === undefined) return;
    if (stay) {
      say(`\nthe first result was there after ${elapsed()}; Ctrl-C stops everything`);
      await ended;
    }
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) {
      // What goes wrong here is the machine's: its message says what to do, a stack would hide it.
      console.error(`The platform did not start: ${(error as Error).message}`);
      process.exitCode = 1;
      return;
    }
    say(`${error.message}${error.addresses ? ':' : '; it is still starting'}`);
    if (!error.addresses) return;
    sayAddresses(error.addresses);
    if (!stay) await runMainJob(error.addresses.api, await demoKey(error.addresses.api, folder, say), say);
  } finally {
    await starting.then(
      async (platform) => {
        await platform.stop();
        say(`stopped after ${elapsed()}`);
      },
      () => {
        if (abort.signal.aborted) say(`stopped after ${elapsed()}`);
      },
    );
  }
}

/**
 * npm passes on the Ctrl-C that the terminal has already sent to this process: two signals within this time count as one [ms].
 */
const SAME_SIGNAL_MS = 1_000;

/** Waits until the user wants the process to end; a second signal ends it at once, and the guardian ends the children. */
function untilSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    let stopRequests: number | undefined;
    const stop = (): void => {
      if (stopRequests !== undefined && performance.now() - stopRequests > SAME_SIGNAL_MS) process.exit(130);
      if (stopRequests === undefined) say('stopping ...');
      stopRequests ??= performance.now();
      resolve(undefined);
    };
    onStopSignal(stop);
    process.on('SIGHUP', stop);
    whenLauncherEnds(() => {
      say('npm has ended; stopping ...');
      stopRequests ??= performance.now();
      resolve(undefined);
    });
  });
}

/** Runs one server that tests share, until the run or the process PID ends: `shared-host.js NAME FOLDER PID DATABASE_URL`. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { identify, isAlive } from '../../temporal/embedded/processes.ts';
import { endOrphans } from '../../temporal/embedded/supervisor.ts';
import { launchPlatform } from './platform-processes.ts';
import { startPostgres } from './postgres.ts';
import type { SharedServers } from './shared.ts';

const LOOK_MS = 100;
const [name, folder, pid, databaseUrl] = process.argv.slice(2);

const STARTERS: { [N in keyof SharedServers]: () => Promise<{ told: SharedServers[N]; stop: () => Promise<void> }> } = {
  async postgres() {
    const { url, stop } = await startPostgres();
    return { told: { url }, stop };
  },
  async guardian() {
    const pidFolder = join(folder, 'pids');
    mkdirSync(pidFolder);
    return { told: { pidFolder }, stop: async () => void (await endOrphans(pidFolder)) };
  },
  async platform() {
    const mailFolder = join(folder, 'mails');
    mkdirSync(mailFolder);
    const platform = await launchPlatform(databaseUrl, { WEBHOOK_ALLOW_LOOPBACK: 'true', MAIL_FOLDER: mailFolder });
    await Promise.all([platform.startTemporal(), platform.startApi()]);
    await platform.startWorker();
    const { base, temporalAddress, stop } = platform;
    return { told: { base, temporalAddress, databaseUrl, workerPid: platform.pidOf('worker'), mailFolder }, stop };
  },
};

const owner = identify(Number(pid));
try {
  const { told, stop } = await STARTERS[name as keyof SharedServers]();
  writeFileSync(join(folder, 'told'), JSON.stringify(told));
  renameSync(join(folder, 'told'), join(folder, 'told.json'));
  while (isAlive(owner) && !existsSync(join(dirname(folder), 'over'))) await setTimeout(LOOK_MS);
  await stop();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
if (!isAlive(owner)) rmSync(folder, { recursive: true, force: true });
process.exit();

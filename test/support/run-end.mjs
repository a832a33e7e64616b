/** Jest's `globalTeardown`: tells the shared servers that the run is over, and waits until they have ended. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const isAlive = (pid) => existsSync(`/proc/${pid}`);

/** The host of a server; nothing if it has ended with its worker and removed its folder. */
function hostOf(folder) {
  try {
    return [Number(readFileSync(join(folder, 'pid'), 'utf8'))];
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

export default async function endRun() {
  const run = process.env.TESSELLATE_TEST_RUN;
  const hosts = readdirSync(run).flatMap((name) => hostOf(join(run, name)));
  writeFileSync(join(run, 'over'), '');
  while (hosts.some(isAlive)) await setTimeout(50);
  rmSync(run, { recursive: true });
}

/** Jest's `globalTeardown`: tells the shared servers that the run is over, and waits until they have ended. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const isAlive = (pid) => existsSync(`/proc/${pid}`);

export default async function endRun() {
  const run = process.env.TESSELLATE_TEST_RUN;
  const hosts = readdirSync(run).map((name) => Number(readFileSync(join(run, name, 'pid'), 'utf8')));
  writeFileSync(join(run, 'over'), '');
  while (hosts.some(isAlive)) await setTimeout(50);
  rmSync(run, { recursive: true });
}

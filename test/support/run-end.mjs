/** Jest's `globalTeardown`: without their folder the shared servers end; the run is over when they have. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const isAlive = (pid) => existsSync(`/proc/${pid}`);

export default async function endRun() {
  const run = process.env.TESSELLATE_TEST_RUN;
  const hosts = readdirSync(run).map((name) => Number(readFileSync(join(run, name, 'pid'), 'utf8')));
  rmSync(run, { recursive: true, maxRetries: 5 });
  while (hosts.some(isAlive)) await setTimeout(50);
}

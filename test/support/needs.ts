/**
 * Programs of the system that some tests need. Where one is missing these tests fail and say what to install; a run that shall
 * skip them names the programs: `TEST_ALLOW_SKIPS=redis,poppler npm test`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, test } from '@jest/globals';

/** How to install each, by its name in `TEST_ALLOW_SKIPS`. */
const INSTALL = {
  redis: 'apt-get install redis-server',
  poppler: 'apt-get install poppler-utils',
  chromium: 'apt-get install chromium',
  vulkan: 'apt-get install chromium libvulkan1',
  promtool: 'apt-get install prometheus',
  pgbouncer: 'apt-get install pgbouncer',
  postgresql: 'apt-get install postgresql',
  'python3 and java': 'apt-get install python3-venv default-jre-headless',
  'temporal-test-server': 'allow the download by the Temporal SDK, or install java and maven',
} as const;
export type Program = keyof typeof INSTALL;

/** Whether there is a Vulkan driver: a card's, or the one on the processor that test/support/run-start.mjs chooses. */
export const hasVulkan = [process.env.VK_ICD_FILENAMES ?? '', '/usr/share/vulkan/icd.d'].some((path) =>
  existsSync(path),
);

/** Whether a command can be started here. */
export const canRun = (command: string, ...args: string[]): boolean => spawnSync(command, args).error === undefined;

/** @throws unless this run may skip what needs the program */
export function allowSkip(program: Program): void {
  if (!process.env.TEST_ALLOW_SKIPS?.split(',').includes(program))
    throw new Error(`${program} is missing: ${INSTALL[program]}, or skip its tests by TEST_ALLOW_SKIPS=${program}`);
}

type Run<Body> = (name: string, body: Body) => void;

function whereThereIs<Body>(isThere: boolean, program: Program, run: Run<Body>, skip: Run<Body>): Run<Body> {
  if (isThere) return run;
  try {
    allowSkip(program);
    return (name, body) => skip(`${name} (SKIPPED: ${program} is missing)`, body);
  } catch (missing) {
    return (name) => test(name, () => Promise.reject(missing));
  }
}

/** `describe` for tests that need a program. */
export const describeWith = (program: Program, isThere: boolean): Run<() => void> =>
  whereThereIs(isThere, program, describe, describe.skip);

/** `test` for one that needs a program. */
export const testWith = (program: Program, isThere: boolean): Run<() => void | Promise<void>> =>
  whereThereIs(isThere, program, test, test.skip);

/** `describe` for tests that need Redis. */
export const describeWithRedis = describeWith('redis', canRun('redis-server', '--version'));

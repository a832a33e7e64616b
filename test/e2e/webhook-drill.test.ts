/** The short form of `npm run drill:webhooks`: no webhook is lost though receivers fail and the worker is killed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const ARGUMENTS = [
  '--deliveries',
  '200',
  '--endpoints',
  '5',
  '--failures',
  '1',
  '--worker-kills',
  '1',
  '--api-kills',
  '0',
];

test('every webhook of 80 jobs arrives, with one id, on its schedule, and nowhere else, though the worker is killed', async () => {
  // It rejects, with what the drill says, when a promise was broken.
  const { stdout } = await promisify(execFile)(process.execPath, [
    'dist/bench/main.js',
    'drill-webhooks',
    ...ARGUMENTS,
    '--throughput',
    '0',
  ]);
  expect(stdout).toMatch(/never taken by their receiver +0 +.* ok/);
  expect(stdout).toMatch(/processes killed +1 +.* ok/);
  expect(stdout).not.toContain('BREACH');
}, 300_000);

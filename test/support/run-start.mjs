/** Jest's `globalSetup`: the folder of this run, by which its workers and the servers that they share find each other. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

export default function startRun() {
  process.env.TESSELLATE_TEST_RUN ??= mkdtempSync(join('/tmp', 'tessellate-run-'));
}

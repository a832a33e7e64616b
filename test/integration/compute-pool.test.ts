/** Compute threads that are replaced while they work. */
import { expect, test } from '@jest/globals';
import { ComputePool, moduleTasks } from '../../src/compute/pool.ts';
import type * as waitingTasks from '../support/waiting-tasks.ts';

const module = new URL('../../dist/test/support/waiting-tasks.js', import.meta.url).href;
const task = moduleTasks<typeof waitingTasks>(module);

test('tasks end on the threads where they began, however often threads are replaced meanwhile', async () => {
  const pool = new ComputePool({ threads: 2, maxTasksPerThread: 1 });
  try {
    // Many more tasks than a generation of threads takes; those of one generation end at different times.
    const lengthsMs = Array.from({ length: 12 }, (_, k) => (k % 2 === 0 ? 100 : 900));
    expect(await Promise.all(lengthsMs.map((ms) => task(pool, 'wait', ms)))).toEqual(lengthsMs);
  } finally {
    await pool.close();
  }
});

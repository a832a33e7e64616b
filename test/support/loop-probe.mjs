/**
 * Measures in a process how long one turn of its event loop takes. `node --import` loads it; the test calls it on a port of
 * its own.
 *
 * A turn lasts from one tick of a timer to the next. The time in which the thread waits for a processor is left out where the
 * system tells it (Linux): other processes cause it. What is left is work and blocking calls.
 */
import { openSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { getHeapStatistics } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

const TICK_MS = 10;
const REPEATS = 7;

/** Returns what reads the time that this thread has waited for a processor [ms]; always 0 where the system does not tell it. */
function waitedTime() {
  const buffer = Buffer.alloc(128);
  try {
    const file = openSync(`/proc/${process.pid}/task/${process.pid}/schedstat`, 'r');
    return () => Number(buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, 0)).split(' ')[1]) / 1e6;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return () => 0;
  }
}

if (isMainThread && process.env.LOOP_PROBE_PORT) {
  const waitedMs = waitedTime();
  const now = () => performance.now() - waitedMs();
  let last = now();
  let longest = 0;
  /** Memory of this thread: objects, and buffers that they hold [bytes] */
  const memory = () => {
    const { used_heap_size, external_memory } = getHeapStatistics();
    return used_heap_size + external_memory;
  };
  let before = memory();
  let most = before;
  const tick = () => {
    const at = now();
    longest = Math.max(longest, at - last - TICK_MS);
    last = at;
    most = Math.max(most, memory());
  };
  setInterval(tick, TICK_MS).unref();

  const text = JSON.stringify(Array.from({ length: 100_000 }, (_, i) => [i, i / 7]));
  /** Time that a fixed piece of work takes [ms] */
  const work = () => {
    const from = now();
    JSON.parse(text);
    return now() - from;
  };
  const answers = {
    /** The longest turn since the call before [ms] */
    '/longest': () => {
      tick();
      const found = longest;
      longest = 0;
      return found;
    },
    /** How much more memory than at the call before this thread has had since then [bytes] */
    '/memory': () => {
      tick();
      const grown = most - before;
      before = most = memory();
      return grown;
    },
    /** The most memory of the process, with all of its threads, since its start [bytes] */
    '/resident': () => process.resourceUsage().maxRSS * 1024,
    '/work': () => Math.min(...Array.from({ length: REPEATS }, work)),
  };
  createServer((request, response) => response.end(String(answers[request.url]())))
    .listen(Number(process.env.LOOP_PROBE_PORT), '127.0.0.1')
    .unref();
}

import { startWorker } from '../../../temporal/worker.ts';
import { loadConfig, noEffectNotice } from '../../adapters/config/config.ts';
import { createLogger } from '../../adapters/observability/logger.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { DEFAULT_QUEUES, TASK_QUEUES, type TaskQueue } from '../../contracts/jobs/kinds.ts';

/**
 * Parses the names of queues.
 * @param text names separated by commas; default: every queue but `gpu`. @throws AppError for a queue that does not exist
 */
export function parseQueues(text?: string): readonly TaskQueue[] {
  if (text === undefined) return DEFAULT_QUEUES;
  return text.split(',').map((name) => {
    const queue = TASK_QUEUES.find((known) => known === name.trim());
    if (!queue) throw new AppError('request.invalid', `No queue ${name}; there are ${TASK_QUEUES.join(', ')}`);
    return queue;
  });
}

/** Runs `tessellate worker --queues ...` until SIGTERM or SIGINT; running jobs then stop at their next checkpoint. */
export async function runWorker(queues?: string): Promise<void> {
  const config = loadConfig();
  const notice = noEffectNotice();
  if (notice) createLogger({ service: 'worker', level: config.LOG_LEVEL }).warning(notice);
  const worker = await startWorker(config, parseQueues(queues));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void worker.stop());
  await worker.stopped;
}

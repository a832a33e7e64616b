import { startWorker } from '../../../temporal/worker.ts';
import { loadConfig, settingsWarnings } from '../../adapters/config/config.ts';
import { createLogger } from '../../adapters/observability/logger.ts';
import { endWith } from '../../adapters/observability/start.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { DEFAULT_QUEUES, TASK_QUEUES, type TaskQueue } from '../../contracts/jobs/kinds.ts';
import { onStopSignal } from '../../lib/stop-signal.ts';

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

/** Options of the command line, which go before the environment. */
export interface WorkerCommand {
  readonly queues?: string;
  readonly concurrency?: string;
  readonly maxTasksPerChild?: string;
  readonly logLevel?: string;
  readonly identity?: string;
}

async function run({ queues, concurrency, maxTasksPerChild, logLevel, identity }: WorkerCommand): Promise<void> {
  const overrides = {
    ...(concurrency !== undefined && { WORKER_CONCURRENCY: concurrency }),
    ...(maxTasksPerChild !== undefined && { WORKER_MAX_TASKS_PER_CHILD: maxTasksPerChild }),
    ...(logLevel !== undefined && { LOG_LEVEL: logLevel.toUpperCase() }),
  };
  const config = loadConfig(overrides, 'worker');
  const log = createLogger({ service: 'worker', level: config.LOG_LEVEL });
  for (const warning of settingsWarnings()) log.warning(warning);
  const worker = await startWorker(config, parseQueues(queues), identity);
  onStopSignal(() => worker.stop());
  await worker.stopped;
  process.exit(0);
}

/** Runs `tessellate worker` until SIGTERM or SIGINT; running jobs then stop at their next checkpoint. */
export async function runWorker(command: WorkerCommand): Promise<void> {
  onStopSignal(() => process.exit(0));
  await run(command).catch((error: unknown) => endWith('worker', 'The worker cannot run', error));
}

/** The SDK in a worker process: its runtime, its connection, and the wrapper of every activity. */
import type { NativeConnectionOptions } from '@temporalio/worker';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { toFailure } from '../activities/run-slices.ts';
import type { Logger } from '../src/adapters/observability/logger.ts';
import { metrics } from '../src/adapters/observability/metrics.ts';
import type { TemporalOptions } from '../src/adapters/temporal/temporal-client.ts';
import { connectionOptions } from '../src/adapters/temporal/temporal-client.ts';
import { freePort } from './embedded/ports.ts';
import { guardPayload } from './payload-guard.ts';

/**
 * Installs the SDK's runtime, once in each process.
 * @returns address of its own metrics (task latencies, slots, cache)
 */
let runtime: Promise<string> | undefined;
export function installRuntime(log: Logger): Promise<string> {
  runtime ??= freePort().then((port) => {
    const bindAddress = `127.0.0.1:${port}`;
    Runtime.install({
      logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
        log.log(level === 'ERROR' ? 'error' : 'warning', message, meta as object),
      ),
      shutdownSignals: [],
      telemetryOptions: {
        metrics: {
          prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
        },
      },
    });
    return `http://${bindAddress}/metrics`;
  });
  return runtime;
}

/** Opens the workers' connection to Temporal. */
export const connectWorkers = (temporal: TemporalOptions): Promise<NativeConnection> =>
  NativeConnection.connect(connectionOptions(temporal) as NativeConnectionOptions);

/** Counts and times every activity by its name. */
export function measured(activities: object): object {
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]: [string, (...args: unknown[]) => Promise<unknown>]) => [
      name,
      async (...args: unknown[]) => {
        const end = metrics.temporalTaskDuration.startTimer({ name });
        try {
          const result = guardPayload(`result of ${name}`, await activity(...args));
          metrics.temporalTasks.inc({ name, status: 'success' });
          return result;
        } catch (error) {
          metrics.temporalTasks.inc({ name, status: 'failure' });
          throw toFailure(error);
        } finally {
          end();
        }
      },
    ]),
  );
}

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

const RECONNECT_MS = 1_000;

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

/** Connects to Temporal; waits without a limit until it answers. */
export async function connectPatiently(temporal: TemporalOptions, log: Logger): Promise<NativeConnection> {
  const options = connectionOptions(temporal) as NativeConnectionOptions;
  for (let attempt = 1; ; attempt++) {
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      if (attempt === 1) log.warning(`Temporal at ${options.address} cannot be reached; waiting for it`, { error });
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }
}

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

/** How a process starts: it waits for parts that cannot be reached yet, or ends with one line that says why. */
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../../contracts/common/app-error.ts';
import { reasonOf } from '../../lib/reason-of.ts';
import { createLogger, type Logger } from './logger.ts';

export interface Patience {
  /** START_WAIT_SECONDS */
  readonly limitS: number;
  readonly log: Logger;
  /** Whether the error may pass by itself; all others end the wait at once. */
  readonly isPassing: (error: unknown) => boolean;
}

const FIRST_PAUSE_S = 1;
const LONGEST_PAUSE_S = 10;

/**
 * Repeats an attempt while its error may pass, with a growing pause, and logs each failure.
 * @param part what is waited for, such as `PostgreSQL`
 * @throws the error that does not pass, or AppError `service.unavailable` after the limit
 */
export async function patiently<T>(
  part: string,
  attempt: () => Promise<T>,
  { limitS, log, isPassing }: Patience,
): Promise<T> {
  const started = performance.now();
  for (let pauseS = FIRST_PAUSE_S; ; pauseS = Math.min(2 * pauseS, LONGEST_PAUSE_S)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const waitedS = Math.round((performance.now() - started) / 1000);
      if (waitedS + pauseS > limitS)
        throw new AppError('service.unavailable', `${part} was not ready within ${limitS} s`, { cause: error });
      log.warning(`${part} is not ready; the next attempt is in ${pauseS} s`, {
        reason: reasonOf(error),
        waited_s: waitedS,
      });
      await setTimeout(pauseS * 1000);
    }
  }
}

/** Ends a process that cannot start or continue: one JSON line, status 1. */
export function endWith(service: string, what: string, error: unknown): never {
  const { problems } = error as { problems?: readonly string[] };
  createLogger({ service, level: 'ERROR' }).error(`${what}: ${reasonOf(error)}`, problems ? { problems } : { error });
  process.exit(1);
}

/**
 * Workflows carry ids and summaries. A larger payload is a fault of the platform; this guard names its field before Temporal
 * refuses it.
 */
import { AppError } from '../src/contracts/common/app-error.ts';

/** Far below the 2 MB that Temporal takes; an ordinary payload has 200 bytes. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/**
 * Checks the size of a payload.
 * @param name of the payload, such as `result of solarAnalyze`
 * @returns the value
 * @throws AppError `job.payload_too_large` that names the largest field
 */
export function guardPayload<T>(name: string, value: T): T {
  const bytes = bytesOf(value);
  if (bytes <= MAX_PAYLOAD_BYTES) return value;
  const [field] = Object.entries(value as object)
    .map(([key, inner]) => ({ key, size: bytesOf(inner) }))
    .sort((a, b) => b.size - a.size);
  throw new AppError(
    'job.payload_too_large',
    `The ${name} has ${bytes} bytes, ${field ? `${field.size} of them in ${field.key}` : 'all in one value'}; expected at most ${MAX_PAYLOAD_BYTES}`,
    { fix: 'Store it and carry its id.' },
  );
}

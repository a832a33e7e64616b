/** Structured JSON logs: one object on each line, with the fields by which operators filter. */
import type { Logger } from 'winston';
import { createLogger as createWinston, format, transports } from 'winston';

export type { Logger } from 'winston';

export interface LogOptions {
  readonly service: string;
  readonly level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';
}

const LEVELS = { error: 0, warning: 1, info: 2, debug: 3 };
const SECRET_FIELD = /password|secret|token|authorization|api_key$/i;

const redact = format((info) => {
  for (const key of Object.keys(info)) if (SECRET_FIELD.test(key)) info[key] = '[redacted]';
  return info;
});

const line = format.printf((info) => {
  const { level, message, service, timestamp, ...rest } = info;
  if (rest.error instanceof Error) {
    const { name, message: text, stack, cause } = rest.error;
    rest.error = { name, message: text, stack, cause: cause === undefined ? undefined : String(cause) };
  }
  return JSON.stringify({ timestamp, level: level.toUpperCase(), service, ...rest, message });
});

/** Returns a logger whose lines have timestamp, level, service and message; request fields are added by the caller. */
export function createLogger({ service, level }: LogOptions): Logger {
  return createWinston({
    levels: LEVELS,
    level: level.toLowerCase(),
    defaultMeta: { service },
    format: format.combine(format.timestamp(), redact(), line),
    transports: [new transports.Console({ stderrLevels: Object.keys(LEVELS) })],
  });
}

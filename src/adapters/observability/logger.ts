/** Structured JSON logs: one object on each line, with the fields by which operators filter. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'winston';
import { createLogger as createWinston, format, transports } from 'winston';
import { traceIdOf } from './tracing.ts';

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

type LogFields = Readonly<Record<string, string | null>>;
const fieldsOfWork = new AsyncLocalStorage<LogFields>();

/** Runs work whose log lines all have these fields. */
export const withLogFields = <T>(fields: LogFields, work: () => T): T => fieldsOfWork.run(fields, work);

/** Adds the work and the trace in which a line is written. */
const inWork = format((info) => {
  for (const [name, value] of Object.entries(fieldsOfWork.getStore() ?? {})) info[name] ??= value ?? undefined;
  info.trace_id ??= traceIdOf();
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
    format: format.combine(format.timestamp(), inWork(), redact(), line),
    transports: [new transports.Console({ stderrLevels: Object.keys(LEVELS) })],
  });
}

/** Requests of the API, counted by minute and process for the service level objectives. */
import { EntitySchema } from 'typeorm';
import { instant, integer, text } from './columns.ts';

export interface SloMinuteRow {
  /** Start of the minute; of the hour where `process` is 'hour' */
  minute: Date;
  /** Random name of the process; 'hour' for the sum over all processes and minutes of an hour */
  process: string;
  n_requests: number;
  /** Answered with 5xx, or not in time */
  n_bad: number;
  /** Requests whose duration counts */
  n_timed: number;
  /** Longer than 500 ms */
  n_slow: number;
  /** Longer than 2 s */
  n_very_slow: number;
}

export const SloMinute = new EntitySchema<SloMinuteRow>({
  name: 'slo_minutes',
  columns: {
    minute: { ...instant, primary: true },
    process: { ...text, primary: true },
    n_requests: integer,
    n_bad: integer,
    n_timed: integer,
    n_slow: integer,
    n_very_slow: integer,
  },
});

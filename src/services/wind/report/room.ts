/** The reports of wind farms: the data that they load and the chapters that they write. */
import type { ReportRoom } from '../../reports/room.ts';
import type { WindJobRow } from '../load.ts';
import { windChapters } from './chapters.ts';
import { loadWindJob } from './load.ts';
import type { WindJob } from './wind-job.ts';

export const windRoom: ReportRoom<WindJob, WindJobRow> = { ...windChapters, load: loadWindJob };

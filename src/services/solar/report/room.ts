/** The reports of photovoltaic plants: the data that they load and the chapters that they write. */
import type { ReportRoom } from '../../reports/room.ts';
import { solarChapters } from './chapters.ts';
import { loadSolarJob, type SolarJob } from './load.ts';

export const solarRoom: ReportRoom<SolarJob, SolarJob['job']> = { ...solarChapters, load: loadSolarJob };

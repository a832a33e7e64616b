/** The tasks of compute threads for photovoltaic plants. */
import { SOLAR_DESIGN_TASKS } from './design/tasks.ts';
import { SOLAR_LIBRARY_TASKS } from './library/library-tasks.ts';
import { SOLAR_YEAR_TASKS } from './year/tasks.ts';

export const SOLAR_TASKS = { ...SOLAR_YEAR_TASKS, ...SOLAR_DESIGN_TASKS, ...SOLAR_LIBRARY_TASKS } as const;

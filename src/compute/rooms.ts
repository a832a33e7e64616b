/** The tasks of all rooms, with one line for each room. */
export { BODY_TASKS } from '../contracts/large-body-tasks.ts';
export { DOCUMENT_TASKS } from '../documents/tasks.ts';
export { SERIES_TASKS } from '../series/tasks.ts';
export { SOLAR_TASKS } from '../solar/tasks.ts';
export { WEATHER_TASKS } from '../weather/tasks.ts';
export { WIND_TASKS } from '../wind/tasks.ts';
export { GPU_TASKS } from './gpu/tasks.ts';

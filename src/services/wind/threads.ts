/** The tasks of thread-tasks.ts by their names. */
import { builtModule, moduleTasks } from '../../compute/pool.ts';
import type * as tasks from './thread-tasks.ts';

export const WIND_THREAD_MODULE = builtModule(import.meta.url, './thread-tasks');
export const inThread = moduleTasks<typeof tasks>(WIND_THREAD_MODULE);

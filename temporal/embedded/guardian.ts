/** Outlives a supervisor that is killed, and ends its children: `guardian PID_FOLDER`, with the supervisor's pipe as stdin. */
import { endOrphans } from './supervisor.ts';

process.stdin.resume();
process.stdin.once('end', () => void endOrphans(process.argv[2]));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

/** The program of the API. It loads the rest only after SIGTERM has a handler. */
import { onStopSignal } from '../lib/stop-signal.ts';

onStopSignal(() => process.exit(0));
const { runApi } = await import('./start.ts');
await runApi();

/**
 * SIGTERM and SIGINT. A process that runs as PID 1 ignores a signal without a handler, so a program imports this module
 * first. Until the program has set what to do, a signal ends the process.
 */
const SIGNALS = { SIGTERM: 143, SIGINT: 130 } as const;
type StopSignal = keyof typeof SIGNALS;

let stop = (signal: StopSignal): void => process.exit(SIGNALS[signal]);
for (const signal of Object.keys(SIGNALS) as StopSignal[]) process.on(signal, () => stop(signal));

/** Replaces what SIGTERM and SIGINT do; a second signal calls the handler again. */
export function onStopSignal(handler: (signal: StopSignal) => void): void {
  stop = handler;
}

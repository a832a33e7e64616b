/** How long a process takes to stop at most; the stop periods of compose, Railway and Kubernetes are longer. */

/** Open requests may end within this time after the port has closed [ms]. */
export const REQUESTS_END_MS = 10_000;
/** Connections to other parts close within this time after that, else the process ends with status 1 [ms]. */
export const CLOSE_MS = 5_000;

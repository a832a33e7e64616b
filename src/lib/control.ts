/** Shared with a compute thread: [0] is set to 1 to stop it. */
export type Control = Int32Array;

/** Shared with a compute thread: [0] is set to 1 to stop it, [1] counts the units done. */
export type Control = Int32Array;

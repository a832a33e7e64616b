/** The secret that seals and signs, and those before it, under which values are still opened and signatures are still accepted. */
export type Secrets = readonly [current: string, ...previous: string[]];

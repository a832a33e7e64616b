/**
 * A device that computes many things at once, as the engine sees it: a program is a text, its data are arrays of numbers.
 * The engine has no device of its own; whoever runs its tasks passes one.
 */

/** A compute program in WGSL with the entry point `main`. */
export interface DeviceProgram {
  readonly name: string;
  readonly code: string;
}

export type DeviceData = Float32Array | Uint32Array;

export interface DeviceCall {
  readonly program: DeviceProgram;
  /** Bound to read at 0, 1, ...: data that further calls use too; they stay on the device. Never changed once passed */
  readonly constants: readonly DeviceData[];
  /** Bound to read after the constants */
  readonly inputs: readonly DeviceData[];
  /** Number of f32 in the result, which is bound to write after the inputs */
  readonly outputs: number;
  /** Number of f32 of memory to work with, bound after the result, with any content; left out: none */
  readonly scratch?: number;
  readonly workgroups: readonly [x: number, y: number];
}

/** What a device's driver says about it. */
export interface DeviceDescription {
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly features: readonly string[];
  /** Those that bound the size of a call */
  readonly limits: Readonly<Record<string, number>>;
}

export interface Device {
  readonly name: string;
  readonly description: DeviceDescription;
  /** Time from the upload of data to the result of all calls so far [ms] */
  readonly busyMs: number;
  /** Memory that it holds now [bytes] */
  readonly memoryBytes: number;
  /**
   * Runs a program.
   * @returns what it wrote
   * @throws DeviceMemoryError if the device has no memory for the data
   */
  run(call: DeviceCall): Promise<Float32Array>;
}

/** What runs a task has a device. Opened when a task first asks. */
export type OpenDevice = () => Promise<Device>;

/** A device's share of a search. */
export interface DeviceShare {
  readonly name: string;
  /** Time on the device, transfers included [ms] */
  readonly ms: number;
  readonly evaluations: number;
}

/** Adds work of a device to its share. @param busyMs of the device before the work */
export const withWork = (
  share: DeviceShare | undefined,
  device: Pick<Device, 'name' | 'busyMs'>,
  busyMs: number,
  evaluations: number,
): DeviceShare => ({
  name: device.name,
  ms: (share?.ms ?? 0) + device.busyMs - busyMs,
  evaluations: (share?.evaluations ?? 0) + evaluations,
});

/** Designs in a call: as many as a device computes in this time, within limits, the fewest at first. */
const BATCH = { ms: 500, fewest: 64, most: 8192 };

/** Returns the number of designs that a search should give a device at once. */
export function batchOf(share: DeviceShare | undefined): number {
  const { ms, evaluations } = share ?? { ms: 0, evaluations: 0 };
  const count = ms > 0 ? Math.floor((BATCH.ms * evaluations) / ms) : 0;
  return Math.min(Math.max(count, BATCH.fewest), BATCH.most);
}

export class DeviceMemoryError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeviceMemoryError';
  }
}

/** Largest number of workgroups in one dimension that every device allows */
const MAX_WORKGROUPS = 65_535;

/**
 * Runs `count` items in batches, each as large as the device's memory allows: a batch that does not fit runs in halves.
 * @param run takes the items from `from` to before `to`
 * @param most items of a batch
 * @throws DeviceMemoryError if not even one item fits
 */
export async function inBatches(
  count: number,
  run: (from: number, to: number) => Promise<void>,
  most = MAX_WORKGROUPS,
): Promise<void> {
  let size = Math.min(count, most, MAX_WORKGROUPS);
  for (let from = 0; from < count; ) {
    const to = Math.min(from + size, count);
    try {
      await run(from, to);
      from = to;
    } catch (error) {
      if (!(error instanceof DeviceMemoryError) || to - from === 1) throw error;
      size = Math.ceil((to - from) / 2);
    }
  }
}

/**
 * A GPU through WebGPU (Dawn, by the npm package `webgpu`): its adapter, buffers and memory. Programs and data come from the
 * engine.
 */
import type { Device, DeviceCall, DeviceData, DeviceDescription, DeviceProgram } from '../../lib/device.ts';
import { DeviceMemoryError } from '../../lib/device.ts';

export interface GpuOptions {
  /** Most memory to hold [bytes]; default: what the device gives */
  readonly maxMemoryBytes?: number;
}

/** There is no GPU that Vulkan, Metal or Direct3D 12 offers. */
class NoGpuError extends Error {
  constructor(reason: string) {
    super(
      `No GPU: looked for an adapter of Vulkan (libvulkan.so.1 and the drivers in VK_ICD_FILENAMES or /usr/share/vulkan/icd.d), Metal or Direct3D 12; ${reason}`,
    );
    this.name = 'NoGpuError';
  }
}

/** The device went away while it worked, with all that it held. */
class GpuLostError extends Error {
  constructor(message: string) {
    super(`The GPU was lost: ${message}`);
    this.name = 'GpuLostError';
  }
}

/** Constants kept at the same time; the one used longest ago goes first. */
const MAX_CONSTANTS = 64;
/** Buffers have sizes of powers of two from this on, so that other calls can use them again [bytes]. */
const SMALLEST_BUFFER = 256;
const sizeOfPool = (bytes: number): number => Math.max(SMALLEST_BUFFER, 2 ** Math.ceil(Math.log2(bytes)));

/** One acquired device; a lost one is replaced with everything that it held. */
interface Session {
  /** Kept because devices end with it; Node does not end while it is there */
  gpu: GPU | null;
  readonly device: GPUDevice;
  readonly description: DeviceDescription;
  readonly pipelines: Map<string, Promise<GPUComputePipeline>>;
  readonly constants: Map<DeviceData, GPUBuffer>;
  /** Buffers that no call uses, by usage and size */
  readonly free: Map<string, GPUBuffer[]>;
  /** Rejects when the device is lost */
  readonly lost: Promise<never>;
  isLost: boolean;
  bytes: number;
}

type Constants = Pick<typeof globalThis, 'GPUBufferUsage' | 'GPUMapMode'>;

export class GpuDevice implements Device {
  busyMs = 0;
  /** How often the device was lost and acquired again */
  losses = 0;
  readonly #options: GpuOptions;
  readonly #constants: Constants;
  #session: Session;

  private constructor(session: Session, constants: Constants, options: GpuOptions) {
    this.#session = session;
    this.#constants = constants;
    this.#options = options;
  }

  /** @throws NoGpuError if there is none */
  static async open(options: GpuOptions = {}): Promise<GpuDevice> {
    const session = await acquire();
    const { globals } = await import('webgpu');
    return new GpuDevice(session, globals as Constants, options);
  }

  get description(): DeviceDescription {
    return this.#session.description;
  }

  get name(): string {
    return this.description.name;
  }

  get memoryBytes(): number {
    return this.#session.bytes;
  }

  async run(call: DeviceCall): Promise<Float32Array> {
    const started = performance.now();
    try {
      return await this.#attempt(call);
    } catch (error) {
      if (!this.#session.isLost) throw error;
      // Whatever the loss made of the call: its data are still here, so that another device can run it.
      this.losses++;
      this.#session = await acquire();
      return await this.#attempt(call);
    } finally {
      this.busyMs += performance.now() - started;
    }
  }

  /** Gives the device back; the next call acquires it again. */
  release(): void {
    this.#session.isLost = true;
    this.#session.device.destroy();
    this.#session.gpu = null;
  }

  async #attempt({ program, constants, inputs, outputs, scratch, workgroups }: DeviceCall): Promise<Float32Array> {
    const session = this.#session;
    if (session.isLost) throw new GpuLostError('it was given back');
    const { GPUBufferUsage, GPUMapMode } = this.#constants;
    const { device } = session;
    const bytes = outputs * Float32Array.BYTES_PER_ELEMENT;
    const taken: [string, GPUBuffer][] = [];
    const take = (usage: number, size: number): GPUBuffer => {
      const key = `${usage} ${sizeOfPool(size)}`;
      const buffer = session.free.get(key)?.pop() ?? this.#create(usage, sizeOfPool(size), constants);
      taken.push([key, buffer]);
      return buffer;
    };
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    let failed: unknown;
    let work: { readonly read: GPUBuffer } | undefined;
    try {
      const pipeline = await whileThere(session, this.#pipeline(program));
      const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
      const result = take(STORAGE | COPY_SRC, bytes);
      const buffers: (readonly [GPUBuffer, number])[] = [
        ...constants.map((data) => [this.#constant(data, constants), data.byteLength] as const),
        ...inputs.map((data) => {
          const buffer = take(STORAGE | COPY_DST, data.byteLength);
          device.queue.writeBuffer(buffer, 0, data as GPUAllowSharedBufferSource);
          return [buffer, data.byteLength] as const;
        }),
        [result, bytes],
      ];
      if (scratch) {
        const size = scratch * Float32Array.BYTES_PER_ELEMENT;
        buffers.push([take(STORAGE, size), size]);
      }
      const read = take(MAP_READ | COPY_DST, bytes);
      const bound = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: buffers.map(([buffer, size], binding) => ({ binding, resource: { buffer, size } })),
      });
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bound);
      pass.dispatchWorkgroups(...workgroups);
      pass.end();
      encoder.copyBufferToBuffer(result, 0, read, 0, bytes);
      device.queue.submit([encoder.finish()]);
      work = { read };
    } catch (error) {
      failed = error;
    }
    const [noMemory, fault] = await whileThere(session, Promise.all([device.popErrorScope(), device.popErrorScope()]));
    if (noMemory || failed instanceof DeviceMemoryError) {
      // What was taken may be no buffer at all.
      for (const [, buffer] of taken) this.#destroy(buffer);
      this.#trim([]);
      throw failed ?? new DeviceMemoryError(noMemory!.message);
    }
    // The first fault is the cause of those that follow.
    if (fault) throw new Error(`${program.name} does not run on ${this.name}: ${fault.message}`, { cause: failed });
    if (failed || !work) throw failed;
    const { read } = work;
    await whileThere(session, read.mapAsync(GPUMapMode.READ, 0, bytes));
    const written = new Float32Array(read.getMappedRange(0, bytes).slice(0));
    read.unmap();
    for (const [key, buffer] of taken) session.free.set(key, [...(session.free.get(key) ?? []), buffer]);
    return written;
  }

  #pipeline({ name, code }: DeviceProgram): Promise<GPUComputePipeline> {
    const { pipelines, device } = this.#session;
    let pipeline = pipelines.get(code);
    if (!pipeline) {
      const module = device.createShaderModule({ label: name, code });
      pipeline = device.createComputePipelineAsync({ label: name, layout: 'auto', compute: { module } });
      pipelines.set(code, pipeline);
      // The next call tries again, and hears the reason.
      pipeline.catch(() => pipelines.delete(code));
    }
    return pipeline;
  }

  /** @param needed constants that the call uses, which stay */
  #constant(data: DeviceData, needed: readonly DeviceData[]): GPUBuffer {
    const { constants, device } = this.#session;
    const { STORAGE, COPY_DST } = this.#constants.GPUBufferUsage;
    let buffer = constants.get(data);
    if (buffer) constants.delete(data);
    else {
      for (const [oldest, old] of constants) {
        if (constants.size < MAX_CONSTANTS || needed.includes(oldest)) break;
        this.#destroy(old);
        constants.delete(oldest);
      }
      buffer = this.#create(STORAGE | COPY_DST, data.byteLength, needed);
      device.queue.writeBuffer(buffer, 0, data as GPUAllowSharedBufferSource);
    }
    constants.set(data, buffer); // at the end: the first of the map is the one used longest ago
    return buffer;
  }

  /** @throws DeviceMemoryError beyond the limits of the device and of the options */
  #create(usage: number, size: number, needed: readonly DeviceData[]): GPUBuffer {
    const session = this.#session;
    const { maxBufferSize, maxStorageBufferBindingSize } = session.description.limits;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (size > most) throw new DeviceMemoryError(`A buffer needs ${size} bytes; ${this.name} has at most ${most}`);
    const { maxMemoryBytes = Number.POSITIVE_INFINITY } = this.#options;
    if (session.bytes + size > maxMemoryBytes) this.#trim(needed);
    if (session.bytes + size > maxMemoryBytes)
      throw new DeviceMemoryError(`A buffer needs ${size} bytes; ${session.bytes} of ${maxMemoryBytes} are in use`);
    session.bytes += size;
    return session.device.createBuffer({ usage, size });
  }

  /** Gives back what no call uses. */
  #trim(needed: readonly DeviceData[]): void {
    const { free, constants } = this.#session;
    for (const buffer of [...free.values()].flat()) this.#destroy(buffer);
    free.clear();
    for (const [data, buffer] of constants) {
      if (needed.includes(data)) continue;
      this.#destroy(buffer);
      constants.delete(data);
    }
  }

  #destroy(buffer: GPUBuffer): void {
    this.#session.bytes -= buffer.size;
    buffer.destroy();
  }
}

/** Settles as `work` does, but rejects if the device is lost before. */
const whileThere = <Result>({ lost }: Session, work: Promise<Result>): Promise<Result> => Promise.race([work, lost]);

async function acquire(): Promise<Session> {
  const { create } = await import('webgpu').catch((error: unknown) => {
    throw new NoGpuError(`the package webgpu does not load here: ${error}`);
  });
  const gpu = create([]);
  // The discrete card before the integrated one, and both before software.
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new NoGpuError('there is none');
  const { limits, info, features } = adapter;
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  const device = await adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
  const { maxComputeWorkgroupsPerDimension, maxComputeInvocationsPerWorkgroup } = device.limits;
  const session: Session = {
    gpu,
    device,
    description: {
      name: info.device || info.description,
      vendor: info.vendor,
      architecture: info.architecture,
      features: [...features].sort(),
      limits: {
        maxBufferSize,
        maxStorageBufferBindingSize,
        maxComputeWorkgroupsPerDimension,
        maxComputeInvocationsPerWorkgroup,
      },
    },
    pipelines: new Map(),
    constants: new Map(),
    free: new Map(),
    lost: device.lost.then(({ message }) => {
      session.isLost = true;
      throw new GpuLostError(message);
    }),
    isLost: false,
    bytes: 0,
  };
  session.lost.catch(() => undefined); // Whoever waits for the device hears of it.
  return session;
}

/** Arrays in one WebAssembly memory, and the functions that work on them. */

/** What of the global object is used: Node's types leave it out. */
declare namespace WebAssembly {
  class Memory {
    constructor(limits: { readonly initial: number });
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: { readonly env: Readonly<Record<string, unknown>> });
    readonly exports: Readonly<Record<string, unknown>>;
  }
}

const PAGE_BYTES = 65536;

export class Arena {
  readonly #memory: WebAssembly.Memory;
  #end = 0;

  /** @param doubles room, in numbers of 8 bytes */
  constructor(doubles: number) {
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil((8 * doubles) / PAGE_BYTES) });
  }

  array(length: number): Float64Array<ArrayBuffer> {
    const array = new Float64Array(this.#memory.buffer, this.#end, length);
    this.#end += 8 * length;
    return array;
  }

  integers(length: number): Int32Array {
    const array = new Int32Array(this.#memory.buffer, this.#end, length);
    this.#end += 8 * Math.ceil(length / 2);
    return array;
  }

  copy(values: ArrayLike<number>): Float64Array {
    const array = this.array(values.length);
    array.set(values);
    return array;
  }

  /** Compiles the module. @returns the module's functions by name */
  instantiate<Functions>(bytes: Uint8Array, imports: Readonly<Record<string, unknown>>): Functions {
    const module = new WebAssembly.Module(bytes);
    return new WebAssembly.Instance(module, { env: { memory: this.#memory, ...imports } }).exports as Functions;
  }
}

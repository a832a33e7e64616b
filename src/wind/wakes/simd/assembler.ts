/**
 * Writes WebAssembly modules made of numbers, pairs of doubles and loops: what inner loops need, and no more.
 * A `Value` is an expression: where it is used twice it is computed twice, unless `Code.let` keeps it in a local.
 * WebAssembly core specification 2.0 with vectors, https://webassembly.github.io/spec/core/binary/
 */
export type Type = 'i32' | 'f64' | 'v128';
type Bytes = readonly (number | Bytes)[];

export interface Value {
  readonly type: Type;
  readonly bytes: Bytes;
}

const TYPE_CODE: Readonly<Record<Type, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

/** Encodes an unsigned integer as LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

/** Encodes a signed 32-bit integer as LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -0x40 || rest >= 0x40) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...bytes, rest & 0x7f];
}

const doubleBytes = (value: number): number[] => [...new Uint8Array(new Float64Array([value]).buffer)];
const vector = (code: number): number[] => [0xfd, ...unsigned(code)];

type Codes = Partial<Record<Type, readonly number[]>>;
const unary =
  (codes: Codes) =>
  (a: Value): Value => ({ type: a.type, bytes: [a.bytes, codes[a.type]!] });
/** Returns an operation on two values of one type; a plain number is a constant of the other's type. */
const binary =
  (codes: Codes) =>
  (a: Value | number, b: Value | number): Value => {
    const type = typeof a === 'number' ? (b as Value).type : a.type;
    return { type, bytes: [constant(type, a).bytes, constant(type, b).bytes, codes[type]!] };
  };
const convert =
  (type: Type, code: readonly number[]) =>
  (a: Value): Value => ({ type, bytes: [a.bytes, code] });

export const i32 = (value: number): Value => ({ type: 'i32', bytes: [0x41, signed(value)] });
export const f64 = (value: number): Value => ({ type: 'f64', bytes: [0x44, doubleBytes(value)] });
/** Returns a pair with the same value in both lanes. */
export const pairOf = (value: number): Value => pairOfBits(new BigUint64Array(new Float64Array([value]).buffer)[0]);
export const pairOfBits = (first: bigint, second = first): Value => ({
  type: 'v128',
  bytes: [vector(0x0c), [...new Uint8Array(new BigUint64Array([first, second]).buffer)]],
});

function constant(type: Type, value: Value | number): Value {
  if (typeof value !== 'number') return value;
  return type === 'i32' ? i32(value) : type === 'f64' ? f64(value) : pairOf(value);
}

export const add = binary({ i32: [0x6a], f64: [0xa0], v128: vector(0xf0) });
export const sub = binary({ i32: [0x6b], f64: [0xa1], v128: vector(0xf1) });
export const mul = binary({ i32: [0x6c], f64: [0xa2], v128: vector(0xf2) });
export const div = binary({ f64: [0xa3], v128: vector(0xf3) });
/** b < a ? b : a, and a < b ? b : a: less expensive than operations that propagate NaN */
export const least = binary({ v128: vector(0xf6) });
export const most = binary({ v128: vector(0xf7) });
/** To the next whole number towards 0 */
export const trunc = unary({ f64: [0x9d], v128: vector(0x7a) });
export const sqrt = unary({ f64: [0x9f], v128: vector(0xef) });
export const abs = unary({ f64: [0x99], v128: vector(0xec) });
export const neg = unary({ f64: [0x9a], v128: vector(0xed) });

/** Compares two values. The result is 0 or 1; for pairs, each lane has only zeros or only ones. */
const comparison = (integer: number, double: number, pair: number) => {
  const compare = binary({ i32: [integer], f64: [double], v128: vector(pair) });
  return (a: Value | number, b: Value | number): Value => {
    const compared = compare(a, b);
    return compared.type === 'f64' ? { ...compared, type: 'i32' } : compared;
  };
};
export const eq = comparison(0x46, 0x61, 0x47);
export const ne = comparison(0x47, 0x62, 0x48);
export const lt = comparison(0x48, 0x63, 0x49);
export const gt = comparison(0x4a, 0x64, 0x4a);
export const le = comparison(0x4c, 0x65, 0x4b);
export const ge = comparison(0x4e, 0x66, 0x4c);

export const and = binary({ i32: [0x71], v128: vector(0x4e) });
/** a without the bits of b */
export const andNot = binary({ v128: vector(0x4f) });
export const or = binary({ i32: [0x72], v128: vector(0x50) });
export const addBits = binary({ v128: vector(0xce) });
export const subBits = binary({ v128: vector(0xd1) });
export const shiftRightBits = (a: Value, by: number): Value => ({
  type: 'v128',
  bytes: [a.bytes, i32(by).bytes, vector(0xcd)],
});
export const shiftRight = (a: Value, by: number): Value => ({ type: 'i32', bytes: [a.bytes, i32(by).bytes, 0x76] });
export const shiftLeft = (a: Value, by: number): Value => ({ type: 'i32', bytes: [a.bytes, i32(by).bytes, 0x74] });
/** Returns `a` in lanes where `mask` has ones, and `b` in the others. */
export const choose = (mask: Value, a: Value, b: Value): Value => ({
  type: 'v128',
  bytes: [a.bytes, b.bytes, mask.bytes, vector(0x52)],
});
/** Returns `a` if `condition` is not 0, otherwise `b`; both are computed. */
export const select = (condition: Value, a: Value, b: Value): Value => ({
  type: a.type,
  bytes: [a.bytes, b.bytes, condition.bytes, 0x1b],
});
/** Bit 0 and 1: the signs of the lanes. */
export const signs = convert('i32', vector(0xc4));
export const splat = convert('v128', vector(0x14));
export const truncate = convert('i32', [0xfc, 0x02]);
export const lane = (a: Value, index: 0 | 1): Value => ({ type: 'f64', bytes: [a.bytes, vector(0x21), index] });
/** Returns the low 32 bits of a lane. */
export const lowBits = (a: Value, index: 0 | 1): Value => ({ type: 'i32', bytes: [a.bytes, vector(0x1b), 2 * index] });
const shuffle = (a: Value, b: Value, words: readonly number[]): Value => ({
  type: 'v128',
  bytes: [a.bytes, b.bytes, vector(0x0d), words.flatMap((word) => Array.from({ length: 8 }, (_, k) => 8 * word + k))],
});
/** Returns the pair of the first lanes, (a0, b0); `seconds` returns that of the second lanes. */
export const firsts = (a: Value, b: Value): Value => shuffle(a, b, [0, 2]);
export const seconds = (a: Value, b: Value): Value => shuffle(a, b, [1, 3]);

const LOAD: Readonly<Record<Type, readonly number[]>> = { i32: [0x28], f64: [0x2b], v128: vector(0x00) };
const STORE: Readonly<Record<Type, readonly number[]>> = { i32: [0x36], f64: [0x39], v128: vector(0x0b) };
/** Loads the value at `pointer` bytes after the address `base`. */
export const load = (type: Type, base: number, pointer: Value): Value => ({
  type,
  bytes: [pointer.bytes, LOAD[type], 0, unsigned(base)],
});
/** Loads one double into both lanes. */
export const loadTwice = (base: number, pointer: Value): Value => ({
  type: 'v128',
  bytes: [pointer.bytes, vector(0x0a), 0, unsigned(base)],
});
/** Returns `into` with its second lane loaded from the address. */
export const loadSecond = (into: Value, base: number, pointer: Value): Value => ({
  type: 'v128',
  bytes: [pointer.bytes, into.bytes, vector(0x57), 0, unsigned(base), 1],
});

export interface Callable {
  readonly index: number;
  readonly params: readonly Type[];
  readonly result: Type | null;
}
export const call = (callee: Callable, ...values: Value[]): Value => ({
  type: callee.result ?? 'i32',
  bytes: [values.map((value) => value.bytes), 0x10, unsigned(callee.index)],
});

export class Local implements Value {
  readonly type: Type;
  readonly index: number;
  readonly bytes: Bytes;

  constructor(type: Type, index: number) {
    this.type = type;
    this.index = index;
    this.bytes = [0x20, unsigned(index)];
  }
}

/** The body of a function, statement by statement. */
export class Code {
  readonly locals: Type[] = [];
  readonly bytes: (number | Bytes)[] = [];
  readonly #params: number;

  constructor(params: number) {
    this.#params = params;
  }

  let(value: Value | Type): Local {
    const local = new Local(typeof value === 'string' ? value : value.type, this.#params + this.locals.length);
    this.locals.push(local.type);
    if (typeof value !== 'string') this.set(local, value);
    return local;
  }

  set(local: Local, value: Value | number): void {
    this.bytes.push(constant(local.type, value).bytes, 0x21, unsigned(local.index));
  }

  store(base: number, pointer: Value, value: Value): void {
    this.bytes.push(pointer.bytes, value.bytes, STORE[value.type], 0, unsigned(base));
  }

  storeLane(base: number, pointer: Value, value: Value, index: 0 | 1): void {
    this.bytes.push(pointer.bytes, value.bytes, vector(0x5b), 0, unsigned(base), index);
  }

  /** Calls a function without using its result. */
  run(callee: Callable, ...values: Value[]): void {
    this.bytes.push(call(callee, ...values).bytes);
    if (callee.result) this.bytes.push(0x1a);
  }

  return(value?: Value): void {
    this.bytes.push(value?.bytes ?? [], 0x0f);
  }

  if(condition: Value, then: () => void, otherwise?: () => void): void {
    this.bytes.push(condition.bytes, 0x04, 0x40);
    then();
    if (otherwise) {
      this.bytes.push(0x05);
      otherwise();
    }
    this.bytes.push(0x0b);
  }

  while(condition: Value, body: () => void): void {
    this.if(condition, () => {
      this.bytes.push(0x03, 0x40);
      body();
      this.bytes.push(condition.bytes, 0x0d, 0, 0x0b);
    });
  }

  /** Counts the local up by `step` while it is below `end`. */
  for(local: Local, from: Value | number, end: Value | number, step: number, body: () => void): void {
    this.set(local, from);
    this.while(lt(local, end), () => {
      body();
      this.set(local, add(local, step));
    });
  }
}

interface Import extends Callable {
  readonly name: string;
}

/** Imports come before functions. The memory and the imports are found below `env`. */
export class Assembly {
  readonly #imports: Import[] = [];
  readonly #functions: { readonly callable: Callable; readonly name: string; readonly code: Code }[] = [];

  import(name: string, params: readonly Type[], result: Type): Callable {
    const callable = { name, index: this.#imports.length, params, result };
    this.#imports.push(callable);
    return callable;
  }

  /** Every function is exported by its name. */
  define(
    name: string,
    params: readonly Type[],
    result: Type | null,
    body: (code: Code, ...params: Local[]) => void,
  ): Callable {
    const callable = { index: this.#imports.length + this.#functions.length, params, result };
    const code = new Code(params.length);
    body(code, ...params.map((type, index) => new Local(type, index)));
    this.#functions.push({ callable, name, code });
    return callable;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const callables = [...this.#imports, ...this.#functions.map(({ callable }) => callable)];
    const types = callables.map(({ params, result }) => [
      0x60,
      list(params.map((type) => TYPE_CODE[type])),
      list(result ? [TYPE_CODE[result]] : []),
    ]);
    const imports = [
      [text('env'), text('memory'), 0x02, 0x00, 0x01],
      ...this.#imports.map(({ name, index }) => [text('env'), text(name), 0x00, unsigned(index)]),
    ];
    const bodies = this.#functions.map(({ code }) =>
      sized([list(code.locals.map((type) => [1, TYPE_CODE[type]])), code.bytes, 0x0b]),
    );
    return Uint8Array.from(
      flat([
        [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        [1, sized(list(types))],
        [2, sized(list(imports))],
        [3, sized(list(this.#functions.map(({ callable }) => unsigned(callable.index))))],
        [7, sized(list(this.#functions.map(({ name, callable }) => [text(name), 0x00, unsigned(callable.index)])))],
        [10, sized(list(bodies))],
      ]),
    );
  }
}

function flat(bytes: Bytes, into: number[] = []): number[] {
  for (const item of bytes) {
    if (typeof item === 'number') into.push(item);
    else flat(item, into);
  }
  return into;
}
const list = (items: readonly (number | Bytes)[]): Bytes => [unsigned(items.length), items];
const text = (value: string): Bytes => list([...new TextEncoder().encode(value)]);
const sized = (bytes: Bytes): Bytes => {
  const content = flat(bytes);
  return [unsigned(content.length), content];
};

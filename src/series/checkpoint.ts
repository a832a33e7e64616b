/**
 * Checkpoints: converts a tree of plain values and typed arrays to bytes and back. Every bit is restored, with any
 * version of Node. The bytes begin with a magic word and the version of the format. Deflated JSON of the tree's shape
 * follows, then the bytes of the arrays; numbers are transposed by byte so that deflate compresses them better. The
 * byte order is little-endian, as on every platform of Node.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { AppError } from '../contracts/common/app-error.ts';
import { joinPlanes, splitPlanes } from './byte-planes.ts';

const MAGIC = 'TSCP';
/** Raised when a release changes the state of a task or its results: what was begun before then begins again. */
const VERSION = 3;
const HEAD_BYTES = MAGIC.length + 1;

const ARRAYS = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
} as const;
type ArrayName = keyof typeof ARRAYS;
type TypedArray = InstanceType<(typeof ARRAYS)[ArrayName]>;
const NAMES = new Map(Object.entries(ARRAYS).map(([name, Type]) => [Type.name, name as ArrayName] as const));

/** Tells whether the object is an object literal or parsed JSON, of any realm. */
function isPlain(one: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(one);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * `{"$": [what, ...]}` replaces values that JSON does not have. Names of a plain object that begin with `$` get another
 * `$`.
 */
type Tag = { readonly $: readonly [name: string, value?: string | number] };
const tag = (name: string, value?: string | number): Tag => ({ $: value === undefined ? [name] : [name, value] });

/** Encodes plain values and typed arrays so that `decodeCheckpoint` restores every bit. */
export function encodeCheckpoint(value: unknown): Buffer {
  const arrays: Uint8Array[] = [];
  const shape = Buffer.from(JSON.stringify(written(value)));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(shape.length);
  const head = Buffer.from(`${MAGIC}\0`);
  head[MAGIC.length] = VERSION;
  return Buffer.concat([head, deflateSync(Buffer.concat([size, shape, ...arrays]), { level: 1 })]);

  function written(one: unknown): unknown {
    switch (typeof one) {
      case 'string':
      case 'boolean':
        return one;
      case 'undefined':
        return tag('undefined');
      case 'bigint':
        return tag('bigint', String(one));
      case 'number':
        return Number.isFinite(one) && !Object.is(one, -0)
          ? one
          : tag('number', Object.is(one, -0) ? '-0' : String(one));
      case 'object':
        if (one === null) return null;
        if (Array.isArray(one)) return Array.from(one, written);
        if (ArrayBuffer.isView(one)) return array(one);
        if (isPlain(one))
          return Object.fromEntries(
            Object.entries(one).map(([name, item]) => [name.startsWith('$') ? `$${name}` : name, written(item)]),
          );
    }
    const what = typeof one === 'object' ? one?.constructor.name : typeof one;
    throw new TypeError(`A checkpoint holds a ${what}; expected plain values and typed arrays`);
  }

  function array(one: ArrayBufferView): Tag {
    // A Buffer's tag is that of its bytes.
    const name = NAMES.get((one as TypedArray)[Symbol.toStringTag]);
    if (!name)
      throw new TypeError(`A checkpoint holds a ${one.constructor.name}; expected plain values and typed arrays`);
    const bytes = new Uint8Array(one.buffer, one.byteOffset, one.byteLength);
    arrays.push(splitPlanes(bytes, ARRAYS[name].BYTES_PER_ELEMENT));
    return tag(name, (one as TypedArray).length);
  }
}

/**
 * Decodes a checkpoint.
 * @returns undefined for bytes of another format; such work starts again
 * @throws AppError `internal` if the bytes are damaged
 */
export function decodeCheckpoint<Value>(data: Uint8Array): Value | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length < HEAD_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  if (bytes[MAGIC.length] !== VERSION) return undefined;
  try {
    return decoded(inflateSync(bytes.subarray(HEAD_BYTES))) as Value;
  } catch (cause) {
    throw new AppError('internal', 'A stored checkpoint is damaged', { cause });
  }
}

function decoded(body: Buffer): unknown {
  const shapeEnd = 4 + body.readUInt32LE(0);
  let offset = shapeEnd;
  return read(JSON.parse(body.toString('utf8', 4, shapeEnd)));

  function read(one: unknown): unknown {
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.map(read);
    if ('$' in one) return special((one as Tag).$);
    return Object.fromEntries(
      Object.entries(one).map(([name, item]) => [name.startsWith('$') ? name.slice(1) : name, read(item)]),
    );
  }

  function special([name, value]: Tag['$']): unknown {
    if (name === 'undefined') return undefined;
    if (name === 'bigint') return BigInt(value!);
    if (name === 'number') return Number(value);
    const Type = ARRAYS[name as ArrayName];
    const end = offset + Number(value) * Type.BYTES_PER_ELEMENT;
    if (end > body.length) throw new RangeError('an array ends behind the data');
    const planes = body.subarray(offset, end);
    offset = end;
    return new Type(joinPlanes(planes, Type.BYTES_PER_ELEMENT).buffer);
  }
}

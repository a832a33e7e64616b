/**
 * Names are snake_case in JSON and camelCase in code. Only this module converts between them. Units that the two write
 * differently at the end of a name: `_m_s` is `MPerS`, `_w_m2` is `Wm2`.
 */

const UNITS = [
  { json: '_m_s', code: 'MPerS' },
  { json: '_w_m2', code: 'Wm2' },
] as const;

function camelName(name: string): string {
  const unit = UNITS.find(({ json }) => name.endsWith(json));
  const stem = unit ? name.slice(0, -unit.json.length) : name;
  return stem.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) + (unit?.code ?? '');
}

/** Returns a name in snake_case. */
export function snakeName(name: string): string {
  const unit = UNITS.find(({ code }) => name.endsWith(code));
  const stem = unit ? name.slice(0, -unit.code.length) : name;
  return stem.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) + (unit?.json ?? '');
}

type CamelWords<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelWords<Tail>>}`
  : S;

type CamelName<S extends string> = string extends S
  ? string
  : S extends `${infer Stem}_m_s`
    ? `${CamelWords<Stem>}MPerS`
    : S extends `${infer Stem}_w_m2`
      ? `${CamelWords<Stem>}Wm2`
      : CamelWords<S>;

type SnakeWords<S extends string, Done extends string = ''> = S extends `${infer Head}${infer Tail}`
  ? SnakeWords<Tail, `${Done}${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}`>
  : Done;

type SnakeName<S extends string> = string extends S
  ? string
  : S extends `${infer Stem}MPerS`
    ? `${SnakeWords<Stem>}_m_s`
    : S extends `${infer Stem}Wm2`
      ? `${SnakeWords<Stem>}_w_m2`
      : SnakeWords<S>;

/** A value whose objects have their names in camelCase; typed arrays are lists. */
export type CamelKeys<T> = T extends ArrayBufferView
  ? number[]
  : T extends readonly unknown[]
    ? { -readonly [I in keyof T]: CamelKeys<T[I]> }
    : T extends object
      ? { -readonly [K in keyof T as K extends string ? CamelName<K> : K]: CamelKeys<T[K]> }
      : T;

/** A value whose objects have their names in snake_case; typed arrays are lists. */
export type SnakeKeys<T> = T extends ArrayBufferView
  ? number[]
  : T extends readonly unknown[]
    ? { -readonly [I in keyof T]: SnakeKeys<T[I]> }
    : T extends object
      ? { -readonly [K in keyof T as K extends string ? SnakeName<K> : K]: SnakeKeys<T[K]> }
      : T;

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [rename(name), renamed(item, rename)]));
}

/** Converts the names of all objects inside to camelCase; typed arrays become lists. Do not pass names that customers chose. */
export const camelKeys = <T>(value: T): CamelKeys<T> => renamed(value, camelName) as CamelKeys<T>;
/** Converts the names of all objects inside to snake_case; typed arrays become lists. */
export const snakeKeys = <T>(value: T): SnakeKeys<T> => renamed(value, snakeName) as SnakeKeys<T>;

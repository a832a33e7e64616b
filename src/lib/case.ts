/**
 * Names are snake_case in JSON and camelCase in code. Only this module converts between them. Units that the two write
 * differently at the end of a name: `_m_s` is `MPerS`, `_w_m2` is `Wm2`.
 */

const UNITS = [
  { json: '_m_s', code: 'MPerS' },
  { json: '_w_m2', code: 'Wm2' },
] as const;

function camel(name: string): string {
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

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [rename(name), renamed(item, rename)]));
}

/** Converts the names of all objects inside to camelCase. Do not pass names that the customer chose. */
export const camelKeys = (value: unknown): unknown => renamed(value, camel);
/** Converts the names of all objects inside to snake_case; typed arrays become lists. */
export const snakeKeys = (value: unknown): unknown => renamed(value, snakeName);

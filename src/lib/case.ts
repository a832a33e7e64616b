/** Names are snake_case in JSON and camelCase in code. Only this module converts between them. */

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
/** A name in snake_case. */
export const snakeName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

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

/** Declared changes of stored JSON, applied and undone. */

export type Json = Record<string, unknown>;

/** What a step may look at beside the object that it changes. */
export interface Context {
  readonly input: Json;
  /** Mean hours of the years of weather [h]; 8760 where a dataset is gone */
  readonly hoursOf: (weatherIds: readonly string[]) => number;
}

/**
 * One change of the objects at a place. Places are fields joined by dots: `[]` is each entry of a list, `{a,b}` each of
 * these fields, `**` the object and all objects in it, '' the whole value. Names are those before the step.
 */
export interface Step {
  readonly at: string;
  /** Fields by their names before and after */
  readonly names?: Readonly<Record<string, string>>;
  /** Values of a field that is text, or a list of texts */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly up?: (node: Json, context: Context) => void;
  readonly down?: (node: Json, context: Context) => void;
}

export type Direction = 'up' | 'down';

/** Fields whose own fields are names that customers chose. */
const FREE = new Set([
  'losses_pct',
  'uncertainty_pct',
  'module_costs_per_kw_dc',
  'inverter_costs_per_kw_ac',
  'properties',
]);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes a value in place. */
export function apply(value: unknown, steps: readonly Step[], direction: Direction, context: Context): void {
  for (const step of direction === 'up' ? steps : [...steps].reverse())
    for (const node of [...nodesAt(value, step.at)]) change(node, step, direction, context);
}

function* nodesAt(value: unknown, at: string): Generator<Json> {
  if (at === '**') {
    if (Array.isArray(value)) for (const one of value) yield* nodesAt(one, at);
    if (!isObject(value)) return;
    for (const [key, one] of Object.entries(value)) if (!FREE.has(key)) yield* nodesAt(one, at);
    yield value;
    return;
  }
  if (at === '') {
    if (isObject(value)) yield value;
    return;
  }
  const end = /^\{[^}]*\}/.exec(at)?.[0].length ?? (at.includes('.') ? at.indexOf('.') : at.length);
  const [first, rest] = [at.slice(0, end), at.slice(end).replace(/^\./, '')];
  if (first.startsWith('{')) {
    for (const name of first.slice(1, -1).split(',')) yield* nodesAt(value, rest === '' ? name : `${name}.${rest}`);
    return;
  }
  if (!isObject(value)) return;
  const field = value[first.replace(/\[\]$/, '')];
  if (!first.endsWith('[]')) yield* nodesAt(field, rest);
  else if (Array.isArray(field)) for (const one of field) yield* nodesAt(one, rest);
}

function change(node: Json, { names, values, up, down }: Step, direction: Direction, context: Context): void {
  if (direction === 'up') up?.(node, context);
  else down?.(node, context);
  for (const [field, mapping] of Object.entries(values ?? {})) {
    const map = direction === 'up' ? mapping : inverse(mapping);
    const one = (text: unknown) => (typeof text === 'string' && Object.hasOwn(map, text) ? map[text] : text);
    const found = node[field];
    if (found !== undefined) node[field] = Array.isArray(found) ? found.map(one) : one(found);
  }
  if (names) rename(node, direction === 'up' ? names : inverse(names));
}

/** Gives fields other names, where they stand. */
export function rename(node: Json, names: Readonly<Record<string, string>>): void {
  const entries = Object.entries(node);
  if (!entries.some(([key]) => Object.hasOwn(names, key))) return;
  for (const [key] of entries) delete node[key];
  for (const [key, value] of entries) node[Object.hasOwn(names, key) ? names[key] : key] = value;
}

export const inverse = (names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([before, after]) => [after, before]));

/**
 * Renames columns, and fields of what describes them, in an encoded series: 4 bytes with the length of a JSON header, the
 * header, the compressed columns. Only the header is written anew.
 */
export function renameColumns(data: Buffer, names: Readonly<Record<string, string>>, direction: Direction): Buffer {
  const end = 4 + data.readUInt32LE(0);
  const header = JSON.parse(data.subarray(4, end).toString()) as { meta: Json; fields: { name: string }[] };
  const map = direction === 'up' ? names : inverse(names);
  rename(header.meta, map);
  for (const field of header.fields) if (Object.hasOwn(map, field.name)) field.name = map[field.name];
  const written = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(written.length);
  return Buffer.concat([size, written, data.subarray(end)]);
}

/** Renames the columns of a CSV with a header line, whatever its separator, quotes and case. */
export function renameCsv(text: string, names: Readonly<Record<string, string>>, direction: Direction): string {
  const map = direction === 'up' ? names : inverse(names);
  const end = text.search(/\r?\n/);
  const head = end < 0 ? text : text.slice(0, end);
  const renamed = head.replace(/[A-Za-z_0-9]+/g, (word) =>
    Object.hasOwn(map, word.toLowerCase()) ? map[word.toLowerCase()] : word,
  );
  return renamed + text.slice(head.length);
}

/** Which values of a job's input are the platform's defaults, and where these come from, by the schema of its request. */
import { z } from 'zod';

interface Node {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly default_source?: string;
}

const equal = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => equal((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
  );
};

/**
 * Returns the sources of the values that equal a default, by their paths as `echo` writes them: `losses_pct.soiling`.
 * Requests do not store which values they stated, so a stated value that equals the default is among them.
 * @param input as it is stored
 */
export function defaultsIn(schema: z.ZodType, input: object): ReadonlyMap<string, string> {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node & {
    $defs?: Readonly<Record<string, Node>>;
  };
  const sources = new Map<string, string>();
  const resolved = (node: Node): Node =>
    node.$ref === undefined ? node : { ...root.$defs?.[node.$ref.split('/').at(-1) ?? ''], ...node, $ref: undefined };
  /** Whether an object is of a form: by the names that say its kind. */
  const fits = (node: Node, value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return node.properties === undefined;
    return Object.entries(node.properties ?? {}).every(([name, inner]) => {
      const one = (value as Record<string, unknown>)[name];
      return inner.const === undefined || inner.const === one;
    });
  };
  const mark = (path: string, value: unknown, source: string): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) sources.set(path, source);
    else for (const [name, inner] of Object.entries(value)) mark(path ? `${path}.${name}` : name, inner, source);
  };
  /** A form such as `{ type: 'sapm' }` has more names when it is stored, with defaults of their own. */
  const markForm = (path: string, form: unknown, value: unknown, source: string): void => {
    if (typeof form !== 'object' || form === null || typeof value !== 'object' || value === null) return;
    const own = Object.entries(form);
    if (own.every(([name, one]) => equal(one, (value as Record<string, unknown>)[name])))
      for (const [name, one] of own) mark(path ? `${path}.${name}` : name, one, source);
  };
  const walk = (given: Node, path: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    const node = resolved(given);
    if (node.default !== undefined && node.default_source !== undefined) {
      const isForm = typeof node.default === 'object' && node.additionalProperties === undefined;
      if (isForm) markForm(path, node.default, value, node.default_source);
      else if (equal(node.default, value)) mark(path, value, node.default_source);
    }
    const forms = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].map(resolved).filter((one) => fits(one, value));
    for (const one of [...forms, ...(node.allOf ?? [])])
      walk({ default_source: node.default_source, ...one }, path, value);
    if (Array.isArray(value)) {
      if (node.items) for (const [k, item] of value.entries()) walk(node.items, `${path}[${k}]`, item);
    } else if (typeof value === 'object')
      for (const [name, inner] of Object.entries(node.properties ?? {}))
        walk(inner, path ? `${path}.${name}` : name, (value as Record<string, unknown>)[name]);
  };
  walk(root, '', input);
  return sources;
}

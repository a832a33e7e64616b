/** What an OpenAPI document takes from those who use the one before it: by name, so that CHANGELOG.md can be held against it. */

export interface BreakingChange {
  /** What CHANGELOG.md must name: a field, a value, an operation or a parameter */
  readonly name: string;
  /** Where the name is in the document, and what happened to it */
  readonly what: string;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media & { readonly $ref?: string }>>;
}
type Operations = Readonly<Record<string, Readonly<Record<string, Operation>>>>;
export interface OpenApi {
  readonly paths: Operations;
  readonly webhooks?: Operations;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

type Direction = 'request' | 'answer';

/** @returns what breaks clients of `before` when they meet `after`, in the order of `before` */
export function breakingChanges(before: OpenApi, after: OpenApi): BreakingChange[] {
  const found = new Map<string, BreakingChange>();
  const compared = new Set<string>();
  const tell = (name: string, what: string): void => {
    found.set(what, { name, what });
  };
  const resolve = (document: OpenApi, schema: Schema): Schema => {
    if (schema.$ref === undefined) return schema;
    const target = document.components?.schemas?.[nameOf(schema.$ref)];
    if (!target) throw new Error(`nothing at ${schema.$ref}`);
    return resolve(document, target);
  };

  function compare(old: Schema, now: Schema, direction: Direction, at: string, name: string): void {
    if (old.$ref !== undefined && now.$ref !== undefined) {
      const pair = `${direction} ${old.$ref} ${now.$ref}`;
      if (compared.has(pair)) return;
      compared.add(pair);
    }
    const [a, b] = [resolve(before, old), resolve(after, now)];
    compareValues(a, b, at, name);
    compareProperties(a, b, direction, at);
    if (typeof a.items === 'object' && typeof b.items === 'object')
      compare(a.items, b.items, direction, `${at}[]`, name);
    a.prefixItems?.forEach((item, i) => {
      const other = b.prefixItems?.[i];
      if (other) compare(item, other, direction, `${at}[${i}]`, name);
    });
    if (typeof a.additionalProperties === 'object' && typeof b.additionalProperties === 'object')
      compare(a.additionalProperties, b.additionalProperties, direction, `${at}.*`, name);
    compareVariants(a, b, direction, at, name);
  }

  function compareValues(a: Schema, b: Schema, at: string, name: string): void {
    const [olds, news] = [valuesOf(a), valuesOf(b)];
    for (const value of olds ?? [])
      if (news && !news.includes(value)) tell(String(value), `${at} no longer has the value ${JSON.stringify(value)}`);
    const [types, now] = [typesOf(a), typesOf(b)];
    const gone = types.filter((type) => !now.includes(type) && !(type === 'integer' && now.includes('number')));
    if (now.length > 0 && gone.length > 0) tell(name, `${at} is no longer ${gone.join(' or ')}`);
  }

  function compareProperties(a: Schema, b: Schema, direction: Direction, at: string): void {
    for (const [key, old] of Object.entries(a.properties ?? {})) {
      const now = b.properties?.[key];
      const place = at === '' ? key : `${at}.${key}`;
      if (now) compare(old, now, direction, place, key);
      else if (b.properties || b.type === 'object') tell(key, `${place} is gone`);
      const isOptional = now && a.required?.includes(key) && !b.required?.includes(key);
      if (direction === 'answer' && isOptional) tell(key, `${place} may be absent from answers`);
    }
    if (direction === 'request' && a.properties)
      for (const key of b.required ?? [])
        if (!a.required?.includes(key)) tell(key, `${at === '' ? key : `${at}.${key}`} is required in requests`);
  }

  function compareVariants(a: Schema, b: Schema, direction: Direction, at: string, name: string): void {
    const [olds, news] = [variantsOf(a), variantsOf(b)];
    if (olds.length === 0) return;
    // Where a union became one schema, that schema is its only variant.
    const others = news.length > 0 ? news : [b];
    const keysOf = (document: OpenApi, schemas: readonly Schema[]) =>
      numbered(schemas.map((schema) => variantKey(schema, resolve(document, schema))));
    const [oldKeys, keys] = [keysOf(before, olds), keysOf(after, others)];
    const stays = oldKeys.indexOf(keys[0]);
    // An answer that is always the same one of its former variants takes nothing.
    if (direction === 'answer' && news.length === 0 && stays >= 0) {
      compare(olds[stays], b, direction, at, name);
      return;
    }
    for (const [i, old] of olds.entries()) {
      const key = oldKeys[i];
      // A variant that had no name may have got one.
      const isSame = (other: Schema): boolean => old.$ref === undefined && shapeKey(resolve(after, other)) === key;
      const only = olds.length === 1 && others.length === 1 ? others[0] : undefined;
      const now = others[keys.indexOf(key)] ?? others.find(isSame) ?? only;
      if (now) compare(old, now, direction, at, name);
      else tell(key, `${at} is no longer ${key}`);
    }
  }

  const compareBodies = (old: Media | undefined, now: Media | undefined, direction: Direction, at: string): void => {
    for (const [type, { schema }] of Object.entries(old?.content ?? {})) {
      const other = now?.content?.[type];
      if (!other) tell(type, `${at} is no longer ${type}`);
      else if (schema && other.schema) compare(schema, other.schema, direction, at, at);
    }
  };

  const compareOperations = (olds: Operations, news: Operations, direction: Direction): void => {
    for (const [path, methods] of Object.entries(olds))
      for (const [method, old] of Object.entries(methods)) {
        const now = news[path]?.[method];
        const at = old.operationId;
        if (!now) {
          tell(path, `${at} (${method.toUpperCase()} ${path}) is gone`);
          continue;
        }
        if (direction === 'request') compareParameters(old, now);
        compareBodies(old.requestBody, now.requestBody, direction, `${at} body`);
        for (const [status, answer] of Object.entries(old.responses)) {
          if (!status.startsWith('2')) continue;
          const other = now.responses[status];
          if (other) compareBodies(answer, other, 'answer', `${at} ${status}`);
          else tell(at, `${at} no longer answers ${status}`);
        }
      }
  };

  function compareParameters(old: Operation, now: Operation): void {
    const same = (one: Parameter) => (other: Parameter) => other.name === one.name && other.in === one.in;
    for (const parameter of old.parameters ?? []) {
      const other = now.parameters?.find(same(parameter));
      const at = `${old.operationId} ${parameter.in} ${parameter.name}`;
      if (!other) tell(parameter.name, `${at} is gone`);
      else if (parameter.schema && other.schema) compare(parameter.schema, other.schema, 'request', at, parameter.name);
    }
    for (const parameter of now.parameters ?? [])
      if (parameter.required && !old.parameters?.find(same(parameter))?.required)
        tell(parameter.name, `${old.operationId} ${parameter.in} ${parameter.name} is required in requests`);
  }

  compareOperations(before.paths, after.paths, 'request');
  // What the service sends reads as an answer does.
  compareOperations(before.webhooks ?? {}, after.webhooks ?? {}, 'answer');
  return [...found.values()];
}

/** Those that the newest section of the changelog does not name as code. */
export function unnamed(changes: readonly BreakingChange[], changelog: string): BreakingChange[] {
  const [, newest = ''] = changelog.split(/^## /m);
  const named = new Set([...newest.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => [code, ...code.split(/[^\w/{}-]+/)]));
  return changes.filter(({ name }) => !named.has(name));
}

const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
const valuesOf = (schema: Schema): readonly unknown[] | undefined =>
  schema.enum ?? ('const' in schema ? [schema.const] : undefined);
const typesOf = ({ type }: Schema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type;
/** The variants of a union; those of a union within it are its own. */
const variantsOf = ({ oneOf, anyOf, allOf }: Schema): readonly Schema[] =>
  (oneOf ?? anyOf ?? allOf ?? []).flatMap((one) => {
    const inner = variantsOf(one);
    return inner.length > 0 ? inner : [one];
  });

/** Names that occur again get a number. */
function numbered(names: readonly string[]): string[] {
  return names.map((name, i) => {
    const count = names.slice(0, i).filter((other) => other === name).length;
    return count === 0 ? name : `${name} ${count + 1}`;
  });
}

/** What tells a variant from the others of its union: a constant in it, its component, its type. */
function variantKey(schema: Schema, resolved: Schema): string {
  for (const [key, { const: value }] of Object.entries(resolved.properties ?? {}))
    if (value !== undefined) return `${key} ${String(value)}`;
  return schema.$ref === undefined ? shapeKey(resolved) : nameOf(schema.$ref);
}

function shapeKey(resolved: Schema): string {
  const keys = Object.keys(resolved.properties ?? {});
  if (keys.length > 0) return keys[0];
  return resolved.const === undefined ? typesOf(resolved).join(' or ') : String(resolved.const);
}

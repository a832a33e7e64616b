/** What an OpenAPI document takes from those who use the one before it: by name, so that CHANGELOG.md can be held against it. */

export interface BreakingChange {
  /** A field, a value, an operation or a parameter */
  readonly name: string;
  /** Where it is in the document, and what happened to it: `analyzeWind body.layout.type is gone` */
  readonly what: string;
  /** Names that the same object, or an object in it, gained where it lost this one; or lost where it needs this one */
  readonly others: readonly string[];
  /** The column of the changelog's table that has the name: `now` where requests need it. */
  readonly column: 'before' | 'now';
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
/** A parameter, or a reference to one of the components */
interface StatedParameter {
  readonly $ref?: string;
}
interface Parameter extends StatedParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | StatedParameter)[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media & { readonly $ref?: string }>>;
}
type Operations = Readonly<Record<string, Readonly<Record<string, Operation>>>>;
export interface OpenApi {
  readonly paths: Operations;
  readonly webhooks?: Operations;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

type Direction = 'request' | 'answer';

const parametersOf = ({ components }: OpenApi, { parameters = [] }: Operation): Parameter[] =>
  parameters.map((stated) =>
    stated.$ref === undefined
      ? (stated as Parameter)
      : // The excerpt of an older document has no components; all that are shared are headers.
        (components?.parameters?.[stated.$ref.split('/').at(-1)!] ?? {
          name: stated.$ref.split('/').at(-1)!,
          in: 'header',
        }),
  );

/** @returns what breaks clients of `before` when they meet `after`, in the order of `before` */
export function breakingChanges(before: OpenApi, after: OpenApi): BreakingChange[] {
  const found = new Map<string, BreakingChange>();
  const compared = new Set<string>();
  const tell = (
    name: string,
    place: string,
    happened: string,
    others: readonly string[] = [],
    column: BreakingChange['column'] = 'before',
  ): void => {
    const what = `${place} ${happened}`;
    found.set(what, { name, what, others, column });
  };
  const resolve = (document: OpenApi, schema: Schema): Schema => {
    if (schema.$ref === undefined) return schema;
    const target = document.components?.schemas?.[nameOf(schema.$ref)];
    if (!target) throw new Error(`nothing at ${schema.$ref}`);
    return resolve(document, target);
  };

  const keysOf = (document: OpenApi, schema: Schema): string[] => {
    const resolved = resolve(document, schema);
    const inner = variantsOf(resolved).flatMap((one) => keysOf(document, one));
    return [...Object.keys(resolved.properties ?? {}), ...inner];
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
    const gained = without(news ?? [], olds ?? []).map(String);
    for (const value of news ? without(olds ?? [], news) : [])
      tell(String(value), at, `no longer has the value ${JSON.stringify(value)}`, gained);
    const [types, now] = [typesOf(a), typesOf(b)];
    const gone = types.filter((type) => !now.includes(type) && !(type === 'integer' && now.includes('number')));
    if (now.length > 0 && gone.length > 0) tell(name, at, `is no longer ${gone.join(' or ')}`);
  }

  function compareProperties(a: Schema, b: Schema, direction: Direction, at: string): void {
    const [olds, news] = [Object.keys(a.properties ?? {}), Object.keys(b.properties ?? {})];
    const gainedIn = (key: string): string[] => {
      const [old, now] = [a.properties?.[key], b.properties?.[key]];
      return old && now ? without(keysOf(after, now), keysOf(before, old)) : [];
    };
    const gained = [...without(news, olds), ...olds.flatMap(gainedIn)];
    for (const [key, old] of Object.entries(a.properties ?? {})) {
      const now = b.properties?.[key];
      const place = at === '' ? key : `${at}.${key}`;
      if (now) compare(old, now, direction, place, key);
      else if (b.properties || b.type === 'object') tell(key, place, 'is gone', gained);
      const isOptional = now && a.required?.includes(key) && !b.required?.includes(key);
      if (direction === 'answer' && isOptional) tell(key, place, 'may be absent from answers');
    }
    if (direction === 'request' && a.properties)
      for (const key of b.required ?? [])
        if (!a.required?.includes(key))
          tell(key, at === '' ? key : `${at}.${key}`, 'is required in requests', without(olds, news), 'now');
  }

  function compareVariants(a: Schema, b: Schema, direction: Direction, at: string, name: string): void {
    const [olds, news] = [variantsOf(a), variantsOf(b)];
    if (olds.length === 0) return;
    // Where a union became one schema, that schema is its only variant.
    const others = news.length > 0 ? news : [b];
    const variantKeys = (document: OpenApi, schemas: readonly Schema[]) =>
      numbered(schemas.map((schema) => variantKey(schema, resolve(document, schema))));
    const [oldKeys, keys] = [variantKeys(before, olds), variantKeys(after, others)];
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
      // So may the constant that tells the variants apart.
      const hasTag = (_: Schema, i: number): boolean =>
        !oldKeys.includes(keys[i]) && keys[i].split(' ')[1] === key.split(' ')[1] && key.includes(' ');
      const only = olds.length === 1 && others.length === 1 ? others[0] : undefined;
      const now = others[keys.indexOf(key)] ?? others.find(isSame) ?? others.find(hasTag) ?? only;
      if (now) compare(old, now, direction, at, name);
      else tell(key, at, `is no longer ${key}`);
    }
  }

  const compareBodies = (old: Media | undefined, now: Media | undefined, direction: Direction, at: string): void => {
    for (const [type, { schema }] of Object.entries(old?.content ?? {})) {
      const other = now?.content?.[type];
      if (!other) tell(type, at, `is no longer ${type}`);
      else if (schema && other.schema) compare(schema, other.schema, direction, at, at);
    }
  };

  const compareOperations = (olds: Operations, news: Operations, direction: Direction): void => {
    for (const [path, methods] of Object.entries(olds))
      for (const [method, old] of Object.entries(methods)) {
        const now = news[path]?.[method];
        const at = old.operationId;
        if (!now) {
          tell(path, at, `(${method.toUpperCase()} ${path}) is gone`);
          continue;
        }
        if (direction === 'request') compareParameters(old, now);
        compareBodies(old.requestBody, now.requestBody, direction, `${at} body`);
        for (const [status, answer] of Object.entries(old.responses)) {
          const other = now.responses[status];
          if (other) compareBodies(answer, other, 'answer', `${at} ${status}`);
          // A client that reads an error loses nothing where it gets none.
          else if (status.startsWith('2')) tell(at, at, `no longer answers ${status}`);
        }
      }
  };

  function compareParameters(old: Operation, now: Operation): void {
    const same = (one: Parameter) => (other: Parameter) => other.name === one.name && other.in === one.in;
    const [mine, theirs] = [parametersOf(before, old), parametersOf(after, now)];
    const [olds, news] = [mine, theirs].map((parameters) => parameters.map(({ name }) => name));
    for (const parameter of mine) {
      const other = theirs.find(same(parameter));
      const at = `${old.operationId} ${parameter.in} ${parameter.name}`;
      if (!other) tell(parameter.name, at, 'is gone', without(news, olds));
      else if (parameter.schema && other.schema) compare(parameter.schema, other.schema, 'request', at, parameter.name);
    }
    for (const parameter of theirs)
      if (parameter.required && !mine.find(same(parameter))?.required)
        tell(
          parameter.name,
          `${old.operationId} ${parameter.in} ${parameter.name}`,
          'is required in requests',
          without(olds, news),
          'now',
        );
  }

  compareOperations(before.paths, after.paths, 'request');
  // What the service sends reads as an answer does.
  compareOperations(before.webhooks ?? {}, after.webhooks ?? {}, 'answer');
  return [...found.values()];
}

/**
 * Returns the changes that the newest section of the changelog does not announce. A row of its table announces that an
 * object lost a name of the first column if the object gained a name of the second. The list under `### Removed` has
 * other changes as code, in the words of `what`.
 */
export function unnamed(changes: readonly BreakingChange[], changelog: string): BreakingChange[] {
  const rows = renames(changelog);
  const removed = removals(changelog);
  const isNamed = ({ name, what, others, column }: BreakingChange): boolean => {
    const opposite = column === 'before' ? 'now' : 'before';
    return (
      removed.has(what) || rows.some((row) => row[column].has(name) && others.some((one) => row[opposite].has(one)))
    );
  };
  return changes.filter((change) => !isNamed(change));
}

export interface Rename {
  /** Names that are gone: the last of each path */
  readonly before: ReadonlySet<string>;
  /** All names of the paths to what replaces them */
  readonly now: ReadonlySet<string>;
}
/** Reads the rows of the table `| before | now | where |` in the newest section. */
export function renames(changelog: string): Rename[] {
  const [, newest = ''] = changelog.split(/^## /m);
  const rows = newest.split('\n').filter((line) => /^\| .*`/.test(line));
  return rows.map((line) => {
    const [, before, now] = line.split('|').map(codes);
    return { before: new Set(before.map(lastName)), now: new Set(now.flatMap((code) => code.match(/\w+/g) ?? [])) };
  });
}

function removals(changelog: string): Set<string> {
  const [, newest = ''] = changelog.split(/^## /m);
  const [, list = ''] = newest.split(/^### Removed\n/m);
  // A line of the page may end within code.
  return new Set(codes(list.split(/^### /m)[0]).map((code) => code.replace(/\s+/g, ' ')));
}

const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
const lastName = (path: string): string => path.split(/[.\s]/).at(-1) ?? path;
const without = <T>(all: readonly T[], others: readonly T[]): T[] => all.filter((one) => !others.includes(one));
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

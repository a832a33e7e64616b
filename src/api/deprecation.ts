/**
 * Deprecated fields: a schema with `.meta({ deprecated: true, deprecated_at: '2027-01-01', sunset: '2027-07-01' })` marks one.
 * A call that sends such a field, or is answered with one, gets the headers Deprecation (RFC 9745) and Sunset (RFC 8594).
 */
import type { Response } from 'express';
import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Since when the field is deprecated, as a date: 2027-01-01 */
    deprecated_at?: string;
    /** When the field will be gone, as a date */
    sunset?: string;
  }
}

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly deprecated?: boolean;
  readonly deprecated_at?: string;
  readonly sunset?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | boolean;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Dates {
  /** The earliest of all fields [ms since 1970]; 0 where a field states none */
  readonly deprecatedAtMs: number;
  /** The earliest of all fields [ms since 1970]; null where no field states one */
  readonly sunsetMs: number | null;
}

/** Finds the deprecated fields of values of one schema; null for a schema without any. */
export function deprecationsOf(schema: z.ZodType, io: 'input' | 'output'): ((value: unknown) => Dates | null) | null {
  if (!hasDeprecated(schema, new Set())) return null;
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;
  return (value) => {
    const deprecatedSchemas: Schema[] = [];
    collect(value, root, root, deprecatedSchemas);
    if (deprecatedSchemas.length === 0) return null;
    const sunsets = deprecatedSchemas.flatMap(({ sunset }) => (sunset === undefined ? [] : [Date.parse(sunset)]));
    return {
      deprecatedAtMs: Math.min(
        ...deprecatedSchemas.map(({ deprecated_at: at }) => (at === undefined ? 0 : Date.parse(at))),
      ),
      sunsetMs: sunsets.length > 0 ? Math.min(...sunsets) : null,
    };
  };
}

/** Visits a schema and all schemas inside, which is far faster than creating its JSON Schema. */
function hasDeprecated(schema: z.core.$ZodType, seen: Set<z.core.$ZodType>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  if (z.globalRegistry.get(schema)?.deprecated) return true;
  const { def } = schema._zod;
  const inner: unknown[] = [...Object.values(def), def.type === 'lazy' && (def as z.core.$ZodLazyDef).getter()];
  return inner
    .flatMap((one) => (typeof one === 'object' && one !== null && !isSchema(one) ? Object.values(one) : [one]))
    .some((one) => isSchema(one) && hasDeprecated(one, seen));
}
const isSchema = (value: unknown): value is z.core.$ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** Adds the schemas of deprecated fields that the value has. */
function collect(value: unknown, schema: Schema, root: Schema, deprecatedSchemas: Schema[]): void {
  if (value === undefined) return;
  if (schema.deprecated) deprecatedSchemas.push(schema);
  if (schema.$ref !== undefined) {
    const target = schema.$ref === '#' ? root : root.$defs?.[schema.$ref.slice('#/$defs/'.length)];
    if (target) collect(value, target, root, deprecatedSchemas);
  }
  for (const variant of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    if (matches(value, variant)) collect(value, variant, root, deprecatedSchemas);
  if (Array.isArray(value)) {
    if (typeof schema.items === 'object') for (const one of value) collect(one, schema.items, root, deprecatedSchemas);
  } else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) {
      const field = schema.properties?.[key] ?? schema.additionalProperties;
      if (typeof field === 'object') collect(one, field, root, deprecatedSchemas);
    }
}

/** Tells whether the constants of a union's variant are those of the value. */
function matches(value: unknown, { properties = {} }: Schema): boolean {
  return Object.entries(properties).every(
    ([key, field]) => field.const === undefined || (value as Record<string, unknown> | null)?.[key] === field.const,
  );
}

/** Sets the headers for the deprecated fields that the call used. */
export function setDeprecation(response: Response, all: readonly (Dates | null)[]): void {
  const used = all.filter((dates) => dates !== null);
  if (used.length === 0) return;
  const sunsets = used.flatMap(({ sunsetMs }) => sunsetMs ?? []);
  response.setHeader('Deprecation', `@${Math.min(...used.map(({ deprecatedAtMs }) => deprecatedAtMs)) / 1000}`);
  if (sunsets.length > 0) response.setHeader('Sunset', new Date(Math.min(...sunsets)).toUTCString());
}

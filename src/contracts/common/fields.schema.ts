/** Fields that requests and answers share: ids, instants, pages. */
import { z } from 'zod';
import type { IdKind } from './ids.ts';
import { ID_PREFIXES } from './ids.ts';

/** Returns the schema of a number within limits; the description states them. */
export const rangeOf = (min: number, max: number, description: string) =>
  z.number().min(min).max(max).describe(`${description}; ${min} to ${max}`);

/** Names where a schema's default comes from; OpenAPI's description of the field ends with it (src/api/openapi.ts). */
export const sourceOfDefault = <Schema extends z.ZodType>(schema: Schema, source: string): Schema =>
  schema.meta({ default_source: source });

/**
 * Returns the schema with a default.
 * @param source where the default comes from: a paper, a standard, a program, or
 * `ownChoice`
 */
export const withDefault = <Schema extends z.ZodType>(
  schema: Schema,
  value: z.util.NoUndefined<z.output<Schema>>,
  source: string,
): z.ZodDefault<Schema> => sourceOfDefault(schema.default(value), source);

/** An instant in a request, by ISO 8601 with an offset or Z. Its length ends a fraction of a second that never does. */
export const instantText = z.iso.datetime({ offset: true }).max(40);

/** Returns the source of a default that nobody else sets. @param reason in a few words */
export const ownChoice = (reason: string): string => `the platform's choice, ${reason}`;

const patternOf = (kind: IdKind): RegExp => new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-z]{26}$`);

/** Returns the schema of an id in an answer. */
export const idOf = (kind: IdKind, description: string) => z.string().regex(patternOf(kind)).describe(description);

/** Returns the schema of an id in a request. @param what it is the id of, in the words of the refusal */
export const givenId = (kind: IdKind, what: string) =>
  z.string().regex(patternOf(kind), `expected the id of ${what}, ${ID_PREFIXES[kind]}_...`);

/** Returns the schema of an instant: a Date in a row, text in JSON. */
export const instant = (description: string) => z.date().describe(`${description}, UTC`);

/** Returns the schema of one page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item, id: string) =>
  z
    .strictObject({
      data: z.array(item),
      next_cursor: z.string().nullable().describe('Cursor of the next page; null on the last page'),
    })
    .meta({ id });

const number = (unit: string, description: string) => z.number().describe(`${description} [${unit}]`);
/** Quantities of results, by unit. */
export const kwh = (description: string) => number('kWh', description);
export const kw = (description: string) => number('kW', description);
export const metres = (description: string) => number('m', description);
export const degrees = (description: string) => number('deg', description);
export const speed = (description: string) => number('m/s', description);
export const percent = (description: string) => number('%', description);
export const ratio = (description: string) => number('1', description);
export const money = (description: string) => number('currency', description);

/** What a schema's refusal says, for all schemas: the field's name, the value received and what is expected. */
import { z } from 'zod';
import { renamedFields } from './renamed-fields.ts';

type Raw<Issue extends z.core.$ZodIssue = z.core.$ZodIssue> = z.core.$ZodRawIssue<Issue>;
type OutOfRange = Raw<z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall>;
export interface Refusal {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Name of a value without a field: the whole input, or that of a union's option. */
const UNNAMED = 'value';
/** Returns the field's name, with the place in its list: `iam.modifier.2` is `modifier.2`. */
function nameOf(path: readonly PropertyKey[] = []): string {
  const last = path.findLastIndex((part) => typeof part === 'string');
  return path.length === 0 ? UNNAMED : path.slice(Math.max(0, last)).join('.');
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  array: 'an array',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const typeName = (type: string): string => TYPES[type] ?? `a ${type}`;

const FORMATS: Readonly<Record<string, string>> = {
  email: 'an email address',
  url: 'a URL',
  datetime: 'an ISO 8601 instant such as 2026-01-31T12:00:00Z',
};

/** Unknown fields that a refusal names */
const MAX_KEYS = 5;
/** Longer strings are not repeated [characters]. */
const MAX_SHOWN = 60;
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return value.length > MAX_SHOWN ? `a string of ${value.length} characters` : JSON.stringify(value);
}
const received = (value: unknown): string => (value === undefined ? 'is missing' : `is ${shown(value)}`);

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? shown(values[0]) : `one of ${values.map(shown).join(', ')}`;

type Bound = number | bigint | null | undefined;
/** Returns `0 to 90`, or one side of it. The bounds of the type of whole numbers are no limits. */
function range(low: Bound, high: Bound): string {
  const isLimit = (bound: Bound): boolean => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (isLimit(low) && isLimit(high)) return low === high ? `${low}` : `${low} to ${high}`;
  return isLimit(low) ? `at least ${low}` : `at most ${high}`;
}

/** Both limits of a number or a string are stated, whichever is exceeded. */
function outOfRange(issue: OutOfRange): string {
  const { input, schema, origin } = issue;
  const [low, high] = issue.code === 'too_big' ? [undefined, issue.maximum] : [issue.minimum, undefined];
  if (origin === 'array')
    return `has length ${(input as unknown[]).length}; expected ${issue.exact ? (low ?? high) : range(low, high)}`;
  if (origin === 'string') {
    const { minLength, maxLength } = schema instanceof z.ZodString ? schema : { minLength: low, maxLength: high };
    // A string may be a secret, so only its length is stated.
    const { length } = input as string;
    return `has ${length} ${length === 1 ? 'character' : 'characters'}; expected ${range(minLength as Bound, maxLength as Bound)}`;
  }
  if (!issue.inclusive) return `is ${shown(input)}; expected ${low === undefined ? `below ${high}` : `above ${low}`}`;
  const { minValue, maxValue } = schema instanceof z.ZodNumber ? schema : { minValue: low, maxValue: high };
  return `is ${shown(input)}; expected ${range(minValue, maxValue)}`;
}

/** Returns the type or values that an issue asks for. */
function expectation(issue: z.core.$ZodIssue | Raw): string {
  if (issue.code === 'invalid_type') return typeName(issue.expected);
  if (issue.code === 'invalid_value') return oneOf(issue.values);
  if (issue.code === 'invalid_format')
    return (
      FORMATS[issue.format] ?? (issue.pattern ? `a string that matches ${issue.pattern}` : `a valid ${issue.format}`)
    );
  return 'another value';
}

/** Returns the error map of all schemas; a schema's own message comes before it. */
export const schemaError: z.core.$ZodErrorMap = (issue) => {
  const name = nameOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const { length } = issue.keys;
      const keys = issue.keys.slice(0, MAX_KEYS).map(shown).join(', ');
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      const more = length > MAX_KEYS ? ` and ${length - MAX_KEYS} more` : '';
      return `unknown field${length > 1 ? 's' : ''} ${keys}${more}${renamedFields(issue.keys, known)}`;
    }
    case 'too_big':
    case 'too_small':
      return `${name} ${outOfRange(issue)}`;
    case 'invalid_format':
      return `${name} does not fit; expected ${expectation(issue)}`;
    case 'invalid_key':
      return `the name ${shown(issue.input)} does not fit; expected ${issue.issues.map(expectation).join(', ')}`;
    case 'invalid_union': {
      const { discriminator, options, input } = issue;
      if (discriminator && Array.isArray(options)) {
        const chosen = (input as Record<string, unknown>)[discriminator];
        return `${name} ${received(chosen)}; expected ${oneOf(options)}`;
      }
      const own = issue.errors.flatMap((option) => option.filter(({ path }) => path.length === 0));
      return `${name} ${received(input)}; expected ${[...new Set(own.map(expectation))].join(' or ')}`;
    }
    case 'invalid_type':
      // What should be a string may be a secret.
      if (issue.expected === 'string' && issue.input !== undefined)
        return `${name} is ${typeName(typeof issue.input)}; expected a string`;
      return `${name} ${received(issue.input)}; expected ${expectation(issue)}`;
    case 'invalid_value':
      return `${name} ${received(issue.input)}; expected ${expectation(issue)}`;
    default:
      return undefined;
  }
};

/**
 * Returns the issues of the option of a union that the value is meant for: the one with the fewest, of those whose type
 * it has.
 */
function closest(options: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const isOther = ({ code, path }: z.core.$ZodIssue): boolean =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  return options.filter((issues) => !issues.some(isOther)).sort((a, b) => a.length - b.length)[0];
}

/** Lists each field that was refused, within unions too. */
export function refusalsOf(issues: readonly z.core.$ZodIssue[], at: readonly PropertyKey[] = []): Refusal[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    const inner = issue.code === 'invalid_union' ? closest(issue.errors) : undefined;
    if (inner) return refusalsOf(inner, path);
    const isUnnamed = issue.path.length === 0 && at.length > 0 && issue.message.startsWith(`${UNNAMED} `);
    return [{ path, message: isUnnamed ? nameOf(path) + issue.message.slice(UNNAMED.length) : issue.message }];
  });
}

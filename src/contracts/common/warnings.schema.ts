/** Warnings in answers and events. */
import { z } from 'zod';
import { WARNING_SEVERITIES, type Warning, type WarningCodes } from './warnings.ts';

/** Returns the schema of a list of warnings. @param id name of one warning in OpenAPI */
export function warningsOf<Codes extends WarningCodes>(codes: Codes, id: string) {
  const names = Object.keys(codes) as (keyof Codes & string)[];
  const warning: z.ZodType<Warning<keyof Codes & string>> = z
    .strictObject({
      code: z.enum(names).describe('Code for programs; each code has a page at /docs/warnings/{code}'),
      severity: z
        .enum(WARNING_SEVERITIES)
        .describe('info: worth knowing; caution: check it; severe: the result is probably wrong'),
      message: z.string().describe('What is doubtful, with the numbers'),
      values: z
        .record(z.string(), z.union([z.number(), z.string()]))
        .describe('Numbers and names of the message; names end with the unit'),
      pointer: z
        .string()
        .nullable()
        .describe('JSON pointer: the doubtful field in the body; null where no single field is the cause'),
      page: z.string().describe('Page of the code, relative to the API'),
    })
    .meta({ id, description: 'A doubt about an input or a result' });
  return z.array(warning).describe('Doubts about the inputs and the result; empty if there are none');
}

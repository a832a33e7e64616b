/** How a table of text is read, as the query of an upload says it. */
import { z } from 'zod';

/** Columns of a file, or their units, by the names of the columns in requests */
export const byColumn = z.record(z.string().max(40), z.string().min(1).max(200));

/** The same in a query, as JSON */
export const byColumnJson = z
  .string()
  .max(2000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `expected JSON: ${error instanceof Error ? error.message : text}` });
      return z.NEVER;
    }
  })
  .pipe(byColumn)
  .optional();

export const tableFormat = {
  separator: z.enum(['comma', 'semicolon', 'tab', 'space']).optional().describe('Separator between the columns'),
  decimal: z.enum(['point', 'comma']).optional().describe('Decimal sign'),
  time_format: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe('Format of the times, such as `DD/MM/YYYY HH:mm` or `MM/DD/YYYY hh:mm:ss A`'),
};

/** Cursor pagination: `limit` and `cursor`, the id of the last item of the page before. */
import { z } from 'zod';

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items a page, 1 to 200'),
  cursor: z
    .string()
    .regex(/^[a-z]+_[0-9a-z]{26}$/, 'expected the next_cursor of a page')
    .optional()
    .describe('next_cursor of the page before'),
});
export type PageQuery = z.output<typeof pageQuery>;

/** @param rows one more than `limit` when there is a next page */
export function page<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
): { data: Item[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  return { data: items.map(show), next_cursor: rows.length > limit ? items.at(-1)!.id : null };
}

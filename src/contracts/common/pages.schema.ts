/** Cursor pagination with `limit` and `cursor`; the cursor is the id of the last item of the previous page. */
import { z } from 'zod';

const limit = z.coerce.number().int().min(1).max(200).default(50).describe('Items a page, 1 to 200');

export const pageQuery = z.strictObject({
  limit,
  cursor: z
    .string()
    .regex(/^[a-z]+_[0-9a-z]{26}$/, 'expected the next_cursor of a page')
    .optional()
    .describe('next_cursor of the previous page'),
});
/**
 * Returns a page of a list.
 * @param rows one more than `limit` if there is a next page
 */
export function page<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
): { data: Item[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  return { data: items.map(show), next_cursor: rows.length > limit ? items.at(-1)!.id : null };
}

/** Returns a page that ends after fewer than `limit` rows if these are large. */
export function cutPage<Row extends { id: string }, Item>(
  { rows, hasMore }: { readonly rows: readonly Row[]; readonly hasMore: boolean },
  show: (row: Row) => Item,
): { data: Item[]; next_cursor: string | null } {
  return { data: rows.map(show), next_cursor: hasMore ? rows[rows.length - 1].id : null };
}

/** Pagination of searches that mix stored and bundled items: the cursor is the number of items before the page. */
export const searchPageQuery = z.strictObject({
  limit,
  cursor: z.coerce.number().int().min(0).default(0).describe('next_cursor of the previous page'),
});

/**
 * Returns a page of a search.
 * @param rows the page  @param total number of results on all pages
 */
export function searchPage<Row, Item>(
  rows: readonly Row[],
  total: number,
  { limit, cursor }: z.output<typeof searchPageQuery>,
  show: (row: Row) => Item,
): { data: Item[]; next_cursor: string | null } {
  const next = cursor + limit;
  return { data: rows.map(show), next_cursor: next < total ? String(next) : null };
}

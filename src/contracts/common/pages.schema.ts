/** Cursor pagination with `limit` and `cursor`; the cursor is the id of the last item of the previous page. */
import { z } from 'zod';
import { AppError } from './app-error.ts';
import { ownChoice, withDefault } from './fields.schema.ts';
import { ID_PREFIXES, type IdKind } from './ids.ts';

export const pageLimit = withDefault(
  z.coerce.number().int().min(1).max(200),
  50,
  ownChoice('a page that people can read'),
).describe('Items a page, 1 to 200');

/** The id of a stored item, which is the cursor behind it. */
const idPattern = (kind: IdKind): RegExp => new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-z]{26}$`);

/** Returns the query of a list of stored items of a kind; the cursor of another list is refused. */
export const pageQuery = (kind: IdKind) =>
  z.strictObject({
    limit: pageLimit,
    cursor: z
      .string()
      .max(60)
      .regex(idPattern(kind), `expected the next_cursor of a page of this list, ${ID_PREFIXES[kind]}_...`)
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

/** Pagination of searches that mix stored and bundled items: the cursor is the id of the last item of the previous page. */
export const searchPageQuery = z.strictObject({
  limit: pageLimit,
  cursor: z.string().min(1).max(300).optional().describe('next_cursor of the previous page'),
});

/**
 * Returns where a page of a search begins: stored items come first, newest first, then the bundled ones, whose order never changes.
 * So items that are stored or deleted between two pages neither repeat others nor hide any.
 * @returns `before`: stored items with smaller ids, all of them if it is undefined, and none if it is null; `from`: index of the
 * first bundled item
 * @param kind of the stored items
 * @throws AppError `request.invalid` for a cursor of another search
 */
export function startOfPage(
  cursor: string | undefined,
  bundled: readonly { readonly id: string }[],
  kind: IdKind,
): { readonly before: string | undefined | null; readonly from: number } {
  if (cursor === undefined) return { before: undefined, from: 0 };
  const last = bundled.findIndex(({ id }) => id === cursor);
  if (last >= 0) return { before: null, from: last + 1 };
  if (idPattern(kind).test(cursor)) return { before: cursor, from: 0 };
  throw new AppError('request.invalid', 'cursor does not fit; expected the next_cursor of a page of the same search', {
    pointer: '/query/cursor',
  });
}

/** Which cursors of other lists the lists of an API take; each has to refuse all but its own. */
import { newId } from '../../src/adapters/database/new-id.ts';
import { ID_PREFIXES, type IdKind } from '../../src/contracts/common/ids.ts';
import type { Answer, Json } from './customer.ts';

/**
 * @param isAsked the lists by path
 * @returns the number of lists, and by path the kinds of cursors that it takes, where these are several
 */
export async function foreignCursors(
  call: (method: string, path: string) => Promise<Answer>,
  isAsked: (path: string) => boolean,
): Promise<{ nLists: number; taken: Readonly<Record<string, readonly IdKind[]>> }> {
  const { paths } = (await call('GET', '/openapi.json')).body as { paths: Record<string, Record<string, Json>> };
  const lists = Object.keys(paths)
    .filter((path) => paths[path].get?.parameters?.some(({ name }: Json) => name === 'cursor'))
    .filter(isAsked);
  const taken: Record<string, IdKind[]> = {};
  for (const path of lists) {
    const kinds: IdKind[] = [];
    for (const kind of Object.keys(ID_PREFIXES) as IdKind[]) {
      const { status, body } = await call('GET', `${path.replace('{id}', 'x')}?cursor=${newId(kind)}`);
      if (status !== 422 || body.pointer !== '/query/cursor') kinds.push(kind);
    }
    if (kinds.length > 1) taken[path] = kinds;
  }
  return { nLists: lists.length, taken };
}

import { randomBytes } from 'node:crypto';
import type { IdKind } from '../../contracts/common/ids.ts';
import { formatId } from '../../contracts/common/ids.ts';

/** Returns a new identifier; later ones of one kind sort after earlier ones (by the millisecond). */
export const newId = (kind: IdKind): string => formatId(kind, Date.now(), randomBytes(10));

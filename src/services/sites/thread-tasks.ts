/** What the API computes for sites; it runs in a compute thread, so that the event loop stays free. */
import { type AreaBody, areaSchema } from '../../contracts/common/area.schema.ts';
import { checked } from '../../contracts/common/checked.ts';
import type { SiteWarning } from '../../contracts/sites/warnings.ts';
import { crossingDoubts, siteDoubts } from '../../geometry/area-doubts.ts';
import { type AreaFileInput, readAreaFile } from '../../geometry/formats/area-file.ts';
import type { StoredSite } from './sites.ts';

/** Reads the area of a file, and looks for crossings in all of it. @throws AppError `request.invalid` for files and shapes that are not read */
export function readArea(input: AreaFileInput): { readonly area: AreaBody; readonly warnings: SiteWarning[] } {
  const file = readAreaFile(input);
  const area = checked(areaSchema, file.area, '/file');
  return { area, warnings: [...file.warnings, ...crossingDoubts(area, '')] };
}

const areaOf = (text: string | null): AreaBody | null => (text === null ? null : JSON.parse(text));

/** Returns the doubts about the areas of a stored site. */
export const doubtsOf = (
  site: Pick<StoredSite, 'latitude_deg' | 'longitude_deg' | 'boundary' | 'exclusions'>,
): SiteWarning[] => siteDoubts({ ...site, boundary: areaOf(site.boundary), exclusions: areaOf(site.exclusions) });

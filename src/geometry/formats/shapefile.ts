import { parseDbf, parseShp } from 'shpjs';
import { fileText } from '../../contracts/common/file-text.ts';
import { areaError, type FileFeature, inDegrees } from './file-feature.ts';
import { projectionOfPrj, type ToGlobe } from './file-projection.ts';

/** Bytes of the head of a .shp, and of that of a record */
const HEAD = 100;
const RECORD_HEAD = 8;

/**
 * Reads a shapefile.
 * @param name path of its .shp in the zip  @param files all files of the zip
 * @param stated projection that the upload names, which counts where the .prj is missing
 */
export function featuresOfShapefile(
  name: string,
  shp: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
  stated: ToGlobe | null,
): FileFeature[] {
  const beside = (ending: string): Uint8Array | undefined => {
    const wanted = `${name.slice(0, -3)}${ending}`.toLowerCase();
    return [...files].find(([path]) => path.toLowerCase() === wanted)?.[1];
  };
  const refuse = (message: string, fix?: string) => areaError(`${name}: ${message}`, fix);
  const prj = beside('prj');
  if (!prj && !stated)
    throw refuse(
      'the zip has no .prj beside it, so its coordinates are unknown',
      'Add the .prj file to the zip, or name the projection with crs, such as EPSG:4326 or EPSG:32632.',
    );
  const toGlobe = prj ? projectionOfPrj(fileText(prj, refuse), refuse) : stated!;
  const records = requireWhole(shp, refuse);
  const dbf = beside('dbf');
  const rows = dbf ? rowsOf(dbf, records, refuse) : [];
  try {
    // Converted here, because shpjs leaves out a projection that it cannot read.
    return parseShp(shp).map((geometry, i) => ({
      geometry: geometry && inDegrees(geometry, toGlobe),
      properties: rows[i],
    }));
  } catch (error) {
    throw refuse(`the shapes are damaged: ${(error as Error).message}`);
  }
}

/** Returns the number of records. @throws the refusal for a file that is cut off, whose last records shpjs would leave out */
function requireWhole(shp: Uint8Array, refuse: (message: string) => Error): number {
  const view = new DataView(shp.buffer, shp.byteOffset, shp.byteLength);
  if (shp.length < HEAD || view.getInt32(0) !== 9994) throw refuse('the file is no shapefile');
  let records = 0;
  for (let at = HEAD; at < shp.length; records++) {
    const words = at + RECORD_HEAD <= shp.length ? view.getInt32(at + 4) : -1;
    if (words < 2 || at + RECORD_HEAD + 2 * words > shp.length)
      throw refuse(`record ${records + 1} is cut off or damaged; the file has ${shp.length} bytes`);
    if (!isInBox(new DataView(view.buffer, view.byteOffset + at + RECORD_HEAD, 2 * words)))
      throw refuse(`record ${records + 1} is damaged: a corner is outside of the box that the record states`);
    at += RECORD_HEAD + 2 * words;
  }
  return records;
}

/** Types of records with corners in parts: lines and polygons, those with heights or measures too */
const WITH_PARTS: readonly number[] = [3, 5, 13, 15, 23, 25];
/** A box may be rounded by this share of its extent [1] */
const BOX_ROUNDING = 1e-6;

/** Tells whether all corners of a record are in the box that it states, as the ESRI white paper of 1998 has both. */
function isInBox(record: DataView): boolean {
  if (record.byteLength < 44 || !WITH_PARTS.includes(record.getInt32(0, true))) return true;
  const [minX, minY, maxX, maxY] = [4, 12, 20, 28].map((at) => record.getFloat64(at, true));
  const [parts, corners] = [36, 40].map((at) => record.getInt32(at, true));
  const first = 44 + 4 * parts;
  // shpjs refuses counts that cannot be.
  if (parts < 0 || corners < 0 || first + 16 * corners > record.byteLength) return true;
  // Some writers leave the box empty.
  if (minX === maxX && minY === maxY) return true;
  const margin = BOX_ROUNDING * Math.max(maxX - minX, maxY - minY);
  for (let at = first; at < first + 16 * corners; at += 16) {
    const [x, y] = [record.getFloat64(at, true), record.getFloat64(at + 8, true)];
    if (!(x >= minX - margin && x <= maxX + margin && y >= minY - margin && y <= maxY + margin)) return false;
  }
  return true;
}

/** Returns the attributes of each record. */
function rowsOf(dbf: Uint8Array, records: number, refuse: (message: string) => Error): Record<string, unknown>[] {
  const view = new DataView(dbf.buffer, dbf.byteOffset, dbf.byteLength);
  if (dbf.length < 33 || view.getUint32(4, true) !== records)
    throw refuse(`its .dbf has not the ${records} rows of the shapes`);
  try {
    return parseDbf(view);
  } catch (error) {
    throw refuse(`its .dbf is damaged: ${(error as Error).message}`);
  }
}

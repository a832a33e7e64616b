/** The coordinates of files in degrees: by the code of a projection, or by the text of a .prj file. */
import proj4 from 'proj4';
import type { AppError } from '../../contracts/common/app-error.ts';

export type ToGlobe = (x: number, y: number) => readonly [longitudeDeg: number, latitudeDeg: number];
type Refuse = (message: string, fix?: string) => AppError;

const WHAT_TO_DO =
  'Export the file in WGS 84 (EPSG:4326), or name its UTM zone with crs, such as EPSG:32632 or EPSG:25832.';

/**
 * Returns the projection of a code: WGS 84 and ETRS89 in degrees, their UTM zones, and Web Mercator.
 * @param name `EPSG:25832`, or a name of OGC such as urn:ogc:def:crs:EPSG::25832
 */
export function projectionOfName(name: string, refuse: Refuse): ToGlobe {
  if (/CRS84$/i.test(name)) return (x, y) => [x, y];
  const code = Number(/^(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d+)$/i.exec(name.trim())?.[1]);
  if (code === 4326 || code === 4258) return (x, y) => [x, y];
  const utm =
    code > 32600 && code <= 32660
      ? `+zone=${code - 32600}`
      : code > 32700 && code <= 32760
        ? `+zone=${code - 32700} +south`
        : code >= 25828 && code <= 25838
          ? `+zone=${code - 25800}`
          : null;
  if (utm) return converter(proj4(`+proj=utm ${utm} +ellps=WGS84 +units=m +no_defs`, 'EPSG:4326'));
  if (code === 3857) return converter(proj4('EPSG:3857', 'EPSG:4326'));
  throw refuse(`the projection ${name.slice(0, 60)} is not known here`, WHAT_TO_DO);
}

const converter =
  ({ forward }: { forward(place: number[]): number[] }): ToGlobe =>
  (x, y) => {
    const [longitude, latitude] = forward([x, y]);
    return [longitude, latitude];
  };

/** Datums that differ from WGS 84 by at most two metres */
const LIKE_WGS84 =
  /^D?_?(WGS_?(19)?84|ETRS_?(19)?89|European_Terrestrial_Reference_System_1989|North_American_(Datum_)?1983|NAD_?(19)?83|GDA_?(19)?94|GDA_?2020|Geocentric_Datum_of_Australia_\d+|NZGD_?2000|New_Zealand_(Geodetic_Datum_)?2000|SIRGAS.*|JGD_?20\d\d|ITRF.*|RGF_?(19)?93|POSGAR.*|Hartebeesthoek_?94|CHTRS.*|China_2000|CGCS_?2000|SWEREF_?99|EUREF_FIN|IGN.*95|RGF.*)/i;

/**
 * Returns the projection of a .prj file.
 * @throws the refusal for a projection that proj4 does not know, and for a datum whose shift to WGS 84 the file does not state
 */
export function projectionOfPrj(text: string, refuse: Refuse): ToGlobe {
  let definition: ReturnType<typeof proj4.Proj>;
  try {
    definition = proj4.Proj(text);
  } catch {
    throw refuse(`the projection of the .prj file is not known here: ${text.trim().slice(0, 80)}`, WHAT_TO_DO);
  }
  const datum = /DATUM\s*\[\s*"([^"]*)"/i.exec(text)?.[1] ?? 'unknown';
  const isShifted = SHIFTED.includes(definition.datum?.datum_type ?? 0);
  if (!LIKE_WGS84.test(datum) && !isShifted)
    throw refuse(`the .prj file does not say how its datum ${datum.slice(0, 60)} lies to WGS 84`, WHAT_TO_DO);
  if (/^\s*GEOG/i.test(text) && LIKE_WGS84.test(datum)) return (x, y) => [x, y];
  return converter(proj4(text, 'EPSG:4326'));
}

/** proj4's types of datums with three or seven parameters of a shift */
const SHIFTED = [1, 2];

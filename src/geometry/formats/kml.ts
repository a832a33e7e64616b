import { kml } from '@tmcw/togeojson';
import { parseXml } from '../../contracts/common/xml.ts';
import { areaError, type FileFeature } from './file-feature.ts';

/** Reads the placemarks of a KML document, whose coordinates are always longitude and latitude (WGS 84). */
export function featuresOfKml(text: string): FileFeature[] {
  const root = parseXml(text, areaError);
  if (root.localName !== 'kml' && root.getElementsByTagName('Placemark').length === 0)
    throw areaError(`the XML file begins with ${root.tagName.slice(0, 50)}; expected kml`);
  const { features } = kml(root.ownerDocument!);
  if (features.every(({ geometry }) => !geometry) && root.getElementsByTagName('NetworkLink').length > 0)
    throw areaError('the KML file only links to another one; expected the file with the shapes themselves');
  return features;
}

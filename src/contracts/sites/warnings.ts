/** Warnings about the areas of sites and of searches. */
import { type Warn, type Warning, type WarningCodes, warner } from '../common/warnings.ts';

/** The areas of a site */
const AREAS = {
  boundary: { en: 'boundary', de: 'Grenze' },
  exclusions: { en: 'area of exclusions', de: 'Ausschlüsse' },
} as const;

export const SITE_WARNINGS = {
  'site.features_empty': {
    severity: 'info',
    title: { en: 'Features without a geometry', de: 'Objekte ohne Geometrie' },
    message: {
      en: '{n_features} features of the area have no geometry and are skipped.',
      de: '{n_features} Objekte der Fläche haben keine Geometrie und werden übersprungen.',
    },
  },
  'site.shapes_skipped': {
    severity: 'caution',
    title: { en: 'Shapes of a file were skipped', de: 'Formen einer Datei wurden übersprungen' },
    message: {
      en: '{n_shapes} shapes of the file were skipped: {reason}.',
      de: '{n_shapes} Formen der Datei wurden übersprungen: {reason}.',
    },
    words: {
      no_boundary: { en: 'points and lines are no boundary', de: 'Punkte und Linien sind keine Grenze' },
      no_area: { en: 'they have no area', de: 'sie haben keine Fläche' },
      other_geometry: { en: 'their kind of geometry is not read', de: 'ihre Art von Geometrie wird nicht gelesen' },
    },
  },
  'site.lines_closed': {
    severity: 'info',
    title: { en: 'Closed lines are polygons', de: 'Geschlossene Linien sind Polygone' },
    message: {
      en: '{n_lines} closed lines of the file are used as polygons.',
      de: '{n_lines} geschlossene Linien der Datei gelten als Polygone.',
    },
  },
  'site.edges_cross': {
    severity: 'caution',
    title: { en: 'The edges of an area cross', de: 'Die Ränder einer Fläche kreuzen sich' },
    message: {
      en: 'Edges of a ring cross each other, so that {crossed_pct} % of its area lie inside or outside by the order of the corners.',
      de: 'Ränder eines Rings kreuzen sich; bei {crossed_pct} % seiner Fläche entscheidet die Reihenfolge der Ecken, ob sie innen oder außen liegen.',
    },
  },
  'site.area_far': {
    severity: 'severe',
    title: { en: 'An area is far from its site', de: 'Eine Fläche ist weit von ihrem Standort' },
    message: {
      en: 'The {area} is {distance_km} km from the place of the site. Longitude and latitude may be exchanged, or one of them has a wrong sign.',
      de: 'Die Fläche ({area}) ist {distance_km} km vom Ort des Standorts entfernt. Länge und Breite sind vielleicht vertauscht, oder eine hat das falsche Vorzeichen.',
    },
    words: AREAS,
  },
  'site.area_far_from_weather': {
    severity: 'severe',
    title: { en: 'The area is far from its weather', de: 'Die Fläche ist weit von ihrem Wetter' },
    message: {
      en: 'The area is {distance_km} km from the place of the weather that is computed for it. Longitude and latitude may be exchanged, or the weather is that of another place.',
      de: 'Die Fläche ist {distance_km} km vom Ort des Wetters entfernt, mit dem gerechnet wird. Länge und Breite sind vielleicht vertauscht, oder das Wetter ist das eines anderen Ortes.',
    },
  },
  'site.corner_far': {
    severity: 'severe',
    title: { en: 'A corner is far from its site', de: 'Eine Ecke ist weit von ihrem Standort' },
    message: {
      en: 'A corner of the {area} is {distance_km} km from the place of the site. A digit or a sign may be wrong.',
      de: 'Eine Ecke der Fläche ({area}) ist {distance_km} km vom Ort des Standorts entfernt. Vielleicht ist eine Ziffer oder ein Vorzeichen falsch.',
    },
    words: AREAS,
  },
} as const satisfies WarningCodes;

export type SiteWarning = Warning<keyof typeof SITE_WARNINGS>;
export const warnSite: Warn<typeof SITE_WARNINGS> = warner(SITE_WARNINGS);

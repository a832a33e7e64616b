/** Reports: templates, formats and the names that API, workflow and files share. */
import { UNIT_SYSTEMS, type UnitSystem } from '../../lib/units.ts';

export const REPORT_TEMPLATES = ['summary', 'bankable', 'comparison'] as const;
export type ReportTemplate = (typeof REPORT_TEMPLATES)[number];

export { type Language as ReportLanguage, LANGUAGES as REPORT_LANGUAGES } from '../common/languages.ts';

export const REPORT_UNITS = UNIT_SYSTEMS;
export type ReportUnits = UnitSystem;

/** Formats of a report: file extension and media type. `csv` is a zip file with CSV and JSON files. */
export const REPORT_FORMATS = {
  pdf: { ending: 'pdf', mediaType: 'application/pdf' },
  html: { ending: 'html', mediaType: 'text/html; charset=utf-8' },
  xlsx: { ending: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { ending: 'zip', mediaType: 'application/zip' },
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as [ReportFormat, ...ReportFormat[]];

/** Number of jobs in a comparison. */
export const MAX_COMPARED_JOBS = 10;
/** Maximum size of a logo's PNG [bytes]. */
export const MAX_LOGO_BYTES = 256 * 1024;

/** Default and maximum life of a link to a file [s]. */
export const LINK_LIFE_S = { default: 7 * 86_400, most: 30 * 86_400 } as const;

/** Reports: what can be asked for, and the names that the API, the workflow and the files share. */

export const REPORT_TEMPLATES = ['summary', 'bankable', 'comparison'] as const;
export type ReportTemplate = (typeof REPORT_TEMPLATES)[number];

export const REPORT_LANGUAGES = ['en', 'de'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

export const REPORT_UNITS = ['metric', 'imperial'] as const;
export type ReportUnits = (typeof REPORT_UNITS)[number];

/** The files of a report: name's ending and media type. `csv` is a zip of CSV and JSON files. */
export const REPORT_FORMATS = {
  pdf: { ending: 'pdf', mediaType: 'application/pdf' },
  html: { ending: 'html', mediaType: 'text/html; charset=utf-8' },
  xlsx: { ending: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { ending: 'zip', mediaType: 'application/zip' },
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as [ReportFormat, ...ReportFormat[]];

/** Jobs of one comparison. */
export const MAX_COMPARED_JOBS = 10;
/** Bytes of a logo's PNG. */
export const MAX_LOGO_BYTES = 256 * 1024;

/** How long a link to a file is good for, if not said otherwise, and at most [s]. */
export const LINK_LIFE_S = { default: 7 * 86_400, most: 30 * 86_400 } as const;

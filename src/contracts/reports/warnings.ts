/** Warnings about what a report puts together. */
import { type Warn, type WarningCodes, warner } from '../common/warnings.ts';

export const REPORT_WARNINGS = {
  'report.different_places': {
    severity: 'severe',
    title: { en: 'The jobs are of different places', de: 'Die Berechnungen gelten für verschiedene Orte' },
    message: {
      en: 'The places of the jobs are {distance_km} km apart; their figures differ by the place, not only by the design.',
      de: 'Die Orte der Berechnungen liegen {distance_km} km auseinander; ihre Zahlen unterscheiden sich durch den Ort, nicht nur durch die Auslegung.',
    },
  },
  'report.different_plants': {
    severity: 'severe',
    title: { en: 'The jobs are of different plants', de: 'Die Berechnungen gelten für verschiedene Anlagen' },
    message: {
      en: 'The report is about an analysis of {capacity} and a search of {other_capacity}.',
      de: 'Der Bericht behandelt eine Analyse mit {capacity} und eine Suche mit {other_capacity}.',
    },
  },
  'report.different_uncertainties': {
    severity: 'caution',
    title: { en: 'The jobs have different uncertainties', de: 'Die Berechnungen haben verschiedene Unsicherheiten' },
    message: {
      en: 'The uncertainties of the yields are {lower_pct} to {upper_pct} %, so that P75, P90 and P99 do not compare the designs.',
      de: 'Die Unsicherheiten der Erträge sind {lower_pct} bis {upper_pct} %; P75, P90 und P99 vergleichen daher nicht die Auslegungen.',
    },
  },
} as const satisfies WarningCodes;

export const warnReport: Warn<typeof REPORT_WARNINGS> = warner(REPORT_WARNINGS);

/** The working half of every technology: one line a technology. */
export { reports } from '../reports/kinds.ts';
export { solar } from '../solar/kinds.ts';
export { wind } from '../wind/kinds.ts';

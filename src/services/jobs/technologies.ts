/** The implementation of every technology, with one line for each technology. */
export { reports } from '../reports/kinds.ts';
export { solar } from '../solar/kinds.ts';
export { wind } from '../wind/kinds.ts';

/** The job kinds of all technologies, with one line for each technology. */
export { reports } from '../reports/kinds.ts';
export { solar } from '../solar/kinds.ts';
export { wind } from '../wind/kinds.ts';

/** Every technology's job kinds: one line a technology. */
export { reports } from '../reports/kinds.ts';
export { solar } from '../solar/kinds.ts';
export { wind } from '../wind/kinds.ts';

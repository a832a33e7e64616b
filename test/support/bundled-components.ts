/** Bundled modules and inverters for tests: some of the whole lists, spread over all names, and the first one for each. */
import { findInverter, findModule, libraryInverters, libraryModules } from '../../src/services/solar/bundled.ts';
import type { CecList, LibraryInverter, LibraryModule } from '../../src/solar/library/library.ts';

const someOf = <Item>(list: CecList<Item>, count: number): Item[] => {
  const every = Math.floor(list.entries.length / count);
  return list.entries.filter((_, k) => k % every === 0).map((entry) => list.at(entry));
};
export const someModules = (count: number): LibraryModule[] => someOf(libraryModules(), count);
export const someInverters = (count: number): LibraryInverter[] => someOf(libraryInverters(), count);

export const A_MODULE = findModule('Aleo Solar P18Y265')!;
export const AN_INVERTER = findInverter('ABB: MICRO-0.25-I-OUTD-US-208 [208V]')!;

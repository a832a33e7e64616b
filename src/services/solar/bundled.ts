/** The bundled modules and inverters: their lists are read when they are first needed, and each item when it is named. */
import { componentFile } from '../../adapters/components/component-files.ts';
import {
  CecList,
  type LibraryInverter,
  type LibraryModule,
  parseCecInverters,
  parseCecModules,
} from '../../solar/library/library.ts';

let modules: CecList<LibraryModule> | undefined;
let inverters: CecList<LibraryInverter> | undefined;

/** Returns the list of all bundled modules. */
export function libraryModules(): CecList<LibraryModule> {
  modules ??= new CecList(componentFile('sam-library-cec-modules-2019-03-05.csv.gz'), 'STC', parseCecModules);
  return modules;
}

/** Returns the list of all bundled inverters. */
export function libraryInverters(): CecList<LibraryInverter> {
  inverters ??= new CecList(componentFile('sam-library-cec-inverters-2019-03-05.csv.gz'), 'Paco', parseCecInverters);
  return inverters;
}

/** Reads both lists, which takes a tenth of a second. */
export function readLibrary(): void {
  libraryModules();
  libraryInverters();
}

/** Returns a bundled module by its id or name; undefined if there is none. */
export const findModule = (idOrName: string): LibraryModule | undefined => libraryModules().find(idOrName);

/** Returns a bundled inverter by its id or name; undefined if there is none. */
export const findInverter = (idOrName: string): LibraryInverter | undefined => libraryInverters().find(idOrName);

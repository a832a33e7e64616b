/** The bundled lists of modules and inverters, which stand in data/solar of the installation. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** The folder seen from the sources, and from the build. */
const FOLDERS = ['../../../data/solar/', '../../../../data/solar/'];

/** Returns the text of a bundled list. @throws Error if the installation lacks it */
export function componentFile(name: string): string {
  const paths = FOLDERS.map((folder) => fileURLToPath(new URL(folder + name, import.meta.url)));
  const path = paths.find((one) => existsSync(one));
  if (path === undefined) throw new Error(`${name} is missing; expected it at ${paths.join(' or ')}`);
  return gunzipSync(readFileSync(path)).toString('utf8');
}

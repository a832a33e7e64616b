/** Reads a windIO system from the bytes of one document, or of a zip with several. */
import { fileText } from '../../contracts/common/file-text.ts';
import { isZip, unzipped, ZipError } from '../../lib/zip.ts';
import { windError } from '../check.ts';
import { isNetCdf, readNetCdf } from './netcdf.ts';
import { parseWindIo, type WindIoSystem } from './windio.ts';

const MAX_FILES = 200;
/** Bytes of all files after unpacking */
const MAX_UNPACKED = 16 * 1024 * 1024;

/** Reads a windIO document, or a zip of several. @throws AppError that says what is wrong with the file */
export const readWindIoFile = (bytes: Uint8Array): WindIoSystem =>
  isZip(bytes) ? parseWindIoZip(bytes) : parseWindIo(fileText(bytes, (reason) => windError(reason, '/file')));

/**
 * Reads the system of a zip: the one document with `site` and `wind_farm` that no other document includes.
 * @throws AppError for a damaged zip, too much in it, a file that is missing, or more than one system
 */
function parseWindIoZip(bytes: Uint8Array): WindIoSystem {
  const { texts: files, arrays } = filesOf(bytes);
  const systems = [...files].filter(([, text]) => /^site\s*:/m.test(text) && /^wind_farm\s*:/m.test(text));
  if (systems.length !== 1)
    throw windError(
      `the zip has ${systems.length} documents with site and wind_farm (${systems.map(([name]) => name).join(', ')}); expected one`,
      '/file',
    );
  const [[root, text]] = systems;
  const include = (path: string, from: string) => {
    const name = resolved(path, from);
    const included = files.get(name);
    const data = arrays.get(name);
    if (data) return { variables: readNetCdf(data, name) };
    if (included === undefined)
      throw windError(
        `${from} includes ${path}, and the zip has no text ${name}; it has ${[...files.keys(), ...arrays.keys()].slice(0, 50).join(', ')}`,
        '/file',
      );
    return { text: included, name };
  };
  return parseWindIo(text, include, root);
}

/** Returns the YAML and netCDF files by their path in the zip. */
function filesOf(bytes: Uint8Array): { texts: Map<string, string>; arrays: Map<string, Uint8Array> } {
  const isWanted = (name: string): boolean => /\.(ya?ml|nc)$/i.test(name) && !name.startsWith('__MACOSX/');
  try {
    const files = [...unzipped(bytes, { isWanted, maxFiles: MAX_FILES, maxBytes: MAX_UNPACKED })];
    const texts = files.filter(([, data]) => !isNetCdf(data));
    return {
      arrays: new Map(files.filter(([, data]) => isNetCdf(data))),
      texts: new Map(
        texts.map(([name, data]) => [name, fileText(data, (reason) => windError(`${name}: ${reason}`, '/file'))]),
      ),
    };
  } catch (cause) {
    if (cause instanceof ZipError) throw windError(cause.message, '/file');
    throw cause;
  }
}

/** Returns the path of an included file in the zip, from that of the including one. */
function resolved(path: string, from: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

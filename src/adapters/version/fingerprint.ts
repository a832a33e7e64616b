/** Identifies the engine by a hash of its own files and of the packages that it uses. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of `src` that do not belong to the engine; a new folder does unless it is named here. */
const OTHER_ROOMS: ReadonlySet<string> = new Set([
  'adapters',
  'api',
  'cli',
  'client',
  'compute',
  'contracts',
  'lib',
  'services',
]);

interface Package {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
/** Packages by their paths, `node_modules/a/node_modules/b`; `''` is the project. */
type LockedPackages = Readonly<Record<string, Package>>;

/** Returns the files of the engine's rooms, code and data tables; without tests. */
export function engineFiles(root: string): string[] {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !OTHER_ROOMS.has(entry.name),
  );
  return rooms
    .flatMap(({ name }) =>
      readdirSync(join(root, 'src', name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
    )
    .sort();
}

/** `@scope/name/file` and `name/file` belong to the packages `@scope/name` and `name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** A module's name after `from`, `import` or, as of `require` and `resolve`, a bracket. */
const SPECIFIER = /(?:\bfrom |\bimport |\()['"`]([^'"`$\n]+)/g;
/** These imports do not exist at run time. */
const TYPES = /^import type [^;]*;/gm;

/** Returns `name@version` of each package that these texts import, and of all its dependencies, from the lockfile. */
export function lockedPackages(texts: readonly string[], locked: LockedPackages): string[] {
  const direct = locked['']?.dependencies ?? {};
  const imported = new Set(
    texts.flatMap((text) =>
      Array.from(text.replace(TYPES, '').matchAll(SPECIFIER), ([, specifier]) => packageOf(specifier)),
    ),
  );
  const versions = new Map<string, string>();
  const visit = (name: string, from: string): void => {
    const place = placeOf(name, from, locked);
    if (place === undefined || versions.has(place)) return;
    versions.set(place, `${name}@${locked[place].version}`);
    const { dependencies, optionalDependencies } = locked[place];
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) visit(needed, place);
  };
  for (const name of imported) if (name in direct) visit(name, '');
  return [...new Set(versions.values())].sort();
}

/**
 * Returns the path where Node finds a package from another package; undefined if an optional package is not in the lockfile.
 */
function placeOf(name: string, from: string, locked: LockedPackages): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder}${folder && '/'}node_modules/${name}`;
    if (place in locked) return place;
    if (folder === '') return undefined;
  }
}

/**
 * Returns the version of the engine: the package's, and a hash that changes when and only when a file of an engine room, or the
 * locked version of a package that it imports, changes. It needs no git, and line ends do not count.
 * @param root the project's folder, with its sources and package-lock.json
 * @returns `0.1.0+3f9a1c2b`
 */
export function engineVersionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: LockedPackages;
  };
  const files = engineFiles(root).map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n'),
  }));
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(JSON.stringify([path.replaceAll('\\', '/'), text]));
  hash.update(
    JSON.stringify(
      lockedPackages(
        files.map(({ text }) => text),
        packages,
      ),
    ),
  );
  return `${version}+${hash.digest('hex').slice(0, 8)}`;
}

/**
 * `tessellate validate DIR`: compares the engine with reference files and prints each quantity's errors. A file is
 * recognised by its name, in the folder or below it. The exit code is 1 if an error exceeds its tolerance, and 2 if no
 * reference file was found.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { FileResult, QuantityResult, ValidateContext, Validator } from './types.ts';

/** The project's own copies, which replace files that a reference file names but its folder does not contain. */
const OWN_COPIES = ['test/fixtures', 'data'];

export interface ValidateOptions {
  /** Whether rows that no model here computes count as failures. */
  readonly strict: boolean;
  /** Whether to print one JSON object instead of the table. */
  readonly json: boolean;
}

/** Returns the nearest folder above this module that holds package.json: the same from the sources and from dist/. */
async function projectRoot(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const names = await readdir(folder);
    if (names.includes('package.json') && names.includes('tsconfig.json')) return folder;
    if (dirname(folder) === folder) throw new Error('The project folder with package.json was not found');
    folder = dirname(folder);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readBytes(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Finds names as given, or with `.gz`, first below the file's folder, then below the project's copies. */
function contextFor(file: string, ownFiles: readonly string[]): ValidateContext {
  const find = async (name: string): Promise<string> => {
    const wanted = basename(name);
    const beside = await filesBelow(dirname(file));
    const referenceFile = [...beside, ...ownFiles].find((path) => [wanted, `${wanted}.gz`].includes(basename(path)));
    if (!referenceFile)
      throw new Error(
        `${basename(file)} names ${name}; it is neither in the same folder nor among the project's copies`,
      );
    return referenceFile;
  };
  return {
    readText: async (name) => (await readBytes(await find(name))).toString('utf8'),
    readJson: async (name) => JSON.parse((await readBytes(await find(name))).toString('utf8')),
  };
}

/**
 * A value that is absent or of another type causes a TypeError somewhere inside; this function makes a clear message of it.
 */
function reasonOf(error: unknown): string {
  if (error instanceof TypeError)
    return `something in it is absent or of another type than in such files: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

const isBeyond = (result: QuantityResult): boolean => !(result.maxError <= result.tolerance);

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '),
    )
    .join('\n');
}

/**
 * Compares the engine with reference files.
 * @param folder where the reference files are
 * @param validators by file name
 * @param print receives the finished text
 * @returns the exit code
 */
export async function validateFolder(
  folder: string,
  validators: Readonly<Record<string, Validator>>,
  options: ValidateOptions,
  print: (text: string) => void,
): Promise<number> {
  const root = await projectRoot();
  const ownFiles = (
    await Promise.all(OWN_COPIES.map((name) => filesBelow(join(root, name)).catch(ignoreMissing)))
  ).flat();
  const files = (await filesBelow(folder)).filter((path) => path.endsWith('.json'));
  const rows: string[][] = [
    ['file', 'quantity', 'rows', 'mean error', 'largest error', 'tolerance', 'measure', 'verdict'],
  ];
  const outcome: Record<string, FileResult & { failed?: string }> = {};
  let failures = 0;
  let covered = 0;
  for (const path of files) {
    const name = relative(folder, path);
    const validator = validators[basename(path)];
    if (!validator) {
      outcome[name] = { results: [], notCovered: ['the whole file: no validator knows its name'] };
    } else {
      covered++;
      try {
        outcome[name] = await validator(
          JSON.parse((await readBytes(path)).toString('utf8')),
          contextFor(path, ownFiles),
        );
      } catch (error) {
        // A file that cannot be compared is a failure with its reason, and the others are still compared.
        outcome[name] = { results: [], notCovered: [], failed: reasonOf(error) };
        failures++;
      }
    }
    for (const result of outcome[name].results) {
      if (isBeyond(result)) failures++;
      rows.push([
        name,
        result.quantity,
        String(result.rows),
        result.meanError.toExponential(2),
        result.maxError.toExponential(2),
        result.tolerance.toExponential(1),
        result.measure,
        isBeyond(result) ? `BEYOND${result.worst ? ` at ${result.worst}` : ''}` : 'ok',
      ]);
    }
  }
  const notCovered = Object.entries(outcome).flatMap(([name, file]) =>
    file.notCovered.map((what) => `${name}: ${what}`),
  );
  const failed = Object.entries(outcome).flatMap(([name, file]) => (file.failed ? [`${name}: ${file.failed}`] : []));
  if (options.strict) failures += notCovered.length;
  if (options.json) print(JSON.stringify({ files: outcome, failures }, null, 2));
  else {
    print(table(rows));
    if (notCovered.length) print(`\nNot covered:\n  ${notCovered.join('\n  ')}`);
    if (failed.length) print(`\nCould not be compared:\n  ${failed.join('\n  ')}`);
    print(`\n${covered} files, ${rows.length - 1} quantities, ${notCovered.length} not covered, ${failures} failures`);
  }
  if (covered === 0) {
    print(`No reference file was recognised in ${folder}; known names: ${Object.keys(validators).join(', ')}`);
    return 2;
  }
  return failures > 0 ? 1 : 0;
}

/** If the folder of own copies is absent, it has no files; any other failure is thrown. */
function ignoreMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

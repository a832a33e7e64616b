// Writes the tables of docs/models/*.md: accuracy from `validate`, run on the project's own reference files, and papers from the
// engine's references. A table stands between `<!-- accuracy: FILE PREFIX ... -->` and `<!-- /accuracy -->` (prefixes choose
// quantities, none: all), or between `<!-- references: ROOM CHOICE ... -->` and `<!-- /references -->`. Build first.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withReferenceTables } from '../dist/test/support/reference-tables.js';

const FOLDER = 'docs/models';
const REFERENCE = 'test/fixtures/reference';

const run = spawnSync(process.execPath, ['dist/src/cli/main.js', 'validate', REFERENCE, '--json'], {
  encoding: 'utf8',
  maxBuffer: 1e8,
});
if (!run.stdout.trim().startsWith('{')) throw new Error(`validate gave no JSON; build first\n${run.stderr}`);
const files = new Map(Object.entries(JSON.parse(run.stdout).files).map(([name, file]) => [basename(name), file]));

function table(file, prefixes) {
  const reference = files.get(file);
  if (!reference) throw new Error(`no reference file ${file} below ${REFERENCE}`);
  const rows = reference.results.filter(
    ({ quantity }) => prefixes.length === 0 || prefixes.some((prefix) => quantity.startsWith(prefix)),
  );
  if (rows.length === 0) throw new Error(`${file} has no quantity that begins with ${prefixes.join(', ')}`);
  const cells = rows.map(({ quantity, rows: n, meanError, maxError, tolerance, measure }) =>
    [quantity, n, meanError.toExponential(1), maxError.toExponential(1), tolerance.toExponential(0), measure].join(
      ' | ',
    ),
  );
  return [
    '| quantity | rows | mean error | largest error | tolerance | measure |',
    '|---|---|---|---|---|---|',
    ...cells.map((row) => `| ${row} |`),
  ].join('\n');
}

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.md'))) {
  const path = join(FOLDER, name);
  const text = readFileSync(path, 'utf8');
  const filled = text.replace(
    /<!-- accuracy: (\S+)([^>]*?) -->\n[\s\S]*?<!-- \/accuracy -->/g,
    (_, file, prefixes) =>
      `<!-- accuracy: ${file}${prefixes} -->\n${table(file, prefixes.trim().split(/\s+/).filter(Boolean))}\n<!-- /accuracy -->`,
  );
  const written = withReferenceTables(filled);
  if (written !== text) writeFileSync(path, written);
}

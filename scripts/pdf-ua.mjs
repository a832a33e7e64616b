// `npm run check:pdf-ua -- FILE...`: PDF files against PDF/UA-1 by veraPDF, which Maven brings; needs Java 17 or newer.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: npm run check:pdf-ua -- FILE...');
  process.exit(2);
}
function run(command, args) {
  const { error, status } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw new Error(`${command} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
const libraries = join('.tessellate', 'verapdf');
if (!existsSync(libraries))
  run('mvn', [
    ...['--quiet', '--batch-mode', '--file', 'scripts/pdf-ua/pom.xml', 'dependency:copy-dependencies'],
    `-DoutputDirectory=${join(process.cwd(), libraries)}`,
  ]);
run('java', ['-cp', ['scripts/pdf-ua', join(libraries, '*')].join(delimiter), 'scripts/pdf-ua/PdfUa.java', ...files]);

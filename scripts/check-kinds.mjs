// Outside the rooms of its own name nothing writes a technology's or a job kind's name, as a string, a key or in a regular
// expression: a third technology would be the `else` of what compares it, and absent from the table that it keys. And nothing is cast through unknown: the types of rows, inputs and results follow from the
// declaration of their kind. `node scripts/check-kinds.mjs [FOLDER]` names every place that breaks one of these rules.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const root = process.argv[2] ?? '.';
const FOLDERS = ['src', 'activities', 'workflows', 'temporal'];

/** Technologies and kinds as src/contracts/<technology>/kinds.ts declare them. */
const contracts = join(root, 'src', 'contracts');
const technologies = [];
const names = new Set();
for (const folder of readdirSync(contracts)) {
  const file = join(contracts, folder, 'kinds.ts');
  if (!existsSync(file)) continue;
  const text = readFileSync(file, 'utf8');
  const declared = [...text.matchAll(/^\s*(name|kind): '([\w-]+)'/gm)];
  for (const [, what, name] of declared) {
    names.add(name);
    if (what === 'name') technologies.push(name);
  }
}

const isOwnRoom = (path) =>
  path
    .split(sep)
    .some((part) =>
      technologies.some((name) => part === name || part.startsWith(`${name}.`) || part.startsWith(`${name}-`)),
    );

const any = `(?:${[...names].join('|')})`;
/** Technologies whose kinds begin with their name; `report` is also a word for other things. */
const divisions = technologies.filter((name) => [...names].some((kind) => kind.startsWith(`${name}-`)));
const NAMES = [
  new RegExp(`['"\`]${any}(?:-[\\w-]*)?['"\`]`),
  // The key of an object, which needs no quotes
  new RegExp(`(?:^|[{,])\\s*(?:${divisions.join('|')}):`),
  // A regular expression, which follows an operator or a bracket
  new RegExp(`(?:^|[=(,:!&|?{[]|\\breturn\\b)\\s*/(?![/*])[^/]*\\b${any}\\b`),
  new RegExp(`\\.(?:startsWith|endsWith|includes|indexOf|test)\\(\\s*['"\`/^]*(?:${technologies.join('|')})\\b`),
];

/** Files that may have such names, and why. */
const NAMED = new Map([
  ['workflows/released-jobs.ts', 'recorded workflows need the names that were released'],
  ['src/client/api.ts', 'made from the declarations'],
  ['src/services/departure/deletion.ts', 'names the tables of all rooms'],
  ['src/services/departure/export.ts', 'names the tables and folders of all rooms'],
]);

const CAST = /\bas (?:unknown as|never|any)\b/;
/** Files that may have one such cast, and what forces it. */
const CASTS = new Map([
  ['src/adapters/database/database.ts', "TypeORM's type of a driver hides its pool"],
  ['src/adapters/database/insert-rows.ts', "TypeORM's type of a row refuses columns of free JSON"],
  ['src/weather/weather-bytes.ts', 'what encodeWeather wrote is read back by the names of its members'],
]);

const faults = [];
for (const folder of FOLDERS.map((name) => join(root, name)).filter(existsSync)) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts')) continue;
    const path = relative(root, join(entry.parentPath, entry.name));
    const file = path.split(sep).join('/');
    const forbidden = isOwnRoom(path) || NAMED.has(file) ? [] : NAMES;
    let casts = CASTS.has(file) ? 1 : 0;
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .forEach((line, k) => {
        const code = line.replace(/^\s*(\/\/|\*|\/\*).*/, '');
        const fault = (why) => faults.push(`${path}:${k + 1}: ${line.trim()}\n  ${why}`);
        if (forbidden.some((pattern) => pattern.test(code)))
          fault('writes the name of a technology or kind; let its room answer instead (docs/decisions/0016)');
        if (CAST.test(code) && --casts < 0)
          fault('casts through unknown; take the type from the declaration, or check the value with its schema');
      });
  }
}
for (const fault of faults) console.error(fault);
console.log(`kinds: ${names.size} names of technologies and kinds, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

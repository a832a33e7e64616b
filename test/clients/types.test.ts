/**
 * The types of src/client/api.ts, which this repository's own generator writes, are those that openapi-typescript makes of the
 * same document: for every operation its body, its query and its answer.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { toolFolder, type ToolFolder } from '../support/tool-folder.ts';

const document = JSON.parse(readFileSync(join('docs', 'openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
let tool: ToolFolder;
beforeAll(async () => {
  tool = await toolFolder(join('test', 'clients', 'openapi-typescript'));
  for (const name of ['api.ts', 'files.ts']) cpSync(join('src', 'client', name), join(tool.folder, name));
  writeFileSync(join(tool.folder, 'openapi.json'), JSON.stringify(document));
  await tool.run('openapi-typescript', ['openapi.json', '--default-non-nullable=false', '--output', 'generated.d.ts']);
}, 300_000);
afterAll(() => tool?.remove());

interface Content {
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly requestBody?: Content;
  readonly parameters?: readonly { readonly in: string }[];
  readonly responses: Readonly<Record<string, Content>>;
}

/** What both name alike: `[part, type of the client, type of openapi-typescript]` */
function partsOf(path: string, method: string, { requestBody, parameters = [], responses }: Operation) {
  const theirs = `paths['${path}']['${method}']`;
  const json = `['content']['application/json']`;
  const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith('2'))!;
  const isFile = answer.content !== undefined && !('application/json' in answer.content);
  const own = isFile ? `Downloads['${path}']` : `Operations['${method.toUpperCase()} ${path}']`;
  const isJson = (part?: Content) =>
    part?.content !== undefined && Object.keys(part.content).join() === 'application/json';
  return [
    ...(isJson(requestBody)
      ? [['body', `NonNullable<${own}['body']>`, `NonNullable<${theirs}['requestBody']>${json}`]]
      : []),
    ...(parameters.some((one) => one.in === 'query')
      ? [['query', `NonNullable<${own}['query']>`, `NonNullable<${theirs}['parameters']['query']>`]]
      : []),
    ...(isJson(answer) ? [['answer', `${own}['answer']`, `${theirs}['responses'][${status}]${json}`]] : []),
  ];
}

/** Equal without regard to `readonly` and to the names of types. */
const EQUAL = `
type Plain<T> = T extends (infer Item)[] | readonly (infer Item)[]
  ? number extends (T & readonly unknown[])['length'] ? Plain<Item>[] : { -readonly [K in keyof T]: Plain<T[K]> }
  : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
type Equal<A, B> = Same<Plain<A>, Plain<B>>;
type Downloaded = \`GET \${keyof Downloads}\`;
`;

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

/** @returns the parts that differ */
async function differing(parts: readonly (readonly string[])[]): Promise<string[]> {
  const checks = parts.map(
    ([name, own, theirs], i) => `export const check${i}: Equal<${own}, ${theirs}> = true; // ${name}`,
  );
  const head = `import type { Downloads, Operations } from './api.ts';\nimport type { paths } from './generated.js';\n${EQUAL}`;
  writeFileSync(join(tool.folder, 'compare.ts'), `${head}\n${checks.join('\n')}\n`);
  const options = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--allowImportingTsExtensions',
  ];
  const said = await tool.run('tsc', [...options, 'compare.ts']).then(
    () => '',
    ({ message }: Error) => message,
  );
  const first = head.split('\n').length + 1;
  const lines = [...said.matchAll(/^compare\.ts\((\d+),/gm)].map(([, line]) => Number(line) - first);
  if (said !== '' && lines.length === 0) throw new Error(said);
  return lines.map((line) => parts[line]?.[0] ?? said);
}

test('every body, query and answer has the type that openapi-typescript makes', async () => {
  // The client follows events by a function of its own, and metrics are for operators.
  const known = operations.filter(({ path }) => !/\/events$|^\/metrics$/.test(path));
  const names = known.map(({ path, method }) => `'${method.toUpperCase()} ${path}'`);
  const parts = known.flatMap(({ path, method, operation }) =>
    partsOf(path, method, operation).map(([part, ...types]) => [`${method} ${path} ${part}`, ...types]),
  );
  expect(parts.length).toBeGreaterThan(100);
  parts.push(['names of operations', 'keyof Operations | Downloaded', names.join(' | ')]);
  expect(await differing(parts)).toEqual([]);
}, 300_000);

test('a field that is missing, optional or of another type is seen', async () => {
  const pairs = [
    ['equal', '{ readonly a: readonly string[]; b?: 1 | null }', '{ a: string[]; b?: null | 1 }'],
    ['missing', '{ a: 1 }', '{ a: 1; b?: 2 }'],
    ['optional', '{ a: 1 }', '{ a?: 1 }'],
    ['another', "{ a: { b: ('x' | 'y')[] } }", "{ a: { b: 'x'[] } }"],
  ];
  expect(await differing(pairs)).toEqual(['missing', 'optional', 'another']);
}, 300_000);

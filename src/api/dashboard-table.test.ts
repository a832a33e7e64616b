/** The page about the dashboard against the API and the dashboard's sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseConfig } from '../adapters/config/config.ts';
import { endpointsOf } from './app.ts';
import { isOperatorScope } from './middleware/operator.ts';
import type { Services } from './services.ts';

const [withPage, withoutPage] = readFileSync('docs/dashboard.md', 'utf8').split('Without a page so far:');
const rowsOf = (part: string) =>
  [...part.matchAll(/^\| (.+?) \| (`.*`) \|$/gm)].map(([, what, operations]) => ({
    what,
    operations: [...operations.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  }));
const pages = rowsOf(withPage);
const others = rowsOf(withoutPage);

/** Operations of customers: those of operators, of load balancers and what Stripe and SendGrid send are none. */
const customers = endpointsOf({ config: parseConfig({}) } as unknown as Services).filter(
  ({ tag, scope, id }) => tag !== 'Operations' && !isOperatorScope(scope) && !id.startsWith('receive'),
);

test('each operation of a customer stands in one table, once', () => {
  const named = [...pages, ...others].flatMap(({ operations }) => operations).sort();
  expect(named).toEqual(customers.map(({ id }) => id).sort());
});

test('each page exists, and the dashboard names the address of each operation that a page is said to use', () => {
  const read = (folder: string): string =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
      .join('\n');
  const router = readFileSync('web/src/router.tsx', 'utf8');
  const addresses = pages.map(({ what }) => what).filter((what) => what.startsWith('`'));
  expect(addresses.filter((address) => !router.includes(`path: '${address.slice(1, -1)}'`))).toEqual([]);
  const sources = read('web/src') + readFileSync('src/client/client.ts', 'utf8');
  const unused = pages
    .flatMap(({ operations }) => operations)
    .filter((id) => {
      const { path } = customers.find((one) => one.id === id)!;
      const pattern = path.replaceAll('.', '\\.').replace(/:\w+/g, '(?:\\{\\w+\\}|\\$\\{[^}]*\\})');
      return !new RegExp(`${pattern}['"\`?$]`).test(sources);
    });
  expect(unused).toEqual([]);
});

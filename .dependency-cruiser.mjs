// Says which room (folder) may import which: `npm run lint:imports`, part of `npm run check`. docs/decisions/0017 gives the reasons.
// Types count like values: a room that needs another room's types cannot move without it.
// The reader is swc, because dependency-cruiser 17 cannot use TypeScript 7. swc does not distinguish types from values; where that
// matters, lint/*.grit checks the imports.
import { existsSync, readdirSync } from 'node:fs';

/** Services that run job kinds. A technology also has an engine room of the same name. A new one need not be listed here. */
const KINDS = readdirSync('src/services').filter((name) => existsSync(`src/services/${name}/kinds.ts`));
const TECHNOLOGIES = KINDS.filter((name) => existsSync(`src/${name}`));
const ENGINE = [
  'statistics',
  'series',
  'geometry',
  'sun',
  'weather',
  'finance',
  'optimize',
  ...TECHNOLOGIES,
  'documents',
];

/** The floors from the lowest to the highest. A room imports only from its own floor and from lower ones. */
const FLOORS = [
  { name: 'lib', rooms: ['src/lib'] },
  { name: 'contracts', rooms: ['src/contracts'] },
  // The customer's client is published without the platform.
  { name: 'client', rooms: ['src/client'] },
  // The engine computes and does nothing else: no I/O, no clock.
  { name: 'statistics', rooms: ['src/statistics'] },
  { name: 'series, geometry, sun', rooms: ['src/series', 'src/geometry', 'src/sun'] },
  { name: 'weather, finance, optimize', rooms: ['src/weather', 'src/finance', 'src/optimize'] },
  { name: 'technologies', rooms: TECHNOLOGIES.map((name) => `src/${name}`) },
  { name: 'documents', rooms: ['src/documents'] },
  // The outside world.
  { name: 'migrations', rooms: ['migrations'] },
  { name: 'compute, adapters', rooms: ['src/compute', 'src/adapters'] },
  // What the platform does, in the order of SERVICES.
  { name: 'services', rooms: ['src/services'] },
  { name: 'composition', rooms: ['src/composition.ts'] },
  // Who calls it.
  { name: 'api, workflows, activities', rooms: ['src/api', 'workflows', 'activities'] },
  { name: 'temporal', rooms: ['temporal'] },
  { name: 'cli', rooms: ['src/cli'] },
  // What is made to look at all of it.
  { name: 'bench, test', rooms: ['bench', 'test'] },
];

/** Floors inside src/services, from the lowest to the highest. */
const SERVICES = [
  ['audit', 'economics', 'experiments', 'mails', 'weather', 'sites', 'library'],
  ['accounts', 'webhooks', 'idempotency'],
  // A job's end is an event.
  ['jobs'],
  // The outbox starts jobs; retention deletes what all the others wrote, objectives count it.
  ['admin', 'billing', 'departure', 'metering', 'outbox', 'retention', 'slo'],
  // A report is a job about jobs of the technologies.
  KINDS,
  // Collects the kinds of job that the technologies declare.
  ['jobs/registry.ts', 'jobs/technologies.ts'],
];

/** Floors inside src/adapters. */
const ADAPTERS = [
  ['observability', 'version'],
  ['backup', 'billing', 'cache', 'components', 'database', 'mail', 'temporal'],
  ['providers'],
  ['config'],
];

const anyOf = (paths) => `^(${paths.map((path) => path.replace('.', '\\.')).join('|')})(/|$)`;
const TESTS = '\\.test\\.ts$';

/** Returns a rule for each floor but the highest: nothing in it imports from a floor above. */
const upward = (name, comment, floors) =>
  floors.slice(0, -1).map((rooms, level) => ({
    name,
    comment,
    severity: 'error',
    from: { path: anyOf(rooms), pathNot: [TESTS, anyOf(floors.slice(level + 1).flat())] },
    to: { path: anyOf(floors.slice(level + 1).flat()) },
  }));

const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: TESTS, ...from },
  to,
});

export default {
  forbidden: [
    forbid(
      'no-circles',
      'Two files that import each other, by values or types, cannot be read, tested or moved without each other.',
      {},
      { circular: true },
    ),
    ...upward(
      'no-upward-import',
      'A floor does not know the floors above it, so that each can be replaced. A test beside the code may import anything.',
      FLOORS.map(({ rooms }) => rooms),
    ),
    ...upward(
      'no-upward-import-in-services',
      'Services have an order: a service imports only services before it.',
      SERVICES.map((rooms) => rooms.map((room) => `src/services/${room}`)),
    ),
    ...upward(
      'no-upward-import-in-adapters',
      'All adapters may use observability and version; config knows how each of them is connected.',
      ADAPTERS.map((rooms) => rooms.map((room) => `src/adapters/${room}`)),
    ),
    forbid(
      'technologies-apart',
      'Technologies never import each other, on any floor, so that a third one can be added without changes to solar and wind.',
      { path: `(?:^|/)(${TECHNOLOGIES.join('|')})/`, pathNot: [TESTS, '^(src/cli|bench|test)/'] },
      {
        path: `(?:^|/)(?:${TECHNOLOGIES.join('|')})/`,
        // $1 is the technology that imports.
        pathNot: ['(?:^|/)$1/', 'node_modules/'],
      },
    ),
    forbid(
      'contracts-common-first',
      'What all contracts share knows none of them.',
      { path: '^src/contracts/common/' },
      { path: '^src/contracts/(?!common/)' },
    ),
    forbid(
      'optimizers-know-no-domain',
      'An optimizer sees a Problem: numbers, bounds, constraints.',
      { path: '^src/optimize/' },
      { path: '^src/(weather|finance|series)/' },
    ),
    forbid(
      'engine-does-no-io',
      'The engine is computed in threads, tests and, later, on other machines: it opens no file and no connection.',
      { path: `^src/(${ENGINE.join('|')})/` },
      {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|http|https|http2|dns|tls|dgram|child_process|cluster|os|process|worker_threads)(/|$)',
      },
    ),
    forbid(
      'engine-has-no-server-packages',
      'Neither database, web server nor Temporal are part of a computation.',
      {
        path: `^src/(contracts|lib|client|${ENGINE.join('|')}|compute)/`,
      },
      { path: 'node_modules/(typeorm|pg|express|ioredis|winston|@temporalio)/' },
    ),
    forbid(
      'workflows-import-contracts',
      'Workflows are bundled and replayed: beside each other they import plain contracts; of activities their types only (lint/types-only.grit).',
      { path: '^workflows/' },
      { path: '^(src|temporal|migrations|bench|test)/', pathNot: '^src/contracts/' },
    ),
    forbid(
      'no-schemas-in-workflows',
      'zod is large and reads the clock; a workflow gets what was parsed.',
      { path: '^workflows/' },
      { path: ['\\.schema\\.ts$', 'node_modules/zod/'] },
    ),
    forbid(
      'client-imports-contracts',
      'The client ships to customers without a dependency: types of contracts and nothing else (lint/types-only.grit).',
      { path: '^src/client/' },
      {
        path: [
          '^(src/(?!client/|contracts/)|workflows|activities|temporal|migrations)',
          'node_modules/(?!@types/node/)',
        ],
      },
    ),
    forbid(
      'client-is-for-customers',
      "The platform does not call itself through its client; it shares the client's webhook signatures, so that both sides sign alike.",
      {
        path: '^(src|activities|workflows|temporal)/',
        pathNot: [TESTS, '^src/(client|cli)/', '^src/services/webhooks/signature\\.ts$'],
      },
      { path: '^src/client/' },
    ),
    forbid(
      'customers-use-the-client',
      'What a customer can do is done as a customer does it: src/cli/customers calls the API by src/client.',
      { path: '^src/cli/customers/' },
      { path: '^(src|workflows|activities|temporal|migrations|bench)/', pathNot: '^src/(client|cli/customers)/' },
    ),
    forbid(
      'callers-apart',
      'API and activities meet in the services and by workflows, not directly.',
      { path: '^src/api/' },
      { path: '^(workflows|activities)/' },
    ),
    forbid(
      'activities-do-not-know-workflows',
      'A workflow names its activities, never the reverse.',
      { path: '^activities/' },
      { path: '^(workflows|src/api)/' },
    ),
    forbid('nothing-imports-a-test', 'A test is imported by nothing.', { pathNot: '^$' }, { path: TESTS }),
    forbid(
      'resolvable',
      'An import names a file or a package that is installed (types of topojson-specification come from @types).',
      { pathNot: '^$' },
      { couldNotResolve: true, pathNot: '^topojson-specification$' },
    ),
    forbid(
      'every-room-has-a-floor',
      'A new room gets its floor in FLOORS before anything imports it.',
      { pathNot: '^$' },
      {
        path: '^(?!node_modules)[^/]+/',
        pathNot: [anyOf(FLOORS.flatMap(({ rooms }) => rooms)), 'node_modules/'],
        dependencyTypesNot: ['core'],
      },
    ),
    forbid(
      'every-service-and-adapter-has-a-floor',
      'A new service gets its place in SERVICES, a new adapter in ADAPTERS.',
      { pathNot: '^$' },
      {
        path: '^src/(services|adapters)/',
        pathNot: anyOf([
          ...SERVICES.flat().map((room) => `src/services/${room}`),
          ...ADAPTERS.flat().map((room) => `src/adapters/${room}`),
        ]),
      },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The toy's files belong into a copy of the repository, where test/house/toy-technology.test.ts lints them; the programs in
    // test/clients import clients that generators make.
    exclude: { path: '^(dist|test/house/toy|test/clients/[^/]+)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};

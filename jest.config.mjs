// Sources run straight from TypeScript through swc, as ES modules; tests of whole processes use the build in dist/.
export default {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/test/support/transform.mjs' },
  // Servers that tests share end with the run.
  globalSetup: '<rootDir>/test/support/run-start.mjs',
  globalTeardown: '<rootDir>/test/support/run-end.mjs',
  testPathIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Ends what hangs; on a busy machine everything takes longer, and none of it is wrong.
  testTimeout: 900_000,
  // End-to-end tests wait more than they compute.
  maxWorkers: 2,
};

/**
 * Temporal's time-skipping server for tests: the one fetched before, the SDK's own download, or Maven's
 * io.temporal:temporal-test-server (needs Java and Maven).
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/jobs/jobs.ts';
import { describeWith } from './needs.ts';

const ROOT = process.cwd();

/** INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1.IndexedValueType */
const KEYWORD = 2;
const VERSION = '1.31.0';
const LIMITS_S = { sdk: 20, maven: 180 };
const FOLDER = join(ROOT, '.tessellate', `temporal-test-server-${VERSION}`);
const EXECUTABLE = join(FOLDER, 'temporal-test-server');

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tessellate</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

function run(command: string, args: string[], limitS: number, cwd: string): void {
  const { error, status, signal, stdout, stderr } = spawnSync(command, args, {
    cwd,
    timeout: limitS * 1000,
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(
      `${command} ended with ${status ?? signal}: ${(stderr || stdout).trim().split('\n').at(-1)?.slice(0, 300)}`,
    );
}

// In a process of its own, so that a time limit can end the download.
function fromSdk(work: string): void {
  const program = `
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const server = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'cached-download', downloadDir: process.argv[1] } } });
    await server.teardown(); process.exit(0);`;
  run(process.execPath, ['--input-type=module', '--eval', program, work], LIMITS_S.sdk, ROOT);
  const folder = readdirSync(work).find((name) => name.startsWith('temporal-test-server'));
  if (!folder) throw new Error('the SDK left no server behind');
  renameSync(join(work, folder), join(work, 'temporal-test-server'));
}

function fromMaven(work: string): void {
  run('java', ['-version'], LIMITS_S.sdk, work);
  writeFileSync(join(work, 'pom.xml'), POM);
  const copy = ['dependency:copy-dependencies', '-DoutputDirectory=jars', '-DincludeScope=runtime'];
  run('mvn', ['--quiet', '--batch-mode', ...copy], LIMITS_S.maven, work);
  const script = `#!/bin/sh\nexec java -cp "$(dirname "$0")/jars/*" io.temporal.testserver.TestServer "$@"\n`;
  writeFileSync(join(work, 'temporal-test-server'), script);
  chmodSync(join(work, 'temporal-test-server'), 0o755);
}

/** Path of the server, or why there is none. */
function findTestServer(): { readonly path: string } | { readonly missing: string } {
  const failures: string[] = [];
  for (const get of [fromSdk, fromMaven]) {
    if (existsSync(EXECUTABLE)) return { path: EXECUTABLE };
    mkdirSync(join(ROOT, '.tessellate'), { recursive: true });
    const work = mkdtempSync(`${FOLDER}-`);
    try {
      get(work);
      renameSync(work, FOLDER);
    } catch (error) {
      // Another test process may have been first: then its folder is there.
      if (!existsSync(EXECUTABLE)) failures.push(`${get.name}: ${(error as Error).message}`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return existsSync(EXECUTABLE) ? { path: EXECUTABLE } : { missing: failures.join('; ') };
}

const server = findTestServer();

/** `describe` for tests that need time skipping. */
export const describeWithTimeSkipping = describeWith('temporal-test-server', 'path' in server);
if ('missing' in server) console.warn(`No time-skipping Temporal server: ${server.missing}`);

/** Starts the server. The SDK waits 5 s for it, in which a busy machine has not always started Java. */
async function started(path: string, attempts = 6): Promise<TestWorkflowEnvironment> {
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
    });
  } catch (error) {
    if (attempts <= 1 || !String(error).includes('did not start within')) throw error;
    return started(path, attempts - 1);
  }
}

/** A time-skipping server that knows the platform's search attributes; `teardown()` ends it. */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  if ('missing' in server) throw new Error(server.missing);
  const environment = await started(server.path);
  // This server can add search attributes, but not list them.
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(Object.keys(SEARCH_ATTRIBUTES).map((name) => [name, KEYWORD])),
  });
  return environment;
}

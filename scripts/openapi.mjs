// Writes docs/openapi.json, the API's public promise: `npm run openapi`. A change that breaks clients is written only when the newest
// section of CHANGELOG.md announces it. Writes src/client/api.ts too, the types of the client.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/openapi.json';
const TYPES = 'src/client/api.ts';
const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

const [{ endpointsOf }, { openApiDocument }, { parseConfig }, { breakingChanges, unnamed }, { clientTypes }] =
  await Promise.all(
    [
      'src/api/app.js',
      'src/api/openapi.js',
      'src/adapters/config/config.js',
      'test/support/openapi-changes.js',
      'test/support/client-types.js',
    ].map((path) => import(`../dist/${path}`)),
  );
// Routes close over services and call none of them before a request.
const text = `${JSON.stringify(openApiDocument(endpointsOf({ config: parseConfig({}) })), null, 1)}\n`;
if (existsSync(FILE)) {
  const changes = breakingChanges(JSON.parse(readFileSync(FILE, 'utf8')), JSON.parse(text));
  for (const { what } of changes) console.log(what);
  const open = unnamed(changes, readFileSync('CHANGELOG.md', 'utf8'));
  if (open.length > 0) {
    console.error('CHANGELOG.md announces neither in its table nor under "### Removed":');
    for (const { what } of open) console.error(`\`${what}\``);
    process.exit(1);
  }
}
writeFileSync(FILE, text);
console.log(`${FILE}: ${Math.round(text.length / 1024)} KB`);
writeFileSync(TYPES, clientTypes(JSON.parse(text)));
const format = spawnSync('node_modules/.bin/biome', ['format', '--write', TYPES], { stdio: 'inherit' });
process.exitCode = format.status ?? 1;

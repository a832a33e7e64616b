/**
 * Compiles TypeScript by swc, and binds the globals of numeric code at the head of each module. Jest runs modules in a context of
 * node:vm, where each use of a global name calls back into C++: a loop full of `Math` takes ten times as long there.
 */
import { createTransformer } from '@swc/jest';

const GLOBALS = ['Array', 'Float64Array', 'Int32Array', 'Map', 'Math', 'Number', 'Object', 'Set', 'Uint8Array'];
// On the first line, so that the lines of errors stay those of the source.
const HEAD = `const { ${GLOBALS.join(', ')} } = globalThis;`;

const swc = createTransformer({
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'es6' },
});
const withHead = ({ code, ...rest }) => ({ ...rest, code: HEAD + code });

export default {
  ...swc,
  process: (...source) => withHead(swc.process(...source)),
  processAsync: async (...source) => withHead(await swc.processAsync(...source)),
  getCacheKey: (...source) => swc.getCacheKey(...source) + HEAD.length,
};

/** Node runs the generated sources as they are, which needs the extensions of files in imports. */
export default {
  input: 'openapi.json',
  output: { path: 'client', module: { extension: '.ts' } },
  logs: { file: false },
};

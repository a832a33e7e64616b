/** `.env.example` from the schema: every variable with what it means and its default. */
import type { z } from 'zod';
import { ENVIRONMENT, REQUIRED_IN_PRODUCTION } from './schema.ts';

export function envExample(): string {
  const required = new Set<string>(REQUIRED_IN_PRODUCTION);
  const entries = Object.entries(ENVIRONMENT).map(([name, schema]: [string, z.ZodType]) => {
    // A list's default is what its text is read as.
    const fallback = schema.safeParse(undefined).data as unknown;
    const value = Array.isArray(fallback) ? fallback.join(',') : fallback === undefined ? '' : String(fallback);
    const note = required.has(name) ? ' Required in production.' : '';
    return `# ${schema.description ?? ''}${note}\n${value === '' ? `# ${name}=` : `${name}=${value}`}\n`;
  });
  return `# Every setting, with its default; copy to .env and change what you need. Made by \`tessellate config\`.\n# NAME_FILE may hold the path of a file with the value instead (Docker secrets).\n\n${entries.join('\n')}`;
}

/** Makes `.env.example` and docs/settings.md from the schema: every setting with its meaning and default. */
import type { z } from 'zod';
import type { SettingName } from './schema.ts';
import { ENVIRONMENT, OLD_NAMES, REQUIRED_IN_PRODUCTION, SETTING_NAMES } from './schema.ts';

const REQUIRED: ReadonlySet<string> = new Set(REQUIRED_IN_PRODUCTION);

const meaningOf = (name: SettingName): string => {
  const note = REQUIRED.has(name) ? ' Required in production.' : '';
  const old = OLD_NAMES[name] ? ` Its old name ${OLD_NAMES[name]} is accepted too.` : '';
  return `${ENVIRONMENT[name].description ?? ''}${note}${old}`;
};

/** Returns the default as text of the environment; empty if there is none. */
function defaultOf(name: SettingName): string {
  const schema: z.ZodType = ENVIRONMENT[name];
  // The default of a list is what its text is read as.
  const fallback = schema.safeParse(undefined).data as unknown;
  return Array.isArray(fallback) ? fallback.join(',') : String(fallback ?? '');
}

export function envExample(): string {
  const entries = SETTING_NAMES.map((name) => {
    const value = defaultOf(name);
    return `# ${meaningOf(name)}\n${value === '' ? '# ' : ''}${name}=${value}\n`;
  });
  return `# Every setting, with its default; copy to .env and change what you need. Made by \`tessellate config\`.\n# NAME_FILE may hold the path of a file with the value instead (Docker secrets).\n\n${entries.join('\n')}`;
}

export function settingsPage(): string {
  const rows = SETTING_NAMES.map((name) => {
    const value = defaultOf(name);
    return `| \`${name}\` | ${value && `\`${value}\``} | ${meaningOf(name)} |`;
  });
  return `# Settings

Environment variables, as the schema in \`src/adapters/config/schema.ts\` has them. A value that the schema refuses stops
the process, which prints all problems together. \`NAME_FILE\` may hold the path of a file with the value (Docker
secrets). \`tessellate config --page\` makes this page, \`tessellate config\` makes [.env.example](../.env.example).

| setting | default | meaning |
|---|---|---|
${rows.join('\n')}
`;
}

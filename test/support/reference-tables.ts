/** Tables of papers in docs/models, from the engine's references. */
import { FINANCE_REFERENCES } from '../../src/finance/references.ts';
import type { References } from '../../src/lib/references.ts';
import { OPTIMIZER_REFERENCES } from '../../src/optimize/references.ts';
import { SOLAR_REFERENCES } from '../../src/solar/references.ts';
import { WIND_REFERENCES } from '../../src/wind/references.ts';

/** By the engine's rooms. */
export const ALL_REFERENCES: Readonly<Record<string, References>> = {
  solar: SOLAR_REFERENCES,
  wind: WIND_REFERENCES,
  optimize: OPTIMIZER_REFERENCES,
  finance: FINANCE_REFERENCES,
};

function referenceTable(references: References, choices: readonly string[]): string {
  const rows = choices.flatMap((choice) => {
    const names = references[choice];
    if (!names) throw new Error(`no references for ${choice}`);
    return Object.entries(names).map(
      ([name, source]) =>
        `| ${choice} | \`${name}\` | ${'noPaper' in source ? `none: ${source.noPaper}` : source.join('<br>')} |`,
    );
  });
  return ['| choice | name | source |', '|---|---|---|', ...rows].join('\n');
}

/** A document in which the text between `<!-- references: ROOM CHOICE ... -->` and `<!-- /references -->` is written again. */
export const withReferenceTables = (text: string): string =>
  text.replace(
    /<!-- references: (\w+)([^>]*?) -->\n[\s\S]*?<!-- \/references -->/g,
    (_, room: string, named: string) => {
      const references = ALL_REFERENCES[room];
      if (!references) throw new Error(`no references of ${room}`);
      const choices = named.trim().split(/\s+/).filter(Boolean);
      const table = referenceTable(references, choices.length > 0 ? choices : Object.keys(references));
      return `<!-- references: ${room}${named} -->\n${table}\n<!-- /references -->`;
    },
  );

/** Words that readers stumbled over stay out of names, comments, messages and documents; plain-english.json has the better ones. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

interface Rule {
  /** `names`: declared names. `prose`: comments, messages and documents. `notes`: how a comment or description begins. */
  readonly in: 'names' | 'prose' | 'notes';
  /** Regular expression of whole words. */
  readonly word: string;
  readonly instead: string;
  /** Files that may use it, by the beginning of their path. */
  readonly except?: string;
}

const RULES: readonly Rule[] = JSON.parse(readFileSync('src/lib/plain-english.json', 'utf8'));
const isTest = (file: string): boolean => file.endsWith('.test.ts');
const FILES = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.md'], { encoding: 'utf8' })
  .split('\n')
  // Migrations and recorded changes keep the words of their time; of tests only the titles are read.
  .filter(
    (file) =>
      /\.(ts|mjs|md)$/.test(file) &&
      (isTest(file) || !/^migrations\/|^CHANGELOG|^test\/|^src\/services\/reports\/text\/de/.test(file)),
  );
const STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/;
const TOKENS = new RegExp(`(?<comment>${COMMENT.source})|(?<string>${STRING.source})`, 'g');

/** The call that gives a test or a group of tests its title, up to the title; tables of `each` end with `])` or `)`. */
const TITLE = new RegExp(
  `(?<=(?:\\b(?:describe|test\\w*|it)(?:\\.\\w+)*|^\\s*\\]|\\beach\\(\\w+\\))\\(\\s*)(?:${STRING.source})`,
  'gm',
);

const blank = (part: string): string => part.replace(/[^\n]/g, ' ');

/** The file's prose (comments and strings with a space, or a document without its code) and its code, the rest blanked in each. */
function splitText(file: string, text: string): { readonly prose: string; readonly names: string } {
  if (file.endsWith('.md'))
    return { prose: text.replace(/^```[\s\S]*?^```|^ {4}.*$|`[^`\n]*`|\]\([^)]*\)/gm, blank), names: '' };
  if (isTest(file)) {
    let prose = '';
    let end = 0;
    for (const { 0: title, index } of text.matchAll(TITLE)) {
      prose += blank(text.slice(end, index)) + title;
      end = index + title.length;
    }
    return { prose, names: '' };
  }
  let prose = '';
  let names = '';
  let at = 0;
  for (const { 0: token, index, groups } of text.matchAll(TOKENS)) {
    const between = text.slice(at, index);
    const isProse = groups?.comment !== undefined || / [a-z]/.test(token);
    prose += blank(between) + (isProse ? token.replace(groups?.comment ? /`[^`\n]*`/g : /$^/, blank) : blank(token));
    names += between + blank(token);
    at = index + token.length;
  }
  return { prose: prose + blank(text.slice(at)), names: names + text.slice(at) };
}

const patternOf = ({ in: place, word }: Rule): RegExp => {
  if (place === 'names')
    return new RegExp(
      `\\b(?:const|let|function|async|class|type|interface|readonly) +#?(?:${word})\\b|[([{,] *(?:${word})(?=\\??: )`,
      'gm',
    );
  if (place === 'notes') return new RegExp(`(?:/\\*\\* |// |describe\\(\\s*['"\`])${word}`, 'gm');
  return new RegExp(`\\b(?:${word})\\b`, 'gim');
};

const SOURCES = FILES.filter((file) => existsSync(file)).map((file) => {
  const source = readFileSync(file, 'utf8');
  return { file, source, notes: file.endsWith('.md') || isTest(file) ? '' : source, ...splitText(file, source) };
});

test.each(RULES.map((rule) => [rule.word, rule.instead, rule] as const))('%s: better %s', (_word, instead, rule) => {
  const pattern = patternOf(rule);
  const uses = SOURCES.filter(({ file }) => !(rule.except && file.startsWith(rule.except))).flatMap((one) =>
    [...one[rule.in].matchAll(pattern)].map(({ index }) => {
      const line = one.source.slice(0, index).split('\n').length;
      return `${one.file}:${line}: ${one.source.slice(index, index + 60).split('\n')[0]} (better: ${instead})`;
    }),
  );
  expect(uses).toEqual([]);
});

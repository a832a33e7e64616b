/** Reads uploaded XML: without document types, and within bounds. */
import { DOMParser, type Element } from '@xmldom/xmldom';

/** Tags of a document, and levels of nesting */
const MAX_TAGS = 200_000;
const MAX_DEPTH = 64;

/** What is no tag, whatever stands in it, by its beginning and end */
const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Yields the tags of a text. The time grows as the text does, and not faster. */
function* tagsOf(text: string): Generator<string> {
  for (let from = text.indexOf('<'); from >= 0; from = text.indexOf('<', from)) {
    const skipped = SKIPPED.find(([begin]) => text.startsWith(begin, from));
    const end = skipped ? text.indexOf(skipped[1], from + skipped[0].length) : endOfTag(text, from);
    if (end < 0) return; // the parser refuses it
    if (!skipped) yield text.slice(from, end + 1);
    from = end + 1;
  }
}

/** Returns the place of the `>` that ends a tag, of which values in quotes may have more; -1 if there is none. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let i = from + 1; i < text.length; i++) {
    const char = text[i];
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i;
  }
  return -1;
}

/**
 * Returns the outermost element of a document. Entities other than those of XML itself are unknown, because a document type,
 * which could declare them, is refused.
 * @param refuse makes the error, which is thrown with the reason
 */
export function parseXml(text: string, refuse: (reason: string) => Error): Element {
  if (/<!DOCTYPE/i.test(text)) throw refuse('the file has a document type (DOCTYPE); expected XML without one');
  let depth = 0;
  let tags = 0;
  for (const tag of tagsOf(text)) {
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>')) depth++;
    tags++;
    if (tags > MAX_TAGS || depth > MAX_DEPTH)
      throw refuse(`the file has more than ${MAX_TAGS} tags or ${MAX_DEPTH} levels; expected fewer`);
  }
  let problem: string | null = null;
  try {
    const parser = new DOMParser({
      onError(_level, message, context) {
        const line = (context as { locator?: { lineNumber?: number } }).locator?.lineNumber;
        problem ??= `${line ? `line ${line}: ` : ''}${message}`;
        throw new Error(message);
      },
    });
    const root = parser.parseFromString(text.replace(/^\uFEFF/, '').trim(), 'text/xml').documentElement;
    if (root) return root;
  } catch (error) {
    problem ??= (error as Error).message;
  }
  throw refuse(`the file is not well-formed XML: ${(problem ?? 'it is empty').slice(0, 300)}`);
}

/** Returns the elements of a name inside of another, at any depth, in the order of the document. */
export const elementsOf = (parent: Element, name: string): Element[] => [...parent.getElementsByTagName(name)];

/** Returns the line of an element, for messages. */
export const lineOf = (element: Element): number => element.lineNumber ?? 0;

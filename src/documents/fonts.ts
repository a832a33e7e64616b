/** The font of documents: Noto Sans (SIL Open Font License), for Latin, Greek and Cyrillic names. */
import { createRequire } from 'node:module';
import { newDocument, type OpenFont } from './pdfkit.ts';

const resolve = createRequire(import.meta.url).resolve;
const fontFile = (weight: string): string => resolve(`@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`);

export const REGULAR = 'regular';
export const BOLD = 'bold';

let ruler: PDFKit.PDFDocument | undefined;
function measuring(): PDFKit.PDFDocument {
  if (ruler === undefined) {
    // No cached font file, because the same file would be opened again at every change to it; no cache of words, because this
    // document lives as long as the process.
    ruler = newDocument({ autoFirstPage: false, fontLayoutCache: false });
    ruler.registerFont(REGULAR, fontFile('400Regular'));
    ruler.registerFont(BOLD, fontFile('600SemiBold'));
  }
  return ruler;
}

const opened = (name: string): OpenFont => measuring().font(name)._font.font;

/**
 * Registers the fonts, which all documents of a process share: tables of a font are decoded when first used, which
 * costs more than a page.
 */
export function registerFonts(pdf: PDFKit.PDFDocument): void {
  for (const name of [REGULAR, BOLD]) pdf.registerFont(name, opened(name));
}

/** Returns the width of a line of text [pt]. */
export function textWidth(text: string, size: number, bold = false): number {
  return measuring()
    .font(bold ? BOLD : REGULAR)
    .fontSize(size)
    .widthOfString(text);
}

/** Returns drawable text whose units stay whole: a line may end behind any other slash. */
export const flowing = (text: string): string =>
  drawable(text).replace(
    /(?<=\b(?:[kMG]?Wh?|[A-Z]{3}|m|kg|h|mm))\/(?=(?:a|s|h|K|mi|m|kW|kWp|MWh)\b|m[\u00b2\u00b3])/g,
    '/\u2060',
  );

const checked = new Map<number, boolean>();

/** Returns the text with `?` for each character that the font lacks: otherwise a Chinese name would become empty boxes. */
export function drawable(text: string): string {
  let out = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    let known = codePoint >= 0x20 && codePoint < 0x7f;
    if (!known) {
      known = checked.get(codePoint) ?? opened(REGULAR).hasGlyphForCodePoint(codePoint);
      checked.set(codePoint, known);
    }
    out += known ? character : '?';
  }
  return out;
}

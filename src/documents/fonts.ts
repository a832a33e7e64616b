/** The font of documents: Noto Sans (SIL Open Font License), for Latin, Greek and Cyrillic names. */
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const resolve = createRequire(import.meta.url).resolve;
const fontFile = (weight: string): string => resolve(`@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`);

export const REGULAR = 'regular';
export const BOLD = 'bold';

export function registerFonts(pdf: PDFKit.PDFDocument): void {
  pdf.registerFont(REGULAR, fontFile('400Regular'));
  pdf.registerFont(BOLD, fontFile('600SemiBold'));
}

interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

let ruler: PDFKit.PDFDocument | undefined;
function measuring(): PDFKit.PDFDocument {
  if (ruler === undefined) {
    // Without a font of its own: the standard one would be loaded for nothing.
    ruler = new PDFDocument({ autoFirstPage: false, font: fontFile('400Regular') });
    registerFonts(ruler);
  }
  return ruler;
}

/** Width of a line of text [pt]. */
export function textWidth(text: string, size: number, bold = false): number {
  return measuring()
    .font(bold ? BOLD : REGULAR)
    .fontSize(size)
    .widthOfString(text);
}

const checked = new Map<number, boolean>();

/** The text with `?` for each character that the font lacks: a name in Chinese is not to become empty boxes. */
export function drawable(text: string): string {
  let out = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    let known = codePoint >= 0x20 && codePoint < 0x7f;
    if (!known) {
      known =
        checked.get(codePoint) ??
        (measuring().font(REGULAR) as unknown as { _font: { font: Glyphs } })._font.font.hasGlyphForCodePoint(
          codePoint,
        );
      checked.set(codePoint, known);
    }
    out += known ? character : '?';
  }
  return out;
}

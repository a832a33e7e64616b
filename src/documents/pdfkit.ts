/**
 * PDFKit with what its types do not know: `@types/pdfkit` is older than the package, and some of what PDF/UA needs stands in
 * parts of PDFKit that are not documented.
 */
import PDFDocument from 'pdfkit';

declare global {
  namespace PDFKit {
    interface PDFDocument {
      endMetadata(): void;
      /** Read by fonts, which write CIDSets where it is set */
      subset?: number;
      readonly _fontFamilies: Readonly<Record<string, { embed(): void }>>;
      /** The font that was chosen last, as fontkit opened it */
      readonly _font: { readonly font: OpenFont };
    }
    interface PDFOutline {
      /** @param options with the place of the destination on the page, from above [pt] */
      addItem(title: string, options: { readonly top: number; readonly fit: false }): PDFOutline;
    }
    namespace Mixins {
      interface AnnotationOption {
        structParent?: PDFStructureElement;
      }
      interface PDFFont {
        registerFont(name: string, font: OpenFont): this;
      }
      interface StructureElementOptions {
        /** Left, top, right and bottom of a figure [pt] */
        bbox?: readonly number[];
        placement?: 'Block';
      }
    }
  }
}

/** A font that fontkit opened. */
export interface OpenFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** Options of a document that has no standard font, which would not be embedded. */
export type DocumentOptions = Omit<PDFKit.PDFDocumentOptions, 'font' | 'subset'> & { readonly subset?: 'PDF/UA' };

export function newDocument(options: DocumentOptions): PDFKit.PDFDocument {
  const known: object = { ...options, font: null };
  return new PDFDocument(known);
}

/** Returns the text of an annotation: PDFKit writes an object as text and a plain string as a name. */
export const annotationText = (text: string): string => Object(text);

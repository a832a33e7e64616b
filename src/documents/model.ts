/**
 * The content of a document in its order, without any information on how it is drawn. It has plain values only, because
 * it is sent between threads.
 */
import type { Scene } from './scene.ts';

export interface DocumentModel {
  readonly id: string;
  /** The only instant in the files: the time of their creation [ms since epoch] */
  readonly createdAtMs: number;
  /** BCP 47 */
  readonly language: string;
  readonly paper: 'A4' | 'LETTER';
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly logoPng: Uint8Array | null;
  /** A cover page with a table of contents, or a heading on the first page. */
  readonly cover: 'page' | 'band';
  /** Name and value, on the cover. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly labels: Labels;
  readonly sections: readonly Section[];
}

/** Words that the renderers add. `{...}` are replaced. */
export interface Labels {
  readonly contents: string;
  /** `{page}` and `{pages}` */
  readonly page: string;
  /** `{number}` and `{caption}` */
  readonly figure: string;
  readonly table: string;
  readonly logo: string;
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[]; readonly numbered?: boolean }
  | { readonly type: 'key_figures'; readonly items: readonly KeyFigure[] }
  | Table
  | Figure
  /** Figures side by side. */
  | { readonly type: 'figures'; readonly figures: readonly Figure[] };

export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
}

export interface Table {
  readonly type: 'table';
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align?: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
  /** Indices of rows set in bold: totals. */
  readonly strong?: readonly number[];
  /** Whether to use smaller type, for wide or long tables. */
  readonly dense?: boolean;
  /** Whether rows are a name and a value; on paper, long lists of them have two columns. */
  readonly pairs?: boolean;
}

export interface Figure {
  readonly type: 'figure';
  readonly caption: string;
  /** Text for readers who cannot see the figure. */
  readonly alt: string;
  readonly scene: Scene;
}

/** Width of a scene that fills the text's width [pt]; half for two side by side. */
export const FULL_WIDTH = 480;
export const HALF_WIDTH = 232;

/** A sheet of the workbook and a file of the data pack. */
export interface DataSheet {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly values: ArrayLike<number | string | null> }[];
  /** Rows that the workbook shows; the data pack has all rows. */
  readonly workbookRows?: number;
  /** Columns of instants [ms since epoch], written by ISO 8601 */
  readonly instants?: readonly string[];
}

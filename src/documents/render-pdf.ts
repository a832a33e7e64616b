/** A document as PDF: tagged, with bookmarks, contents, page numbers and embedded fonts. The same model gives the same bytes. */
import { BOLD, drawable, flowing, REGULAR, registerFonts } from './fonts.ts';
import type { Block, DocumentModel, Figure, KeyFigure, Section, Table } from './model.ts';
import { FULL_WIDTH } from './model.ts';
import { drawScene } from './scene-pdf.ts';
import { PALETTE } from './scene.ts';
import { annotationText, newDocument } from './pdfkit.ts';

const TOP = 70;
const BOTTOM = 62;
const SIZE = { title: 25, band: 17, h1: 15, h2: 11, text: 9.5, table: 8.5, dense: 7, small: 7.5 };
const LINE_GAP = 2.2;
/** A section begins on a new page if less than this height is left on the page [pt]. */
const ROOM_FOR_SECTION = 130;
/** The smallest scale of a figure that is reduced to fit on the page. */
const SHRINK = 0.87;
/** Tables higher than this are split between pages [pt]. */
const MAX_BLOCK_HEIGHT_PT = 500;
/** Rows of a table that stay together at its end, and at the beginning of one that is split. */
const LAST_ROWS = 4;
/** A table that would leave more than this blank below the text before it is split [pt] */
const MAX_BLANK_PT = 280;
const CELL = { x: 5, y: 2.6 };
const GAP = 16;

type Element = PDFKit.PDFStructureElement;

export interface RenderedPdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** A table with the positions of its cells. */
interface TableLaid {
  readonly table: Table;
  readonly size: number;
  readonly pad: { readonly x: number; readonly y: number };
  readonly header: readonly string[];
  readonly rows: readonly string[][];
  readonly widths: readonly number[];
  readonly headerHeight: number;
  readonly rowHeights: readonly number[];
  /** Total height, the height that a page must have left before the table begins, and that of its first rows [pt] */
  readonly whole: number;
  readonly least: number;
  readonly begin: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const isTable = ({ type }: Block): boolean => type === 'table';
const isFloat = ({ type }: Block): boolean => type === 'table' || type === 'figure' || type === 'figures';

/**
 * Returns the indices of the blocks that may come next: the first block, and the first block of the other kind after
 * it. This keeps the numbers of figures and tables in order.
 */
function candidates(blocks: readonly Block[]): number[] {
  if (!isFloat(blocks[0])) return [0];
  const end = blocks.findIndex((block) => !isFloat(block));
  const other = blocks.findIndex((block) => isTable(block) !== isTable(blocks[0]));
  return other > 0 && (end < 0 || other < end) ? [0, other] : [0];
}

/** Lays many pairs out in two columns, to be read downwards first. */
function beside(table: Table): Table {
  const { pairs, rows, columns } = table;
  if (!pairs || rows.length < 6) return table;
  const half = Math.ceil(rows.length / 2);
  return {
    ...table,
    columns: [...columns, ...columns],
    rows: Array.from({ length: half }, (_, r) => [...rows[r], ...(rows[half + r] ?? ['', ''])]),
  };
}

/** Renders a document as a tagged PDF (PDF/UA-1). The same document gives the same bytes. */
export function renderPdf(model: DocumentModel): Promise<RenderedPdf> {
  return new PdfWriter(model).write();
}

class PdfWriter {
  readonly #model: DocumentModel;
  readonly #pdf: PDFKit.PDFDocument;
  readonly #root: Element;
  readonly #left: number;
  readonly #width = FULL_WIDTH;
  readonly #contents: { title: string; page: number; number: number }[] = [];
  #parent: Element;
  #y = TOP;
  #figures = 0;
  /** Position of the table of contents on the cover. */
  #contentsY = 0;
  #tables = 0;
  #isAtTop = true;
  readonly #laid = new Map<Table, TableLaid>();

  constructor(model: DocumentModel) {
    this.#model = model;
    const created = new Date(model.createdAtMs);
    const title = drawable(model.title);
    this.#pdf = newDocument({
      size: model.paper,
      margins: { top: TOP, bottom: 0, left: 0, right: 0 },
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      tagged: true,
      lang: model.language,
      displayTitle: true,
      subset: 'PDF/UA',
      info: {
        Title: title,
        Subject: drawable(model.subtitle),
        Author: drawable(model.author),
        Creator: 'Tessellate Renewables',
        Producer: 'PDFKit',
        CreationDate: created,
        ModDate: created,
        Keywords: model.id,
      },
    });
    escapeMetadata(this.#pdf);
    registerFonts(this.#pdf);
    this.#root = this.#pdf.struct('Document');
    this.#pdf.addStructure(this.#root);
    this.#parent = this.#root;
    this.#newPage();
    this.#left = (this.#pdf.page.width - this.#width) / 2;
  }

  async write(): Promise<RenderedPdf> {
    const chunks: Uint8Array[] = [];
    const pdf = this.#pdf;
    const ended = new Promise<void>((resolve, reject) => {
      pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      pdf.on('end', resolve);
      pdf.on('error', reject);
    });
    const contents = this.#model.cover === 'page' ? this.#coverPage() : this.#coverBand();
    for (const [number, section] of this.#model.sections.entries()) {
      const part = pdf.struct('Sect', { title: drawable(section.title) });
      this.#root.add(part);
      this.#parent = part;
      this.#sectionTitle(section, number + 1);
      const blocks = [...section.blocks];
      while (blocks.length > 0) {
        const [block] = blocks.splice(this.#nextOf(blocks), 1);
        this.#block(block, blocks[0]);
      }
      part.end();
    }
    this.#parent = this.#root;
    if (contents) this.#fillContents(contents);
    const { count: pages } = pdf.bufferedPageRange();
    for (let page = 0; page < pages; page++) this.#headerAndFooter(page, pages);
    this.#root.end();
    omitCidSets(pdf);
    pdf.end();
    await ended;
    return { bytes: Buffer.concat(chunks), pages };
  }

  get #bottom(): number {
    return this.#pdf.page.height - BOTTOM;
  }

  #newPage(): void {
    this.#pdf.addPage();
    // Readers go from link to link in the order of the structure.
    Object.assign(this.#pdf.page.dictionary.data, { Tabs: 'S' });
    this.#y = TOP;
    this.#isAtTop = true;
  }

  /** Starts a new page unless this height is left. */
  #need(height: number): void {
    if (this.#y + height > this.#bottom && !this.#isAtTop) this.#newPage();
  }

  #font(size: number, bold = false, color: string = PALETTE.text): PDFKit.PDFDocument {
    return this.#pdf
      .font(bold ? BOLD : REGULAR)
      .fontSize(size)
      .fillColor(color);
  }

  #artifact(draw: () => void, type?: 'Pagination' | 'Layout'): void {
    this.#pdf.markContent('Artifact', type ? { type } : undefined);
    draw();
    this.#pdf.endMarkedContent();
  }

  #rule(x: number, y: number, width: number, color: string, lineWidth = 0.6): void {
    this.#artifact(() => {
      this.#pdf
        .undash()
        .lineWidth(lineWidth)
        .strokeColor(color)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke();
    }, 'Layout');
  }

  #height(text: string, width: number, lineGap = LINE_GAP): number {
    return this.#pdf.heightOfString(text, { width, lineGap });
  }

  /** Adds a leaf of the structure and draws its text. */
  #tagged(type: string, draw: () => void, parent = this.#parent, options = {}): void {
    parent.add(this.#pdf.struct(type, options, [draw]));
  }

  // Cover -----------------------------------------------------------------------------------------------------------

  #coverPage(): Element {
    const { title, subtitle, facts, labels, logoPng } = this.#model;
    const pdf = this.#pdf;
    this.#artifact(() => pdf.rect(0, 0, pdf.page.width, 10).fill(PALETTE.primary), 'Layout');
    this.#logo(this.#left, 52, 150, 54);
    this.#y = logoPng ? 190 : 130;
    this.#font(SIZE.title, true, PALETTE.primary);
    const drawnTitle = drawable(title);
    this.#tagged('P', () => pdf.text(drawnTitle, this.#left, this.#y, { width: this.#width, lineGap: 2 }));
    this.#y += this.#height(drawnTitle, this.#width, 2) + 6;
    this.#font(13, false, PALETTE.muted);
    const drawnSubtitle = drawable(subtitle);
    this.#tagged('P', () => pdf.text(drawnSubtitle, this.#left, this.#y, { width: this.#width }));
    this.#y += this.#height(drawnSubtitle, this.#width) + 26;
    this.#facts(facts, 150);
    this.#y += 26;
    this.#font(SIZE.h2, true, PALETTE.primary);
    this.#tagged('P', () => pdf.text(labels.contents, this.#left, this.#y));
    this.#y += 20;
    const contents = pdf.struct('TOC');
    this.#root.add(contents);
    this.#isAtTop = false;
    return contents;
  }

  #coverBand(): undefined {
    const { title, subtitle, facts, logoPng } = this.#model;
    const pdf = this.#pdf;
    this.#y = 44;
    const width = logoPng ? this.#width - 130 : this.#width;
    if (logoPng) this.#logo(this.#left + this.#width - 110, 40, 110, 40);
    const drawnTitle = drawable(title);
    this.#font(SIZE.band, true, PALETTE.primary);
    this.#tagged('P', () => pdf.text(drawnTitle, this.#left, this.#y, { width }));
    this.#y += this.#height(drawnTitle, width) + 1;
    this.#font(SIZE.text, false, PALETTE.muted);
    const drawnSubtitle = drawable(subtitle);
    this.#tagged('P', () => pdf.text(drawnSubtitle, this.#left, this.#y, { width }));
    this.#y += this.#height(drawnSubtitle, width) + 8;
    this.#facts(facts, 120);
    this.#y += 10;
    this.#isAtTop = false;
  }

  #logo(x: number, y: number, width: number, height: number): void {
    const { logoPng, labels } = this.#model;
    if (!logoPng) return;
    const options = { fit: [width, height] as [number, number] };
    this.#tagged('Figure', () => this.#pdf.image(Buffer.from(logoPng), x, y, options), this.#parent, {
      alt: labels.logo,
      bbox: [x, y, x + width, y + height],
    });
  }

  #facts(facts: DocumentModel['facts'], nameWidth: number): void {
    const pdf = this.#pdf;
    const list = pdf.struct('L');
    this.#parent.add(list);
    for (const [name, value] of facts) {
      const drawnValue = drawable(value);
      this.#font(SIZE.text);
      const height = this.#height(drawnValue, this.#width - nameWidth);
      const item = pdf.struct('LI');
      list.add(item);
      const y = this.#y;
      this.#font(SIZE.text, false, PALETTE.muted);
      this.#tagged('Lbl', () => pdf.text(name, this.#left, y, { width: nameWidth - 8 }), item);
      this.#font(SIZE.text);
      const options = { width: this.#width - nameWidth, lineGap: LINE_GAP };
      this.#tagged('LBody', () => pdf.text(drawnValue, this.#left + nameWidth, y, options), item);
      item.end();
      this.#y += height + 4;
    }
    list.end();
  }

  #fillContents(contents: Element): void {
    const pdf = this.#pdf;
    pdf.switchToPage(0);
    let y = this.#contentsY;
    for (const { title, page, number } of this.#contents) {
      const drawn = `${number}  ${drawable(title)}`;
      const pageText = String(page + 1);
      const line = y;
      const item = pdf.struct('TOCI');
      contents.add(item);
      const link = pdf.struct('Link');
      item.add(link);
      link.add(() => {
        this.#font(SIZE.text);
        pdf.text(drawn, this.#left, line, { lineBreak: false });
        pdf.text(pageText, this.#left, line, { width: this.#width, align: 'right' });
        pdf.goTo(this.#left, line, this.#width, 13, `section-${number}`, {
          structParent: link,
          Contents: annotationText(drawn),
        });
      });
      link.end();
      item.end();
      this.#rule(this.#left, line + 14.5, this.#width, PALETTE.faint);
      y += 18.5;
    }
    contents.end();
  }

  // Sections --------------------------------------------------------------------------------------------------------

  #sectionTitle({ title, blocks }: Section, number: number): void {
    const pdf = this.#pdf;
    // A title stays with what follows it, up to the first figures or table.
    const floats = blocks.findIndex((block) => isFloat(block) || block.type === 'key_figures');
    const texts = floats < 0 ? blocks.slice(0, 2) : blocks.slice(0, floats);
    const lead = texts.reduce((sum, block) => sum + this.#leastHeight(block), this.#isAtTop ? 40 : 62);
    const first =
      floats < 0
        ? 0
        : Math.min(...candidates(blocks.slice(floats)).map((k) => this.#leastHeight(blocks[floats + k], k > 0, lead)));
    if (number === 1) {
      this.#contentsY = this.#y;
      if (this.#model.cover === 'page') this.#newPage();
    } else if (this.#bottom - this.#y < Math.max(ROOM_FOR_SECTION, lead + first)) this.#newPage();
    else if (!this.#isAtTop) this.#y += 14;
    const text = `${number}  ${drawable(title)}`;
    this.#font(SIZE.h1, true, PALETTE.primary);
    const y = this.#y;
    this.#tagged('H1', () => pdf.text(text, this.#left, y, { width: this.#width }));
    pdf.addNamedDestination(`section-${number}`, 'XYZ', 0, y - 10, null);
    pdf.outline.addItem(text, { top: y - 10, fit: false });
    this.#contents.push({ title, page: pdf.bufferedPageRange().count - 1, number });
    this.#y += this.#height(text, this.#width) + 2;
    this.#rule(this.#left, this.#y, this.#width, PALETTE.primary, 0.8);
    this.#y += 8;
    this.#isAtTop = false;
  }

  #block(block: Block, next: Block | undefined): void {
    switch (block.type) {
      case 'heading':
        // A heading stays with what follows it.
        this.#need(26 + (next ? this.#leastHeight(next) : 0));
        this.#y += this.#isAtTop ? 0 : 6;
        this.#text('H2', block.text, SIZE.h2, { bold: true, after: 4 });
        return;
      case 'paragraph':
        this.#text('P', block.text, SIZE.text, { after: 7 });
        return;
      case 'note':
        this.#text('P', block.text, SIZE.small, { color: PALETTE.muted, after: 7 });
        return;
      case 'list':
        this.#list(block.items, block.numbered ?? false);
        return;
      case 'key_figures':
        this.#keyFigures(block.items);
        return;
      case 'table':
        this.#table(block);
        return;
      case 'figure':
        this.#figureRow([block]);
        return;
      case 'figures':
        this.#figureRow(block.figures);
    }
  }

  /**
   * Chooses the next block. If a figure does not fit on the page, a table that fits goes before it, and the other way
   * round.
   */
  #nextOf(blocks: readonly Block[]): number {
    const room = this.#isAtTop ? Number.POSITIVE_INFINITY : this.#bottom - this.#y;
    return candidates(blocks).find((k) => this.#leastHeight(blocks[k], k > 0) <= room) ?? 0;
  }

  /**
   * Returns the minimum height of a block on a page.
   * @param isWhole without splitting a long table
   * @param above height of what comes before the block on the page
   */
  #leastHeight(block: Block, isWhole = false, above = 0): number {
    switch (block.type) {
      case 'figure':
        return this.#figuresLaid([block]).least;
      case 'figures':
        return this.#figuresLaid(block.figures).least;
      case 'table': {
        const laid = this.#tableLaid(block);
        return isWhole && laid.whole < MAX_BLOCK_HEIGHT_PT ? laid.whole : this.#leastOfTable(laid, above);
      }
      case 'key_figures':
        return 56 * Math.ceil(block.items.length / 4);
      case 'paragraph':
        this.#font(SIZE.text);
        return this.#height(drawable(block.text), this.#width) + 7;
      default:
        return 30;
    }
  }

  #text(
    type: string,
    text: string,
    size: number,
    { bold = false, color = PALETTE.text as string, after = 0, x = 0 } = {},
    parent = this.#parent,
  ): void {
    const drawn = flowing(text);
    this.#font(size, bold, color);
    const width = this.#width - x;
    const height = this.#height(drawn, width);
    this.#need(height);
    this.#font(size, bold, color);
    const y = this.#y;
    this.#tagged(type, () => this.#pdf.text(drawn, this.#left + x, y, { width, lineGap: LINE_GAP }), parent);
    this.#y += height + after;
    this.#isAtTop = false;
  }

  #list(items: readonly string[], isNumbered: boolean): void {
    const pdf = this.#pdf;
    const list = pdf.struct('L');
    this.#parent.add(list);
    const indent = isNumbered ? 20 : 11;
    for (const [i, text] of items.entries()) {
      const drawn = flowing(text);
      const size = isNumbered ? SIZE.table : SIZE.text;
      this.#font(size);
      const height = this.#height(drawn, this.#width - indent, 1.4);
      this.#need(height);
      const y = this.#y;
      const item = pdf.struct('LI');
      list.add(item);
      this.#font(size, false, PALETTE.muted);
      this.#tagged(
        'Lbl',
        () => pdf.text(isNumbered ? `[${i + 1}]` : '\u2022', this.#left, y, { lineBreak: false }),
        item,
      );
      this.#font(size);
      const options = { width: this.#width - indent, lineGap: 1.4 };
      this.#tagged('LBody', () => pdf.text(drawn, this.#left + indent, y, options), item);
      item.end();
      this.#y += height + 3;
      this.#isAtTop = false;
    }
    list.end();
    this.#y += 5;
  }

  #keyFigures(items: readonly KeyFigure[]): void {
    const pdf = this.#pdf;
    const columns = Math.min(4, items.length);
    const gap = 8;
    const width = (this.#width - gap * (columns - 1)) / columns;
    const height = 48;
    for (let from = 0; from < items.length; from += columns) {
      this.#need(height);
      items.slice(from, from + columns).forEach(({ label, value, unit }, k) => {
        const x = this.#left + k * (width + gap);
        const y = this.#y;
        this.#artifact(() => {
          pdf.rect(x, y, width, height).fill('#f3f6f9');
          pdf.rect(x, y, 2.2, height).fill(PALETTE.primary);
        }, 'Layout');
        this.#tagged('P', () => {
          let labelSize = SIZE.small;
          while (labelSize > 6 && this.#font(labelSize).widthOfString(drawable(label)) > width - 13) labelSize -= 0.25;
          this.#font(labelSize, false, PALETTE.muted);
          pdf.text(drawable(label), x + 9, y + 6, { width: width - 12, height: 11, ellipsis: true });
          const big = drawable(value);
          let size = 15;
          const unitText = unit ? ` ${drawable(unit)}` : '';
          const widths = (): number =>
            this.#font(size, true).widthOfString(big) + this.#font(8).widthOfString(unitText);
          while (size > 9 && widths() > width - 14) size -= 0.5;
          const base = y + 36;
          this.#font(size, true, PALETTE.primary);
          const valueWidth = pdf.widthOfString(big);
          pdf.text(big, x + 9, base, { lineBreak: false, baseline: 'alphabetic' });
          if (unit) {
            this.#font(8, false, PALETTE.text);
            pdf.text(unitText, x + 9 + valueWidth, base, { lineBreak: false, baseline: 'alphabetic' });
          }
        });
      });
      this.#y += height + gap;
      this.#isAtTop = false;
    }
    this.#y += 4;
  }

  // Figures ---------------------------------------------------------------------------------------------------------

  #figuresLaid(figures: readonly Figure[]) {
    const width = (this.#width - GAP * (figures.length - 1)) / figures.length;
    const height = Math.max(...figures.map(({ scene }) => (scene.height * width) / Math.max(scene.width, width)));
    const captions = figures.map(({ caption }, k) =>
      this.#model.labels.figure
        .replace('{number}', String(this.#figures + k + 1))
        .replace('{caption}', drawable(caption)),
    );
    this.#font(SIZE.small);
    const captionHeight = Math.max(...captions.map((caption) => this.#height(caption, width, 1)));
    return { width, height, captions, captionHeight, least: SHRINK * height + captionHeight + 4 };
  }

  #figureRow(figures: readonly Figure[]): void {
    const pdf = this.#pdf;
    const { width, captions, captionHeight, least, ...laid } = this.#figuresLaid(figures);
    this.#figures += figures.length;
    this.#need(least);
    const y = this.#y;
    const shrink = Math.min(1, (this.#bottom - y - captionHeight - 4) / laid.height);
    const height = shrink * laid.height;
    figures.forEach(({ scene, alt }, k) => {
      const x = this.#left + k * (width + GAP);
      const scale = shrink * Math.min(1, width / scene.width);
      const left = x + (width - scene.width * scale) / 2;
      const element = pdf.struct('Figure', {
        alt: drawable(alt),
        bbox: [left, y, left + scene.width * scale, y + scene.height * scale],
        placement: 'Block',
      });
      this.#parent.add(element);
      element.add(() => drawScene(pdf, scene, left, y, scale));
      element.end();
      this.#font(SIZE.small, false, PALETTE.muted);
      const options = { width, lineGap: 1 };
      this.#tagged('Caption', () => pdf.text(captions[k], x, y + height + 4, options));
    });
    this.#y += height + captionHeight + 14;
    this.#isAtTop = false;
  }

  // Tables ----------------------------------------------------------------------------------------------------------

  #tableLaid(given: Table): TableLaid {
    const known = this.#laid.get(given);
    if (known) return known;
    const table = beside(given);
    const size = table.dense ? SIZE.dense : SIZE.table;
    const pad = table.dense ? { x: 3.2, y: 1.7 } : CELL;
    const header = table.columns.map(({ title }) => drawable(title));
    const rows = table.rows.map((row) => row.map(drawable));
    const widths = this.#columnWidths(table, header, rows, size, pad.x);
    const heightOf = (cells: readonly string[], bold: boolean): number => {
      this.#font(size, bold);
      const counts = cells.map((cell, k) => this.#lines(cell, widths[k] - 2 * pad.x).length);
      return Math.max(...counts) * this.#pdf.currentLineHeight(true) + 2 * pad.y;
    };
    const headerHeight = heightOf(header, true);
    const rowHeights = rows.map((row, r) => heightOf(row, table.strong?.includes(r) ?? false));
    const height = (count: number): number => sumOf(rowHeights.slice(0, count)) + headerHeight + 14;
    const whole = height(rows.length);
    // A short table is not split; a long one begins with at least a few rows. Lists of pairs may be split.
    const begin = height(LAST_ROWS);
    const least = whole < (table.pairs ? 200 : 300) ? whole : begin;
    const laid = { table, size, pad, header, rows, widths, headerHeight, rowHeights, whole, least, begin };
    this.#laid.set(given, laid);
    return laid;
  }

  /** Returns the height that the page must have left for a table, below what is above it. */
  #leastOfTable({ rows, least, begin }: TableLaid, above: number): number {
    const room = this.#bottom - this.#y;
    const isSplit = above + least > room && room > MAX_BLANK_PT && rows.length >= 2 * LAST_ROWS;
    return isSplit ? Math.min(least, begin) : least;
  }

  #table(given: Table): void {
    const pdf = this.#pdf;
    const laid = this.#tableLaid(given);
    const { table, size, pad, header, rows, widths, headerHeight, rowHeights } = laid;
    const isStrong = (row: number): boolean => table.strong?.includes(row) ?? false;
    const aligned = (k: number) => table.columns[k].align ?? 'left';
    const caption = this.#model.labels.table
      .replace('{number}', String(++this.#tables))
      .replace('{caption}', drawable(table.caption));
    this.#need(this.#leastOfTable(laid, 0));

    const element = pdf.struct('Table');
    this.#parent.add(element);
    this.#font(SIZE.small, false, PALETTE.muted);
    const captionY = this.#y;
    this.#tagged('Caption', () => pdf.text(caption, this.#left, captionY, { width: this.#width }), element);
    this.#y += this.#height(caption, this.#width, 0) + 3;
    this.#isAtTop = false;

    const drawRow = (
      cells: readonly string[],
      height: number,
      kind: 'TH' | 'TD',
      bold: boolean,
      isRepeated = false,
    ) => {
      const y = this.#y;
      const drawCells = (parent?: Element): void => {
        let x = this.#left;
        cells.forEach((cell, k) => {
          const cellX = x + pad.x;
          const width = widths[k] - 2 * pad.x;
          const draw = (): void => {
            this.#font(size, bold);
            const lines = cell === '' ? [] : this.#lines(cell, width);
            for (const [l, line] of lines.entries()) {
              const indent = aligned(k) === 'right' ? width - pdf.widthOfString(line) : 0;
              pdf.text(line, cellX + indent, y + pad.y + l * pdf.currentLineHeight(true), { lineBreak: false });
            }
          };
          // The first cell of a row names it, or of each pair in it.
          const isRowName = kind === 'TD' && (k === 0 || (k === 2 && table.pairs)) && aligned(k) === 'left';
          const scope = kind === 'TH' ? { scope: 'Column' } : isRowName ? { scope: 'Row' } : {};
          if (parent) this.#tagged(isRowName ? 'TH' : kind, draw, parent, scope);
          else draw();
          x += widths[k];
        });
      };
      if (kind === 'TH')
        this.#artifact(() => pdf.rect(this.#left, y, this.#width, height).fill(PALETTE.faint), 'Layout');
      if (isRepeated) this.#artifact(() => drawCells(), 'Layout');
      else {
        const row = pdf.struct('TR');
        element.add(row);
        drawCells(row);
        row.end();
      }
      this.#y += height;
      const isHead = kind === 'TH';
      this.#rule(this.#left, this.#y, this.#width, isHead ? PALETTE.primary : PALETTE.rule, isHead ? 0.8 : 0.35);
    };
    drawRow(header, headerHeight, 'TH', true);
    const restOf = (r: number): number => sumOf(rowHeights.slice(r));
    rows.forEach((row, r) => {
      // The last rows move to the next page together: a single row on a page looks lost.
      const isNearEnd = rows.length - r === LAST_ROWS && rows.length >= 2 * LAST_ROWS;
      if (this.#y + (isNearEnd ? restOf(r) : rowHeights[r]) > this.#bottom) {
        this.#newPage();
        drawRow(header, headerHeight, 'TH', true, true);
      }
      this.#isAtTop = false;
      drawRow(row, rowHeights[r], 'TD', isStrong(r));
    });
    element.end();
    this.#y += 12;
  }

  /**
   * Returns the lines of a cell in the current font. Lines break only at spaces, so `[kWh/m²]` stays whole, except for
   * a word that is too long.
   */
  #lines(text: string, width: number): string[] {
    const lines: string[] = [];
    const fits = (line: string): boolean => this.#pdf.widthOfString(line) <= width;
    for (const word of text.split(' ')) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
      if (fits(longer)) lines.splice(-1, 1, longer);
      else if (fits(word)) lines.push(word);
      else
        for (let rest = word; rest; ) {
          let cut = rest.length;
          while (cut > 1 && !fits(rest.slice(0, cut))) cut--;
          lines.push(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
    }
    return lines;
  }

  /**
   * Makes columns as wide as their text needs. Columns of words get the width that is left, or lose the width that is
   * missing.
   */
  #columnWidths(
    table: Table,
    header: readonly string[],
    rows: readonly string[][],
    size: number,
    pad: number,
  ): number[] {
    const natural = header.map((title, k) => {
      this.#font(size, true);
      // A heading takes two lines at most, where there is room.
      const longest = Math.max(...title.split(' ').map((word) => this.#pdf.widthOfString(word)));
      const titleWidth = Math.max(longest, 0.62 * this.#pdf.widthOfString(title));
      const isRowStrong = (r: number) => table.strong?.includes(r) ?? false;
      const cells = rows.map((row, r) => this.#font(size, isRowStrong(r)).widthOfString(row[k] ?? ''));
      return Math.max(titleWidth, ...cells) + 2 * pad + 0.5;
    });
    const least = header.map((title, k) => {
      const words = [title, ...rows.map((row) => row[k] ?? '')].flatMap((text) => text.split(' '));
      this.#font(size, true);
      return Math.min(natural[k], Math.max(...words.map((word) => this.#pdf.widthOfString(word)), 30) + 2 * pad + 0.5);
    });
    const spare = this.#width - sumOf(natural);
    if (spare >= 0) {
      const takers = header.map((_, k) => (table.columns[k].align === 'right' ? 1 : 1.6));
      return natural.map((width, k) => width + (spare * takers[k]) / sumOf(takers));
    }
    // The widest columns shrink, down to one width and to their longest words.
    let [narrow, wide] = [0, this.#width];
    const capped = (cap: number): number[] => natural.map((width, k) => Math.min(width, Math.max(least[k], cap)));
    for (let step = 0; step < 12; step++) {
      const cap = (narrow + wide) / 2;
      if (sumOf(capped(cap)) > this.#width) wide = cap;
      else narrow = cap;
    }
    const squeezed = capped(narrow);
    const scale = Math.min(1, this.#width / sumOf(squeezed));
    return squeezed.map((width) => width * scale);
  }

  // Running header and footer ---------------------------------------------------------------------------------------

  #headerAndFooter(page: number, pages: number): void {
    const pdf = this.#pdf;
    pdf.switchToPage(page);
    const { title, cover, id, labels } = this.#model;
    const footY = pdf.page.height - 40;
    this.#artifact(() => {
      const hasHeader = page > 0;
      if (hasHeader) {
        this.#font(SIZE.small, false, PALETTE.muted);
        const shown = fitted(pdf, drawable(title), this.#width - 150);
        pdf.text(shown, this.#left, 38, { lineBreak: false });
        pdf.text('Tessellate Renewables', this.#left, 38, { width: this.#width, align: 'right' });
        pdf.undash().lineWidth(0.5).strokeColor(PALETTE.rule);
        pdf
          .moveTo(this.#left, 51)
          .lineTo(this.#left + this.#width, 51)
          .stroke();
      }
      if (page === 0 && cover === 'page') return;
      this.#font(SIZE.small, false, PALETTE.muted);
      const number = labels.page.replace('{page}', String(page + 1)).replace('{pages}', String(pages));
      pdf.text(id, this.#left, footY, { lineBreak: false });
      pdf.text(number, this.#left, footY, { width: this.#width, align: 'right' });
    }, 'Pagination');
  }
}

/** Returns the text, cut with an ellipsis where it is too wide. */
function fitted(pdf: PDFKit.PDFDocument, text: string, width: number): string {
  if (pdf.widthOfString(text) <= width) return text;
  let cut = text;
  while (cut.length > 1 && pdf.widthOfString(`${cut}\u2026`) > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}\u2026`;
}

/** PDFKit writes the title into its XML metadata without escaping; a `&` would make them invalid. */
function escapeMetadata(pdf: PDFKit.PDFDocument): void {
  const end = pdf.endMetadata.bind(pdf);
  pdf.endMetadata = () => {
    for (const [name, value] of Object.entries(pdf.info))
      if (typeof value === 'string')
        Object.assign(pdf.info, {
          [name]: value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
        });
    end();
  };
}

/**
 * PDFKit's CIDSets do not contain the parts of composed letters such as `ä`, and PDF/UA requires complete sets or none.
 * Fonts write a set if the document has a `subset`.
 */
function omitCidSets(pdf: PDFKit.PDFDocument): void {
  for (const font of new Set(Object.values(pdf._fontFamilies))) {
    const embed = font.embed.bind(font);
    font.embed = () => {
      const { subset } = pdf;
      pdf.subset = undefined;
      embed();
      pdf.subset = subset;
    };
  }
}

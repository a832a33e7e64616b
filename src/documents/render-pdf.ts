/** A document as PDF: tagged, with bookmarks, contents, page numbers and embedded fonts. The same model gives the same bytes. */
import PDFDocument from 'pdfkit';
import { BOLD, drawable, REGULAR, registerFonts } from './fonts.ts';
import type { Block, DocumentModel, Figure, KeyFigure, Section, Table } from './model.ts';
import { FULL_WIDTH } from './model.ts';
import { drawScene } from './scene-pdf.ts';
import { INK } from './scene.ts';

const TOP = 70;
const BOTTOM = 62;
const SIZE = { title: 25, band: 17, h1: 15, h2: 11, text: 9.5, table: 8.5, dense: 7, small: 7.5 };
const LINE_GAP = 2.2;
/** A section begins on a new page when less than this is left of the page [pt]. */
const ROOM_FOR_SECTION = 130;
/** Rows of a table that stay together at its end. */
const LAST_ROWS = 4;
const CELL = { x: 5, y: 2.6 };
const GAP = 16;

type Element = PDFKit.PDFStructureElement;

export interface RenderedPdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

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
  /** Where the contents begin on the cover. */
  #contentsY = 0;
  #tables = 0;
  #isAtTop = true;

  constructor(model: DocumentModel) {
    this.#model = model;
    const created = new Date(model.createdAtMs);
    const title = drawable(model.title);
    this.#pdf = new PDFDocument({
      size: model.paper,
      margins: { top: TOP, bottom: 0, left: 0, right: 0 },
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      tagged: true,
      lang: model.language,
      displayTitle: true,
      subset: 'PDF/UA' as never, // the types do not know it yet
      font: null as never,
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
      for (const [i, block] of section.blocks.entries()) this.#block(block, section.blocks[i + 1]);
      part.end();
    }
    this.#parent = this.#root;
    if (contents) this.#fillContents(contents);
    const { count: pages } = pdf.bufferedPageRange();
    for (let page = 0; page < pages; page++) this.#headerAndFooter(page, pages);
    this.#root.end();
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
    (this.#pdf.page.dictionary as unknown as { data: { Tabs: string } }).data.Tabs = 'S';
    this.#y = TOP;
    this.#isAtTop = true;
  }

  /** A new page unless so much room is left. */
  #need(height: number): void {
    if (this.#y + height > this.#bottom && !this.#isAtTop) this.#newPage();
  }

  #font(size: number, bold = false, color: string = INK.text): PDFKit.PDFDocument {
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
    const { title, subtitle, facts, labels } = this.#model;
    const pdf = this.#pdf;
    this.#artifact(() => pdf.rect(0, 0, pdf.page.width, 10).fill(INK.primary), 'Layout');
    this.#logo(this.#left, 52, 150, 54);
    this.#y = 190;
    this.#font(SIZE.title, true, INK.primary);
    const drawnTitle = drawable(title);
    this.#tagged('P', () => pdf.text(drawnTitle, this.#left, this.#y, { width: this.#width, lineGap: 2 }));
    this.#y += this.#height(drawnTitle, this.#width, 2) + 6;
    this.#font(13, false, INK.muted);
    const drawnSubtitle = drawable(subtitle);
    this.#tagged('P', () => pdf.text(drawnSubtitle, this.#left, this.#y, { width: this.#width }));
    this.#y += this.#height(drawnSubtitle, this.#width) + 26;
    this.#facts(facts, 150);
    this.#y += 26;
    this.#font(SIZE.h2, true, INK.primary);
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
    this.#font(SIZE.band, true, INK.primary);
    this.#tagged('P', () => pdf.text(drawnTitle, this.#left, this.#y, { width }));
    this.#y += this.#height(drawnTitle, width) + 1;
    this.#font(SIZE.text, false, INK.muted);
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
      this.#font(SIZE.text, false, INK.muted);
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
          Contents: new String(drawn),
        } as never);
      });
      link.end();
      item.end();
      this.#rule(this.#left, line + 14.5, this.#width, INK.faint);
      y += 18.5;
    }
    contents.end();
  }

  // Sections --------------------------------------------------------------------------------------------------------

  #sectionTitle({ title, blocks }: Section, number: number): void {
    const pdf = this.#pdf;
    // A title stays with what follows it, up to the first figure or table.
    const lead = blocks.slice(0, 2).reduce((sum, block) => sum + this.#leastHeight(block), 40);
    if (number === 1) {
      this.#contentsY = this.#y;
      if (this.#model.cover === 'page') this.#newPage();
    } else if (this.#bottom - this.#y < Math.max(ROOM_FOR_SECTION, lead)) this.#newPage();
    else if (!this.#isAtTop) this.#y += 14;
    const text = `${number}  ${drawable(title)}`;
    this.#font(SIZE.h1, true, INK.primary);
    const y = this.#y;
    this.#tagged('H1', () => pdf.text(text, this.#left, y, { width: this.#width }));
    pdf.addNamedDestination(`section-${number}`, 'XYZ', 0, y - 10, null as never);
    pdf.outline.addItem(text, { top: y - 10, fit: false } as never);
    this.#contents.push({ title, page: pdf.bufferedPageRange().count - 1, number });
    this.#y += this.#height(text, this.#width) + 2;
    this.#rule(this.#left, this.#y, this.#width, INK.primary, 0.8);
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
        this.#text('P', block.text, SIZE.small, { color: INK.muted, after: 7 });
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

  /** What a block takes at least before a page may end. */
  #leastHeight(block: Block): number {
    switch (block.type) {
      case 'figure':
        return block.scene.height + 26;
      case 'figures':
        return Math.max(...block.figures.map(({ scene }) => scene.height)) + 36;
      case 'table':
        return Math.min(block.rows.length, 8) * 16 + 50;
      case 'key_figures':
        return 60 * Math.ceil(block.items.length / 4);
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
    { bold = false, color = INK.text as string, after = 0, x = 0 } = {},
    parent = this.#parent,
  ): void {
    const drawn = drawable(text);
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
      const drawn = drawable(text);
      const size = isNumbered ? SIZE.table : SIZE.text;
      this.#font(size);
      const height = this.#height(drawn, this.#width - indent, 1.4);
      this.#need(height);
      const y = this.#y;
      const item = pdf.struct('LI');
      list.add(item);
      this.#font(size, false, INK.muted);
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
          pdf.rect(x, y, 2.2, height).fill(INK.primary);
        }, 'Layout');
        this.#tagged('P', () => {
          this.#font(SIZE.small, false, INK.muted);
          pdf.text(drawable(label), x + 9, y + 6, { width: width - 12, height: 11, ellipsis: true });
          const big = drawable(value);
          let size = 15;
          const unitText = unit ? ` ${drawable(unit)}` : '';
          const widths = (): number =>
            this.#font(size, true).widthOfString(big) + this.#font(8).widthOfString(unitText);
          while (size > 9 && widths() > width - 14) size -= 0.5;
          const base = y + 36;
          this.#font(size, true, INK.primary);
          const valueWidth = pdf.widthOfString(big);
          pdf.text(big, x + 9, base, { lineBreak: false, baseline: 'alphabetic' });
          if (unit) {
            this.#font(8, false, INK.text);
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

  #figureRow(figures: readonly Figure[]): void {
    const pdf = this.#pdf;
    const gap = GAP;
    const width = (this.#width - gap * (figures.length - 1)) / figures.length;
    const height = Math.max(...figures.map(({ scene }) => (scene.height * width) / Math.max(scene.width, width)));
    const captions = figures.map(({ caption }) =>
      this.#model.labels.figure.replace('{number}', String(++this.#figures)).replace('{caption}', drawable(caption)),
    );
    this.#font(SIZE.small);
    const captionHeight = Math.max(...captions.map((caption) => this.#height(caption, width, 1)));
    this.#need(height + captionHeight + 4);
    const y = this.#y;
    figures.forEach(({ scene, alt }, k) => {
      const x = this.#left + k * (width + gap);
      const scale = Math.min(1, width / scene.width);
      const element = pdf.struct('Figure', {
        alt: drawable(alt),
        bbox: [x, y, x + scene.width * scale, y + scene.height * scale],
        placement: 'Block',
      } as never);
      this.#parent.add(element);
      element.add(() => drawScene(pdf, scene, x + (width - scene.width * scale) / 2, y, scale));
      element.end();
      this.#font(SIZE.small, false, INK.muted);
      const options = { width, lineGap: 1 };
      this.#tagged('Caption', () => pdf.text(captions[k], x, y + height + 4, options));
    });
    this.#y += height + captionHeight + 14;
    this.#isAtTop = false;
  }

  // Tables ----------------------------------------------------------------------------------------------------------

  #table(table: Table): void {
    const pdf = this.#pdf;
    const size = table.dense ? SIZE.dense : SIZE.table;
    const pad = table.dense ? { x: 3.2, y: 1.7 } : CELL;
    const header = table.columns.map(({ title }) => drawable(title));
    const rows = table.rows.map((row) => row.map(drawable));
    const isStrong = (row: number): boolean => table.strong?.includes(row) ?? false;
    const widths = this.#columnWidths(table, header, rows, size, pad.x);
    const aligned = (k: number) => table.columns[k].align ?? 'left';
    const heightOf = (cells: readonly string[], bold: boolean): number => {
      this.#font(size, bold);
      const heights = cells.map((cell, k) => {
        const width = widths[k] - 2 * pad.x;
        return cell === '' ? 0 : this.#height(this.#wrapped(cell, width), width, 0);
      });
      return Math.max(...heights, size) + 2 * pad.y;
    };
    const caption = this.#model.labels.table
      .replace('{number}', String(++this.#tables))
      .replace('{caption}', drawable(table.caption));
    const headerHeight = heightOf(header, true);
    const rowHeights = rows.map((row, r) => heightOf(row, isStrong(r)));
    const whole = rowHeights.reduce((sum, height) => sum + height, headerHeight + 18);
    // A short table is not torn apart; a long one begins with a few rows at least.
    this.#need(whole < 300 ? whole : headerHeight + 18 + rowHeights.slice(0, 4).reduce((sum, h) => sum + h, 0));

    const element = pdf.struct('Table');
    this.#parent.add(element);
    this.#font(SIZE.small, false, INK.muted);
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
          const inner = { width: widths[k] - 2 * pad.x, align: aligned(k) } as const;
          const draw = (): void => {
            this.#font(size, bold);
            if (cell !== '') pdf.text(this.#wrapped(cell, inner.width), cellX, y + pad.y, inner);
          };
          // The first cell of a row names it.
          const isRowName = kind === 'TD' && k === 0 && aligned(0) === 'left';
          const scope = kind === 'TH' ? { scope: 'Column' } : isRowName ? { scope: 'Row' } : {};
          if (parent) this.#tagged(isRowName ? 'TH' : kind, draw, parent, scope);
          else draw();
          x += widths[k];
        });
      };
      if (kind === 'TH') this.#artifact(() => pdf.rect(this.#left, y, this.#width, height).fill(INK.faint), 'Layout');
      if (isRepeated) this.#artifact(() => drawCells(), 'Layout');
      else {
        const row = pdf.struct('TR');
        element.add(row);
        drawCells(row);
        row.end();
      }
      this.#y += height;
      const isHead = kind === 'TH';
      this.#rule(this.#left, this.#y, this.#width, isHead ? INK.primary : INK.rule, isHead ? 0.8 : 0.35);
    };
    drawRow(header, headerHeight, 'TH', true);
    const restOf = (r: number): number => rowHeights.slice(r).reduce((sum, height) => sum + height, 0);
    rows.forEach((row, r) => {
      // The last rows go over together: one alone on a page looks lost.
      const isNearEnd = rows.length - r === LAST_ROWS && rows.length > 2 * LAST_ROWS;
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

  /** Lines end at spaces alone, in the font that is set: `[kWh/m²]` stays whole. */
  #wrapped(text: string, width: number): string {
    if (!text.includes(' ')) return text;
    const lines: string[] = [];
    for (const word of text.split(' ')) {
      const last = lines.at(-1);
      const longer = last === undefined ? word : `${last} ${word}`;
      if (last !== undefined && this.#pdf.widthOfString(longer) > width) lines.push(word);
      else lines.splice(-1, 1, longer);
    }
    return lines.join('\n');
  }

  /** Columns as wide as their text asks for; what is left goes to the columns of words, what lacks comes from them. */
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
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const spare = this.#width - sum(natural);
    if (spare >= 0) {
      const takers = header.map((_, k) => (table.columns[k].align === 'right' ? 1 : 1.6));
      return natural.map((width, k) => width + (spare * takers[k]) / sum(takers));
    }
    const slack = natural.map((width, k) => width - least[k]);
    const share = Math.min(1, -spare / Math.max(sum(slack), 1e-9));
    const squeezed = natural.map((width, k) => width - share * slack[k]);
    const scale = Math.min(1, this.#width / sum(squeezed));
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
        this.#font(SIZE.small, false, INK.muted);
        const shown = fitted(pdf, drawable(title), this.#width - 150);
        pdf.text(shown, this.#left, 38, { lineBreak: false });
        pdf.text('Tessellate Renewables', this.#left, 38, { width: this.#width, align: 'right' });
        pdf.undash().lineWidth(0.5).strokeColor(INK.rule);
        pdf
          .moveTo(this.#left, 51)
          .lineTo(this.#left + this.#width, 51)
          .stroke();
      }
      if (page === 0 && cover === 'page') return;
      this.#font(SIZE.small, false, INK.muted);
      const number = labels.page.replace('{page}', String(page + 1)).replace('{pages}', String(pages));
      pdf.text(id, this.#left, footY, { lineBreak: false });
      pdf.text(number, this.#left, footY, { width: this.#width, align: 'right' });
    }, 'Pagination');
  }
}

/** The text, cut with an ellipsis where it is too wide. */
function fitted(pdf: PDFKit.PDFDocument, text: string, width: number): string {
  if (pdf.widthOfString(text) <= width) return text;
  let cut = text;
  while (cut.length > 1 && pdf.widthOfString(`${cut}\u2026`) > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}\u2026`;
}

/** PDFKit writes the title into its XML metadata as it is; a `&` in it would break them. */
function escapeMetadata(pdf: PDFKit.PDFDocument): void {
  const inner = pdf as unknown as { info: Record<string, unknown>; endMetadata(): void };
  const end = inner.endMetadata.bind(inner);
  inner.endMetadata = () => {
    for (const [name, value] of Object.entries(inner.info))
      if (typeof value === 'string')
        inner.info[name] = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    end();
  };
}

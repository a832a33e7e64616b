/** A scene on a page of a PDF, by its vector operators. */
import { BOLD, drawable, REGULAR } from './fonts.ts';
import { geographyMarks } from './geography.ts';
import type { Mark, Scene, Style } from './scene.ts';
import { PALETTE } from './scene.ts';

function paint(pdf: PDFKit.PDFDocument, { fill, stroke, opacity }: Style, rule?: 'even-odd'): void {
  if (opacity !== undefined) pdf.opacity(opacity);
  if (stroke) {
    pdf.lineWidth(stroke.width).strokeColor(stroke.color);
    if (stroke.dash) pdf.dash(stroke.dash[0], { space: stroke.dash[1] ?? stroke.dash[0] });
    else pdf.undash();
  }
  if (fill && stroke) pdf.fillAndStroke(fill, stroke.color, rule);
  else if (fill) pdf.fill(fill, rule);
  else if (stroke) pdf.stroke();
  if (opacity !== undefined) pdf.opacity(1);
}

function draw(pdf: PDFKit.PDFDocument, mark: Mark): void {
  switch (mark.kind) {
    case 'path':
      if (mark.d === '') return;
      pdf.path(mark.d);
      paint(pdf, mark, mark.evenOdd ? 'even-odd' : undefined);
      return;
    case 'rect':
      pdf.rect(mark.x, mark.y, mark.width, mark.height);
      paint(pdf, mark);
      return;
    case 'circle':
      pdf.circle(mark.x, mark.y, mark.radius);
      paint(pdf, mark);
      return;
    case 'text': {
      const { x, y, size, anchor = 'start', bold, color = PALETTE.text, turned, halo } = mark;
      const text = drawable(mark.text);
      pdf.font(bold ? BOLD : REGULAR).fontSize(size);
      const width = pdf.widthOfString(text);
      const left = x - (anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width);
      const options = { lineBreak: false, baseline: 'alphabetic' } as const;
      pdf.save();
      if (turned) pdf.rotate(turned, { origin: [x, y] });
      if (halo)
        pdf
          .lineJoin('round')
          .lineWidth(2.5)
          .undash()
          .strokeColor(PALETTE.paper)
          .text(text, left, y, { ...options, stroke: true, fill: false });
      pdf.fillColor(color).text(text, left, y, options);
      pdf.restore();
      return;
    }
    case 'clip':
      pdf.save();
      pdf.rect(mark.x, mark.y, mark.width, mark.height).clip();
      for (const inner of mark.marks) draw(pdf, inner);
      pdf.restore();
      return;
    case 'region':
    case 'globe':
      for (const inner of geographyMarks(mark)) draw(pdf, inner);
  }
}

/**
 * Draws a scene on the page.
 * @param scale 1 draws a point of the scene as a point of the page
 */
export function drawScene(pdf: PDFKit.PDFDocument, scene: Scene, x: number, y: number, scale: number): void {
  pdf.save();
  pdf.translate(x, y);
  if (scale !== 1) pdf.scale(scale);
  for (const mark of scene.marks) draw(pdf, mark);
  pdf.restore();
}

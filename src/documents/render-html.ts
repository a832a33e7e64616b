/**
 * Renders a document as one HTML file with inline drawings. It has no scripts and loads nothing; its content security
 * policy forbids everything except its own style sheet.
 */
import { createHash } from 'node:crypto';
import type { Block, DocumentModel, Figure, Table } from './model.ts';
import { HALF_WIDTH } from './model.ts';
import { escapeXml, sceneSvg } from './scene-svg.ts';
import { PALETTE } from './scene.ts';

const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 54rem; color: ${PALETTE.text}; background: #fff;
  font: 1rem/1.5 "Noto Sans", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
header { border-top: 6px solid ${PALETTE.primary}; padding-top: 1.5rem; }
header img { max-height: 4rem; max-width: 14rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: .5rem 0 0; color: ${PALETTE.primary}; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; color: ${PALETTE.primary}; border-bottom: 2px solid ${PALETTE.primary}; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
.subtitle { margin: .25rem 0 1.25rem; color: ${PALETTE.muted}; font-size: 1.15rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; margin: 0 0 1.5rem; }
dl.facts dt { color: ${PALETTE.muted}; }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
nav ol { columns: 2; padding-left: 1.4rem; }
a { color: ${PALETTE.primary}; }
.note { color: ${PALETTE.muted}; font-size: .85rem; }
dl.key { display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr)); gap: .6rem; margin: 1rem 0; }
dl.key div { background: #f3f6f9; border-left: 3px solid ${PALETTE.primary}; padding: .5rem .75rem; }
dl.key dt { font-size: .78rem; color: ${PALETTE.muted}; }
dl.key dd { margin: 0; font-size: 1.3rem; font-weight: 600; color: ${PALETTE.primary}; font-variant-numeric: tabular-nums; }
dl.key small { font-size: .75rem; font-weight: 400; color: ${PALETTE.text}; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
table.dense { font-size: .78rem; }
caption { text-align: left; font-size: .85rem; color: ${PALETTE.muted}; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid ${PALETTE.rule}; overflow-wrap: break-word; }
td:nth-child(2):last-child { overflow-wrap: anywhere; }
thead th { background: ${PALETTE.faint}; border-bottom: 2px solid ${PALETTE.primary}; vertical-align: bottom; overflow-wrap: normal; }
tbody th { font-weight: 400; }
tr.strong th, tr.strong td { font-weight: 600; }
.number { text-align: right; overflow-wrap: normal; white-space: nowrap; }
thead th.number { white-space: normal; }
figure { margin: 1.25rem 0; }
figure svg { display: block; overflow: visible; width: 100%; height: auto; max-width: 46rem; font-family: "Noto Sans", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
figcaption { font-size: .85rem; color: ${PALETTE.muted}; margin-top: .4rem; }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.5rem; align-items: end; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid ${PALETTE.rule}; color: ${PALETTE.muted}; font-size: .8rem; }
@media screen and (max-width: 36rem) { figure.wide { overflow-x: auto; } figure.wide svg { min-width: 34rem; } }
@page { margin: 18mm 16mm; }
@media print { body { padding: 0; max-width: none; font-size: 9.5pt; } nav { display: none; } .scroll { overflow: visible; }
  figure, tr, dl.key div { break-inside: avoid; } h2, h3, caption { break-after: avoid; } thead { display: table-header-group; } }
`;

/** The content security policy of the file; the server that delivers it sends the same. */
export const HTML_POLICY = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Renders a document as one HTML file that loads nothing and runs no script. */
export function renderHtml(model: DocumentModel): string {
  let figures = 0;
  let tables = 0;
  const { labels } = model;

  const table = ({ caption, columns, rows, strong = [], dense }: Table): string => {
    const name = labels.table.replace('{number}', String(++tables)).replace('{caption}', caption);
    const isNumber = (k: number): boolean => columns[k].align === 'right';
    const cells = (row: readonly string[]): string =>
      row
        .map((cell, k) =>
          k === 0 && !isNumber(0)
            ? `<th scope="row">${escapeXml(cell)}</th>`
            : `<td${isNumber(k) ? ' class="number"' : ''}>${escapeXml(cell)}</td>`,
        )
        .join('');
    return [
      '<div class="scroll">',
      `<table${dense ? ' class="dense"' : ''}><caption>${escapeXml(name)}</caption>`,
      `<thead><tr>${columns.map(({ title }, k) => `<th scope="col"${isNumber(k) ? ' class="number"' : ''}>${escapeXml(title)}</th>`).join('')}</tr></thead>`,
      `<tbody>${rows.map((row, r) => `<tr${strong.includes(r) ? ' class="strong"' : ''}>${cells(row)}</tr>`).join('\n')}</tbody>`,
      '</table></div>',
    ].join('\n');
  };
  const figure = ({ caption, alt, scene }: Figure): string => {
    const number = ++figures;
    const name = labels.figure.replace('{number}', String(number)).replace('{caption}', caption);
    return `<figure${scene.width > HALF_WIDTH ? ' class="wide"' : ''}>${sceneSvg(scene, alt, `figure-${number}`)}<figcaption>${escapeXml(name)}</figcaption></figure>`;
  };
  const block = (one: Block): string => {
    switch (one.type) {
      case 'heading':
        return `<h3>${escapeXml(one.text)}</h3>`;
      case 'paragraph':
        return `<p>${escapeXml(one.text)}</p>`;
      case 'note':
        return `<p class="note">${escapeXml(one.text)}</p>`;
      case 'list': {
        const tag = one.numbered ? 'ol' : 'ul';
        return `<${tag}>${one.items.map((item) => `<li>${escapeXml(item)}</li>`).join('\n')}</${tag}>`;
      }
      case 'key_figures':
        return `<dl class="key">${one.items
          .map(
            ({ label, value, unit }) =>
              `<div><dt>${escapeXml(label)}</dt><dd>${escapeXml(value)}${unit ? ` <small>${escapeXml(unit)}</small>` : ''}</dd></div>`,
          )
          .join('\n')}</dl>`;
      case 'table':
        return table(one);
      case 'figure':
        return figure(one);
      case 'figures':
        return `<div class="row">${one.figures.map(figure).join('\n')}</div>`;
    }
  };
  const date = new Date(model.createdAtMs).toISOString();
  const logo = model.logoPng
    ? `<img alt="${escapeXml(labels.logo)}" src="data:image/png;base64,${Buffer.from(model.logoPng).toString('base64')}">`
    : '';
  return `${[
    '<!doctype html>',
    `<html lang="${model.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${HTML_POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(model.title)}</title>`,
    `<meta name="author" content="${escapeXml(model.author)}">`,
    `<meta name="date" content="${date}">`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<header>${logo}<h1>${escapeXml(model.title)}</h1><p class="subtitle">${escapeXml(model.subtitle)}</p>`,
    `<dl class="facts">${model.facts.map(([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`).join('\n')}</dl>`,
    '</header>',
    ...(model.cover === 'page'
      ? [
          `<nav aria-label="${escapeXml(labels.contents)}"><ol>${model.sections.map(({ title }, k) => `<li><a href="#section-${k + 1}">${escapeXml(title)}</a></li>`).join('\n')}</ol></nav>`,
        ]
      : []),
    '<main>',
    ...model.sections.map(
      ({ title, blocks }, k) =>
        `<section aria-labelledby="section-${k + 1}"><h2 id="section-${k + 1}">${k + 1} ${escapeXml(title)}</h2>\n${blocks.map(block).join('\n')}</section>`,
    ),
    '</main>',
    `<footer>Tessellate Renewables, ${escapeXml(model.id)}</footer>`,
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

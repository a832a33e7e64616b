/** A scene as SVG. It only uses presentation attributes, so that a strict content security policy accepts it. */
import { geographyMarks } from './geography.ts';
import type { Mark, Scene, Style } from './scene.ts';
import { at, PALETTE } from './scene.ts';

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = ({ fill, stroke, opacity }: Style): string =>
  [
    ` fill="${fill ?? 'none'}"`,
    stroke && ` stroke="${stroke.color}" stroke-width="${at(stroke.width)}"`,
    stroke?.dash && ` stroke-dasharray="${stroke.dash.map(at).join(' ')}"`,
    opacity !== undefined && ` opacity="${at(opacity)}"`,
  ]
    .filter(Boolean)
    .join('');

/**
 * Returns a scene as an SVG element.
 * @param id unique in its page; clip paths are named by it
 */
export const sceneSvg = (scene: Scene, alt: string, id: string): string =>
  svg(scene, alt, id, `viewBox="0 0 ${at(scene.width)} ${at(scene.height)}"`);

/** Around a picture that is in no page [points]: the reader's font may be wider than that of documents. */
const MARGIN = 12;

/** Returns a scene as an SVG file of its own: on paper, with a margin and a font. */
export function sceneFile(scene: Scene, alt: string): string {
  const box = { x: -MARGIN, y: -MARGIN, width: scene.width + 2 * MARGIN, height: scene.height + 2 * MARGIN };
  const viewBox = `viewBox="${[box.x, box.y, box.width, box.height].map(at).join(' ')}"`;
  const paper: Mark = { kind: 'rect', ...box, fill: PALETTE.paper };
  const font = 'font-family="Noto Sans, sans-serif"';
  return `${svg({ ...scene, marks: [paper, ...scene.marks] }, alt, 'picture', `${viewBox} ${font}`)}\n`;
}

function svg(scene: Scene, alt: string, id: string, attributes: string): string {
  let clips = 0;
  const draw = (mark: Mark): string => {
    switch (mark.kind) {
      case 'path':
        return `<path d="${mark.d}"${mark.evenOdd ? ' fill-rule="evenodd"' : ''}${style(mark)}/>`;
      case 'rect':
        return `<rect x="${at(mark.x)}" y="${at(mark.y)}" width="${at(mark.width)}" height="${at(mark.height)}"${style(mark)}/>`;
      case 'circle':
        return `<circle cx="${at(mark.x)}" cy="${at(mark.y)}" r="${at(mark.radius)}"${style(mark)}/>`;
      case 'text': {
        const { x, y, text, size, anchor, bold, color, turned, halo } = mark;
        return [
          `<text x="${at(x)}" y="${at(y)}" font-size="${at(size)}" fill="${color ?? PALETTE.text}"`,
          anchor && anchor !== 'start' && ` text-anchor="${anchor}"`,
          bold && ' font-weight="600"',
          turned && ` transform="rotate(${at(turned)} ${at(x)} ${at(y)})"`,
          halo && ` stroke="${PALETTE.paper}" stroke-width="2.5" stroke-linejoin="round" paint-order="stroke"`,
          `>${escapeXml(text)}</text>`,
        ]
          .filter(Boolean)
          .join('');
      }
      case 'clip': {
        const name = `${id}-clip-${++clips}`;
        const { x, y, width, height } = mark;
        const box = `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`;
        return `<clipPath id="${name}">${box}</clipPath><g clip-path="url(#${name})">${mark.marks.map(draw).join('')}</g>`;
      }
      case 'region':
      case 'globe':
        return geographyMarks(mark).map(draw).join('');
    }
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes} role="img" aria-labelledby="${id}-alt">`,
    `<title id="${id}-alt">${escapeXml(alt)}</title>`,
    ...scene.marks.map(draw),
    '</svg>',
  ].join('\n');
}

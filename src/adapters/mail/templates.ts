/**
 * Renders the mails that the platform sends. A template states its content once in each language. The text and the HTML,
 * which needs no images and no style sheet, are made from it. Every value is escaped, because organizations choose URLs and titles.
 */
import type { Language } from '../../contracts/common/languages.ts';
import type { Block, Localized, MailTemplate, MailTexts } from './content.ts';
import { de } from './text/de.ts';
import { en } from './text/en.ts';

const TEXTS: Readonly<Record<Language, MailTexts>> = { en, de };

/** Renders a mail as subject, text and HTML. */
export function renderMail<T extends MailTemplate>(
  template: T,
  data: Localized<T>,
): { readonly subject: string; readonly text: string; readonly html: string } {
  const { language = 'en' } = data;
  const { subject, blocks, ...content } = TEXTS[language][template](data);
  const because = oneLine(content.because);
  return {
    // A line break in a subject would start another header.
    subject: oneLine(subject),
    text: `${[...blocks.map(textOf), `-- \nTessellate Renewables\n${because}`].join('\n\n')}\n`,
    html: page(language, oneLine(subject), [
      ...blocks.map(htmlOf),
      `<hr style="${STYLE.rule}">${paragraph(because, STYLE.small)}`,
    ]),
  };
}

// Control characters and characters that change the direction of text are not allowed in a value.
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;
const oneLine = (text: string): string => text.replace(UNPRINTABLE, ' ').trim();

function textOf(block: Block): string {
  if ('text' in block) return wrap(oneLine(block.text));
  if ('code' in block) return `    ${oneLine(block.code)}`;
  if ('links' in block) return block.links.map(({ label, url }) => `${oneLine(label)}:\n${oneLine(url)}`).join('\n');
  const width = Math.max(...block.facts.map(([name]) => name.length));
  return block.facts.map(([name, value]) => `  ${name.padEnd(width)}  ${oneLine(value)}`).join('\n');
}

const WIDTH = 78;
function wrap(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join('\n');
}

const STYLE = {
  body: 'margin:0;padding:24px;background:#f4f5f2;color:#1d2420;font:16px/1.5 system-ui,sans-serif',
  card: 'max-width:600px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d9ddd5',
  heading: 'margin:0 0 16px;font-size:20px;line-height:1.3',
  paragraph: 'margin:0 0 16px',
  name: 'padding:2px 16px 2px 0;text-align:left;vertical-align:top;font-weight:normal;color:#55605a;white-space:nowrap',
  value: 'padding:2px 0;word-break:break-word',
  code: 'margin:0 0 16px;padding:8px 12px;background:#f4f5f2;font:14px/1.5 monospace;white-space:pre-wrap;word-break:break-word',
  link: 'color:#0b5d3b;font-weight:bold',
  rule: 'margin:8px 0 16px;border:0;border-top:1px solid #d9ddd5',
  small: 'margin:0;color:#55605a;font-size:13px',
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => oneLine(text).replace(/[&<>"']/g, (one) => ENTITIES[one]);
const paragraph = (text: string, style = STYLE.paragraph): string => `<p style="${style}">${escaped(text)}</p>`;

function htmlOf(block: Block): string {
  if ('text' in block) return paragraph(block.text);
  if ('code' in block) return `<pre style="${STYLE.code}">${escaped(block.code)}</pre>`;
  if ('links' in block)
    return block.links
      .map(({ label, url }) => {
        // Only addresses that a browser opens as a page become links: `javascript:` and the like stay text.
        const shown = escaped(label);
        const link = /^https?:\/\//.test(url) ? `<a href="${escaped(url)}" style="${STYLE.link}">${shown}</a>` : shown;
        return `<p style="${STYLE.paragraph}">${link}</p>`;
      })
      .join('\n');
  const rows = block.facts.map(
    ([name, value]) =>
      `<tr><th scope="row" style="${STYLE.name}">${escaped(name)}</th><td style="${STYLE.value}">${escaped(value)}</td></tr>`,
  );
  return `<table style="margin:0 0 16px;border-collapse:collapse">${rows.join('')}</table>`;
}

const page = (language: string, title: string, parts: readonly string[]): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body style="${STYLE.body}">
<div style="${STYLE.card}">
<h1 style="${STYLE.heading}">${escaped(title)}</h1>
${parts.join('\n')}
</div>
</body>
</html>
`;

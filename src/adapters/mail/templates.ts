/**
 * The mails that the platform sends. A template states its content once. The text and the HTML, which needs no images
 * and no style sheet, are made from it. Every value is escaped, because organizations choose URLs and titles.
 */
import type { ReportLanguage } from '../../contracts/reports/reports.ts';

/** Templates of the mails. Times are ISO 8601, UTC. */
export interface MailData {
  'account.welcome': { readonly name: string; readonly organization: string; readonly apiUrl: string };
  'webhook.disabled': {
    readonly webhookId: string;
    readonly url: string;
    readonly description: string;
    /** In the form that the API shows. */
    readonly reason: string;
    /** The last answer, or the reason why there was none. */
    readonly lastAnswer: string;
    readonly failingSince: string | null;
    readonly apiUrl: string;
  };
  'report.ready': {
    /** Who had the report sent; mails of earlier releases lack it. */
    readonly organization?: string;
    readonly title: string;
    readonly reportId: string;
    readonly files: readonly { readonly label: string; readonly url: string }[];
    readonly linksExpireAt: string;
    /** Language of the report and of mails about it. Default: English. */
    readonly language?: ReportLanguage;
  };
}
export type MailTemplate = keyof MailData;

type Block =
  | { readonly text: string }
  | { readonly facts: readonly (readonly [name: string, value: string])[] }
  | { readonly links: readonly { readonly label: string; readonly url: string }[] }
  | { readonly code: string };

interface Content {
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** One sentence that says why the reader gets this mail. */
  readonly because: string;
  /** Default English */
  readonly language?: ReportLanguage;
}

const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

const REPORT_READY: Readonly<Record<ReportLanguage, (data: MailData['report.ready']) => Content>> = {
  en: ({ organization = 'A customer of ours', title, reportId, files, linksExpireAt }) => ({
    subject: `Report of ${organization}: ${title}`,
    blocks: [
      { text: `${organization} has had the report "${title}" written. You can download it:` },
      { links: files },
      {
        text: `The links work until ${minute(linksExpireAt)}; the API can create new ones for ${reportId} at any time.`,
      },
    ],
    because: `You get this mail because ${organization} named your address. If you do not know why, please ignore it.`,
  }),
  de: ({ organization = 'Ein Kunde', title, reportId, files, linksExpireAt }) => ({
    language: 'de',
    subject: `Bericht von ${organization}: ${title}`,
    blocks: [
      { text: `${organization} hat den Bericht „${title}“ erstellen lassen. Er steht zum Herunterladen bereit:` },
      { links: files },
      {
        text: `Die Links gelten bis ${minute(linksExpireAt)}; neue Links für ${reportId} stellt die API jederzeit aus.`,
      },
    ],
    because: `Sie erhalten diese E-Mail, weil ${organization} Ihre Adresse angegeben hat. Ist Ihnen das unbekannt, ignorieren Sie sie bitte.`,
  }),
};

const TEMPLATES: { readonly [T in MailTemplate]: (data: MailData[T]) => Content } = {
  'account.welcome': ({ name, organization, apiUrl }) => ({
    subject: `${organization} is set up`,
    blocks: [
      { text: `Hello ${name},` },
      { text: `the organization ${organization} is ready, and you are its owner. To start, create an API key:` },
      { code: `POST ${apiUrl}/v1/api-keys` },
      { links: [{ label: 'API reference', url: `${apiUrl}/docs` }] },
    ],
    because:
      'You get this mail because an account was created with this address. If it was not you, please ignore this mail and contact us.',
  }),
  'webhook.disabled': ({ webhookId, url, description, reason, lastAnswer, failingSince, apiUrl }) => ({
    subject: `Webhook to ${hostOf(url)} was disabled`,
    blocks: [
      { text: `We stopped sending events to one of your endpoints: ${reason}.` },
      {
        facts: [
          ['Endpoint', url],
          ...(description ? [['Description', description] as const] : []),
          ['Id', webhookId],
          ...(failingSince ? [['Failing since', minute(failingSince)] as const] : []),
          ['Last answer', lastAnswer],
        ],
      },
      { text: 'Events that happen while the endpoint is disabled are not sent. When it works again, enable it:' },
      { code: `PATCH ${apiUrl}/v1/webhooks/${webhookId}  {"is_enabled": true}` },
      { text: 'Then send the failed deliveries again:' },
      {
        code: `POST ${apiUrl}/v1/webhooks/${webhookId}/retry  ${failingSince ? `{"starts_at": "${failingSince}"}` : '{}'}`,
      },
    ],
    because: 'You get this mail because you are an owner of the organization that this endpoint belongs to.',
  }),
  'report.ready': (data) => REPORT_READY[data.language ?? 'en'](data),
};

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Renders a mail as subject, text and HTML. */
export function renderMail<T extends MailTemplate>(
  template: T,
  data: MailData[T],
): { readonly subject: string; readonly text: string; readonly html: string } {
  const { subject, blocks, language = 'en', ...content } = TEMPLATES[template](data);
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

/**
 * Mails of a development machine: each mail is written to a folder, in forms that a mail program, a browser and a
 * terminal can show.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Logger } from '../observability/logger.ts';
import type { MailTransport, OutgoingMail } from './transport.ts';

export class FolderTransport implements MailTransport {
  readonly #folder: string;
  readonly #from: string;
  readonly #log: Logger;

  constructor(folder: string, from: string, log: Logger) {
    this.#folder = resolve(folder);
    this.#from = from;
    this.#log = log;
  }

  async send(mail: OutgoingMail): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, mail.id);
    await writeFile(`${path}.txt`, mail.text);
    await writeFile(`${path}.html`, mail.html);
    await writeFile(`${path}.eml`, messageOf(mail, this.#from));
    this.#log.info(`No SENDGRID_API_KEY: the mail "${mail.subject}" is in ${path}.eml, .html and .txt`, {
      to: mail.to,
    });
    return `file:${path}.eml`;
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Returns a mail as RFC 5322 with a text and an HTML part (RFC 2046), encoded so that every line is short ASCII. */
export function messageOf({ id, to, subject, text, html }: OutgoingMail, from: string): string {
  const boundary = `part-${id}`;
  const part = (type: string, content: string): string[] => [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(base64(content).match(/.{1,76}/g) ?? []),
  ];
  return [
    `From: Tessellate Renewables <${from}>`,
    `To: ${to}`,
    `Subject: ${encodedWords(subject)}`,
    `Message-ID: <${id}@${from.split('@')[1]}>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('text/plain', text),
    ...part('text/html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** Encodes by RFC 2047: each encoded word contains whole characters and has at most 75 characters. */
function encodedWords(text: string): string {
  const words: string[] = [''];
  for (const character of text) {
    const longer = words[words.length - 1] + character;
    if (Buffer.byteLength(longer) > 45) words.push(character);
    else words[words.length - 1] = longer;
  }
  return words.map((word) => `=?utf-8?B?${base64(word)}?=`).join('\r\n ');
}

import { describe, expect, test } from '@jest/globals';
import { messageOf } from './folder.ts';
import type { MailData, MailTemplate } from './content.ts';
import { LANGUAGES } from '../../contracts/common/languages.ts';
import { SAMPLES } from './samples.ts';
import { renderMail } from './templates.ts';

const NASTY = `<img src=x onerror="alert(1)"> & 'Größe'\r\nBcc: all@example.com\u202e`;
const DATA: typeof SAMPLES = {
  ...SAMPLES,
  'account.welcome': { ...SAMPLES['account.welcome'], name: NASTY, organization: NASTY },
  'account.confirm_email': { ...SAMPLES['account.confirm_email'], name: NASTY },
  'account.email_changed': { ...SAMPLES['account.email_changed'], name: NASTY },
  'account.reset_password': { ...SAMPLES['account.reset_password'], name: NASTY },
  'account.password_changed': { ...SAMPLES['account.password_changed'], name: NASTY },
  'organization.invitation': { ...SAMPLES['organization.invitation'], organization: NASTY, invitedBy: NASTY },
  'webhook.disabled': { ...SAMPLES['webhook.disabled'], description: NASTY },
  'report.ready': {
    ...SAMPLES['report.ready'],
    organization: NASTY,
    title: NASTY,
    files: [...SAMPLES['report.ready'].files, { label: 'no page', url: 'javascript:alert(1)' }],
  },
};
const NAMES = Object.keys(DATA) as MailTemplate[];
const rendered = (name: MailTemplate, language: (typeof LANGUAGES)[number] = 'en') =>
  renderMail(name, { ...(DATA[name] as MailData['account.welcome']), language } as never);

describe.each(NAMES.flatMap((name) => LANGUAGES.map((language) => [name, language] as const)))(
  '%s in %s',
  (name, language) => {
    test('escapes what users wrote, in the subject, the HTML and the text', () => {
      const { subject, html, text } = rendered(name, language);
      for (const one of [subject, html, text]) expect(one).not.toMatch(/\u202e|\r|^Bcc/m);
      expect(subject).not.toContain('\n');
      // Every tag is one of ours.
      expect(
        html.replace(/<\/?(!doctype|html|head|meta|title|body|div|h1|p|hr|a|pre|table|tr|th|td)\b[^<>]*>/g, ''),
      ).not.toMatch(/[<>]/);
      expect(html).not.toMatch(/href="(?!https:)/);
    });

    test('needs no image, style sheet or script, and says in text all that the HTML says', () => {
      const { html, text } = rendered(name, language);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).not.toMatch(/<(img|link|script|style)\b|url\(/);
      const words = (given: string): string[] => given.split(/\s+/).filter((word) => /\w{3,}/.test(word));
      const shown = html
        .replace(/<title>.*<\/title>|<h1.*<\/h1>/g, '')
        .replace(/<[^>]*>/g, ' ')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&#39;/g, "'")
        .replace(/&amp;/g, '&');
      const said = new Set(words(text).map((word) => word.replace(/:$/, '')));
      for (const word of words(shown)) expect(said).toContain(word.replace(/:$/, ''));
    });
  },
);

test("a report's mail speaks the report's language, in its subject, text and HTML", () => {
  const data = { ...DATA['report.ready'], organization: 'Sonne GmbH', language: 'de' as const };
  const { subject, text, html } = renderMail('report.ready', data);
  expect(subject).toMatch(/^Bericht von Sonne GmbH: /);
  expect(text).toContain('Sonne GmbH hat den Bericht');
  expect(text).toContain('gelten bis 2026-11-28 10:20 UTC');
  expect(html).toContain('<html lang="de">');
  for (const one of [subject, text, html]) expect(one).not.toMatch(/\b(report|ready|links work|You)\b/);
  expect(rendered('report.ready').html).toContain('<html lang="en">');
});

test('a mail about a report that an earlier release wrote is sent without the name of the organization', () => {
  const { organization: _, ...earlier } = DATA['report.ready'];
  expect(renderMail('report.ready', earlier).text).toContain('A customer of ours has had the report');
});

test('a message file carries both parts, with a subject that any reader decodes', () => {
  const { subject, text, html } = rendered('report.ready');
  const message = messageOf({ id: 'mail_1', to: 'a@example.com', subject, text, html }, 'noreply@example.com');
  for (const line of message.split('\r\n')) expect(line.length).toBeLessThanOrEqual(100);
  expect(message).toMatch(/^[\x20-\x7e\r\n]*$/);
  const words = [...message.matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)].map(([, word]) =>
    Buffer.from(word, 'base64').toString(),
  );
  expect(words.join('')).toBe(subject);
  const parts = [...message.matchAll(/base64\r\n\r\n([^-]*)\r\n--/g)].map(([, part]) =>
    Buffer.from(part, 'base64').toString(),
  );
  expect(parts).toEqual([text, html]);
});

/** Pages for developers that show each mail in each language, with sample values. */
import { Router } from 'express';
import { SAMPLES } from '../adapters/mail/samples.ts';
import type { MailTemplate } from '../adapters/mail/content.ts';
import { renderMail } from '../adapters/mail/templates.ts';
import { LANGUAGES, type Language } from '../contracts/common/languages.ts';

const NAMES = Object.keys(SAMPLES) as MailTemplate[];

export function mailPreview(): Router {
  const router = Router();
  router.get('/dev/mails', (_request, response) => {
    const rows = NAMES.map((name) => {
      const links = LANGUAGES.flatMap((language) => [
        `<a href="/dev/mails/${name}/${language}.html">${language}</a>`,
        `<a href="/dev/mails/${name}/${language}.txt">${language}, text</a>`,
      ]);
      return `<li>${name}: ${links.join(' ')}</li>`;
    });
    response
      .type('html')
      .send(`<!doctype html><html lang="en"><title>Mails</title><h1>Mails</h1><ul>${rows.join('')}</ul></html>`);
  });
  router.get('/dev/mails/:name/:file', ({ params: { name, file } }, response, next) => {
    const template = NAMES.find((one) => one === name);
    const [language, form] = file.split('.');
    if (template === undefined || !LANGUAGES.includes(language as Language)) return void next();
    const mail = renderMail(template, { ...SAMPLES[template], language: language as Language });
    if (form === 'txt') response.type('text').send(`${mail.subject}\n\n${mail.text}`);
    else response.type('html').send(mail.html);
  });
  return router;
}

/**
 * The pages that the links in mails open. A page changes nothing until its button is pressed, because programs that check
 * mails open links too. The token stands behind the #, which browsers do not send.
 */
import { Router } from 'express';
import { LANGUAGES, type Language } from '../contracts/common/languages.ts';
import { PAGES } from '../services/accounts/account-mails.ts';
import { name, password } from './routes/account-fields.ts';

type Texts = Readonly<Record<'title' | 'button' | 'done', string>>;
interface Page {
  readonly path: string;
  /** Operation that the button calls */
  readonly action: string;
  readonly fields: readonly ('name' | 'new_password' | 'password')[];
  readonly texts: Readonly<Record<Language, Texts>>;
}

const PAGE_LIST: readonly Page[] = [
  {
    path: PAGES.confirm,
    action: '/v1/auth/confirm-email',
    fields: [],
    texts: {
      en: { title: 'Confirm your address', button: 'Confirm', done: 'The address is confirmed.' },
      de: { title: 'Adresse bestätigen', button: 'Bestätigen', done: 'Die Adresse ist bestätigt.' },
    },
  },
  {
    path: PAGES.reset,
    action: '/v1/auth/password/reset',
    fields: ['new_password'],
    texts: {
      en: { title: 'Choose a new password', button: 'Save', done: 'The password is changed. You can log in with it.' },
      de: {
        title: 'Neues Passwort wählen',
        button: 'Speichern',
        done: 'Das Passwort ist geändert. Sie können sich damit anmelden.',
      },
    },
  },
  {
    path: PAGES.invitation,
    action: '/v1/auth/accept-invitation',
    fields: ['name', 'password'],
    texts: {
      en: {
        title: 'Accept the invitation',
        button: 'Create the account',
        done: 'Your account is ready. You can log in.',
      },
      de: {
        title: 'Einladung annehmen',
        button: 'Konto eröffnen',
        done: 'Ihr Konto ist bereit. Sie können sich anmelden.',
      },
    },
  },
];

const PASSWORD_LABELS: Readonly<Record<Language, (min: number) => string>> = {
  en: (min) => `Password, at least ${min} characters`,
  de: (min) => `Passwort, mindestens ${min} Zeichen`,
};

function inputOf(field: Page['fields'][number], language: Language): string {
  const { minLength, maxLength } = field === 'name' ? name : password;
  const [label, kind] =
    field === 'name'
      ? ['Name', 'type="text" autocomplete="name"']
      : [PASSWORD_LABELS[language](minLength!), 'type="password" autocomplete="new-password"'];
  return `<p><label>${label}<br><input name="${field}" ${kind} minlength="${minLength}" maxlength="${maxLength}" required></label></p>`;
}

function render({ action, fields, texts }: Page, language: Language): string {
  const { title, button, done } = texts[language];
  const inputs = fields.map((field) => inputOf(field, language));
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>${title}</title></head>
<body style="margin:0 auto;max-width:30rem;padding:2rem;font:16px/1.5 system-ui,sans-serif">
<h1>${title}</h1>
<form data-action="${action}" data-done="${done}" data-language="${language}">
${inputs.join('\n')}
<p><button>${button}</button></p>
</form>
<p role="status"></p>
<script src="/account/page.js"></script>
</body>
</html>
`;
}

const SCRIPT = `const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { action, done, language } = form.dataset;
  const fields = Object.fromEntries(new FormData(form));
  const token = location.hash.slice(1);
  const body = { token, ...fields, ...(action.endsWith('invitation') && { language }) };
  try {
    const answer = await fetch(action, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.ok) form.remove();
    status.textContent = answer.ok ? done : (await answer.json()).detail;
  } catch (error) {
    status.textContent = String(error);
  }
});
`;

export function accountPages(): Router {
  const router = Router();
  router.get('/account/page.js', (_request, response) => void response.type('js').send(SCRIPT));
  for (const page of PAGE_LIST)
    router.get(page.path, ({ query }, response) => {
      const language = LANGUAGES.find((one) => one === query.language) ?? 'en';
      response.setHeader('cache-control', 'no-store').type('html').send(render(page, language));
    });
  return router;
}

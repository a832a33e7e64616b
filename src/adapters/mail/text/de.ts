import type { Role } from '../../../contracts/common/scopes.ts';
import { hostOf, linkBlock, type MailTexts, minute, money } from '../content.ts';

const ACCOUNT = 'Sie erhalten diese E-Mail, weil Ihr Konto diese Adresse hat.';
const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'Inhaber',
  admin: 'Verwalter',
  member: 'Mitglied',
  viewer: 'Leser',
};
const SECOND_FACTOR = {
  set_up: 'Ihre Anmeldungen brauchen jetzt einen Code',
  ended: 'Ihre Anmeldungen brauchen keinen Code mehr',
  recovery_code_used: 'Ein Wiederherstellungscode Ihres Kontos wurde benutzt',
} as const;

export const de: MailTexts = {
  'account.welcome': ({ name, organization, apiUrl, link }) => ({
    subject: `${organization} ist eingerichtet`,
    blocks: [
      { text: `Guten Tag ${name},` },
      { text: `die Organisation ${organization} ist bereit, und Sie sind ihr Inhaber.` },
      ...(link === undefined
        ? []
        : [
            {
              text: 'Bitte bestätigen Sie Ihre Adresse. Bis dahin kann die Organisation rechnen, aber niemanden aufnehmen.',
            },
          ]),
      ...linkBlock('Adresse bestätigen', link),
      { text: 'Erstellen Sie zum Anfang einen API-Schlüssel:' },
      { code: `POST ${apiUrl}/v1/api-keys` },
      { links: [{ label: 'API-Referenz', url: `${apiUrl}/docs` }] },
    ],
    because:
      'Sie erhalten diese E-Mail, weil mit dieser Adresse ein Konto eröffnet wurde. Waren Sie das nicht, ignorieren Sie sie bitte und schreiben Sie uns.',
  }),
  'account.confirm_email': ({ name, link, linkExpiresAt }) => ({
    subject: 'Bitte bestätigen Sie Ihre Adresse',
    blocks: [
      { text: `Guten Tag ${name},` },
      { text: 'bitte bestätigen Sie, dass diese Adresse Ihnen gehört:' },
      ...linkBlock('Adresse bestätigen', link),
      { text: `Der Link gilt einmal, bis ${minute(linkExpiresAt)}.` },
    ],
    because:
      'Sie erhalten diese E-Mail, weil jemand diese Adresse angegeben hat. Waren Sie das nicht, ignorieren Sie sie bitte.',
  }),
  'account.email_changed': ({ name, newEmail, changedAt }) => ({
    subject: 'Die Adresse Ihres Kontos hat sich geändert',
    blocks: [
      { text: `Guten Tag ${name},` },
      { text: `Sie melden sich ab jetzt mit ${newEmail} an statt mit dieser Adresse (${minute(changedAt)}).` },
      { text: 'Waren Sie das nicht, kennt jemand Ihr Passwort: Schreiben Sie uns bitte sofort.' },
    ],
    because: 'Sie erhalten diese E-Mail, weil Ihr Konto diese Adresse hatte.',
  }),
  'account.reset_password': ({ name, link, linkExpiresAt }) => ({
    subject: 'Wählen Sie ein neues Passwort',
    blocks: [
      { text: `Guten Tag ${name},` },
      { text: 'jemand, vermutlich Sie selbst, hat ein neues Passwort für Ihr Konto angefordert. Wählen Sie es hier:' },
      ...linkBlock('Neues Passwort wählen', link),
      {
        text: `Der Link gilt einmal, bis ${minute(linkExpiresAt)}. Wenn Sie nichts tun, bleibt Ihr Passwort, wie es ist.`,
      },
    ],
    because: ACCOUNT,
  }),
  'account.password_changed': ({ name, changedAt }) => ({
    subject: 'Ihr Passwort wurde geändert',
    blocks: [
      { text: `Guten Tag ${name},` },
      { text: `Ihr Passwort wurde um ${minute(changedAt)} geändert; alle früheren Anmeldungen sind beendet.` },
      { text: 'Waren Sie das nicht, fordern Sie sofort ein neues Passwort an und schreiben Sie uns.' },
    ],
    because: ACCOUNT,
  }),
  'account.guessed': ({ name, nFailed, since, address }) => ({
    subject: 'Fehlgeschlagene Anmeldungen an Ihrem Konto',
    blocks: [
      { text: `Guten Tag ${name},` },
      {
        text: `seit ${minute(since)} waren Passwörter, Codes oder Links Ihres Kontos ${nFailed}-mal falsch${address === null ? '' : `, zuletzt von der Adresse ${address}`}. Jeder weitere Versuch muss nun länger warten als der davor.`,
      },
      {
        text: 'Waren Sie das, warten Sie einige Minuten oder fordern Sie ein neues Passwort an. Waren Sie das nicht, ist Ihr Konto sicher, solange niemand sonst Ihr Passwort kennt: Wählen Sie eines, das Sie nirgends sonst benutzen, und richten Sie einen zweiten Faktor ein.',
      },
    ],
    because: ACCOUNT,
  }),
  'account.second_factor': ({ name, change, nRecoveryCodes, changedAt }) => ({
    subject: SECOND_FACTOR[change],
    blocks: [
      { text: `Guten Tag ${name},` },
      {
        text: {
          set_up: `seit ${minute(changedAt)} brauchen Ihre Anmeldungen neben dem Passwort den Code einer Authenticator-App. Ihre Wiederherstellungscodes öffnen das Konto, wenn Sie das Gerät verlieren: Bitte bewahren Sie sie sicher auf.`,
          ended: `seit ${minute(changedAt)} brauchen Ihre Anmeldungen nur das Passwort und keinen Code einer Authenticator-App mehr.`,
          recovery_code_used: `um ${minute(changedAt)} wurde statt des Codes Ihrer Authenticator-App ein Wiederherstellungscode benutzt. Übrige Codes: ${nRecoveryCodes}.`,
        }[change],
      },
      {
        text: 'Waren Sie das nicht, kennt jemand Ihr Passwort: Fordern Sie sofort ein neues an und schreiben Sie uns.',
      },
    ],
    because: ACCOUNT,
  }),
  'organization.invitation': ({ organization, invitedBy, role, link, linkExpiresAt }) => ({
    subject: `Einladung zu ${organization}`,
    blocks: [
      {
        text: `${invitedBy} lädt Sie ein, ${organization} bei Tessellate Renewables beizutreten. Ihre Rolle: ${ROLE_NAMES[role]}.`,
      },
      ...linkBlock('Einladung annehmen', link),
      { text: `Der Link gilt einmal, bis ${minute(linkExpiresAt)}.` },
    ],
    because: `Sie erhalten diese E-Mail, weil ${organization} Ihre Adresse angegeben hat. Ist Ihnen das unbekannt, ignorieren Sie sie bitte.`,
  }),
  'webhook.disabled': ({ webhookId, url, description, reason, lastAnswer, failingSince, apiUrl }) => ({
    subject: `Webhook an ${hostOf(url)} wurde abgeschaltet`,
    blocks: [
      { text: 'Wir senden keine Ereignisse mehr an einen Ihrer Endpunkte.' },
      {
        facts: [
          ['Endpunkt', url],
          ...(description ? [['Beschreibung', description] as const] : []),
          ['Kennung', webhookId],
          ['Grund', reason],
          ...(failingSince ? [['Fehler seit', minute(failingSince)] as const] : []),
          ['Letzte Antwort', lastAnswer],
        ],
      },
      {
        text: 'Ereignisse, die in der Zwischenzeit eintreten, werden nicht gesendet. Wenn der Endpunkt wieder antwortet, schalten Sie ihn ein:',
      },
      { code: `PATCH ${apiUrl}/v1/webhooks/${webhookId}  {"is_enabled": true}` },
      { text: 'Senden Sie dann die fehlgeschlagenen Zustellungen noch einmal:' },
      {
        code: `POST ${apiUrl}/v1/webhooks/${webhookId}/retry  ${failingSince ? `{"starts_at": "${failingSince}"}` : '{}'}`,
      },
    ],
    because: 'Sie erhalten diese E-Mail, weil Sie Inhaber der Organisation sind, zu der dieser Endpunkt gehört.',
  }),
  'billing.payment_failed': ({ organization, amount, currency, invoiceUrl, nextAttemptAt, graceEndsAt }) => ({
    subject: `Zahlung von ${organization} ist fehlgeschlagen`,
    blocks: [
      { text: `Wir konnten ${money(amount, currency, 'de')} für den Tarif von ${organization} nicht abbuchen.` },
      ...linkBlock('Rechnung bezahlen', invoiceUrl ?? undefined),
      ...(nextAttemptAt === null ? [] : [{ text: `Der nächste Versuch ist am ${minute(nextAttemptAt)}.` }]),
      ...(graceEndsAt === null ? [] : [{ text: `Ihr Tarif bleibt bis ${minute(graceEndsAt)} bestehen.` }]),
    ],
    because: `Sie erhalten diese E-Mail, weil Sie Inhaber von ${organization} sind.`,
  }),
  'usage.budget_reached': ({ organization, metric, pct, used, amount, stops }) => ({
    subject: `${organization} hat ${pct} % eines Budgets erreicht`,
    blocks: [
      { text: `${organization} hat in diesem Monat ${Math.floor(used)} von ${amount} ${metric} verbraucht.` },
      ...(stops ? [{ text: 'Das Budget hält neue Jobs bis zum Ende des Monats an. Laufende Jobs gehen weiter.' }] : []),
    ],
    because: `Sie erhalten diese E-Mail, weil Sie Inhaber von ${organization} sind.`,
  }),
  'report.ready': ({ organization = 'Ein Kunde', title, reportId, files, linksExpireAt }) => ({
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

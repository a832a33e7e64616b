import type { Role } from '../../../contracts/common/scopes.ts';
import { hostOf, linkBlock, type MailTexts, minute, money } from '../content.ts';

const ACCOUNT = 'Sie erhalten diese E-Mail, weil Ihr Konto diese Adresse hat.';
const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'Inhaber',
  admin: 'Verwalter',
  member: 'Mitglied',
  viewer: 'Leser',
};

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

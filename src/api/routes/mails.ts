/** What SendGrid reports about mails. Without its key, `requireEnabled` refuses the endpoint. */
import { AppError } from '../../contracts/common/app-error.ts';
import { endpoint } from '../endpoint.ts';
import { fileOf } from '../middleware/request-body.ts';
import type { Services } from '../services.ts';

/** SendGrid sends at most 768 KB. [bytes] */
const MAX_EVENTS_BYTES = 1024 * 1024;

export const mailRoutes = ({ mailEvents }: Services) => [
  endpoint({
    id: 'receiveSendGridEvents',
    method: 'post',
    path: '/v1/mails/sendgrid-events',
    tag: 'Mails',
    summary: 'Take events of SendGrid, which signs them',
    scope: 'public',
    status: 204,
    consumes: ['application/octet-stream', 'application/json'],
    uploadLimit: MAX_EVENTS_BYTES,
    headers: ['X-Twilio-Email-Event-Webhook-Signature', 'X-Twilio-Email-Event-Webhook-Timestamp'],
    errors: ['mail.signature_invalid'],
    handler: async ({ request }) => {
      if (!mailEvents) throw new AppError('feature.disabled', 'This installation takes no events of SendGrid');
      await mailEvents.receive(
        fileOf(request, 'request.malformed', 'events'),
        request.get('x-twilio-email-event-webhook-signature'),
        request.get('x-twilio-email-event-webhook-timestamp'),
      );
    },
  }),
];

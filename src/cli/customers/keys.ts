/** `tessellate keys`: a customer's API keys, over the public API. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { TessellateClient } from '../../client/client.ts';
import type { ApiKey, CreateApiKeyRequest } from '../../client/api.ts';

interface Access {
  readonly api: string;
  readonly credentials: string;
}
const clientOf = ({ api, credentials }: Access): TessellateClient =>
  new TessellateClient({ baseUrl: api, credentials });

/** An instant, or a time from now: `90d`, `12h`. */
function instantOf(text: string): string {
  const [, count, unit] = /^(\d+)([dh])$/.exec(text) ?? [];
  const at = unit ? Date.now() + Number(count) * (unit === 'd' ? 86_400_000 : 3_600_000) : Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('expected 90d, 12h, or an instant such as 2027-03-01T00:00:00Z');
  return new Date(at).toISOString();
}
const wordsOf = (text: string): string[] => text.split(',').map((word) => word.trim());

function lineOf(key: ApiKey): string {
  const until = key.revoked_at
    ? `revoked ${key.revoked_at}`
    : key.expires_at
      ? `until ${key.expires_at}`
      : 'without end';
  const used = key.last_used_at ? `last used ${key.last_used_at}` : 'never used';
  const from = key.allowed_addresses ? `  from ${key.allowed_addresses.join(', ')}` : '';
  return `${key.id}  ${key.prefix}...  ${key.name}  ${until}, ${used}${from}`;
}

/** Adds the commands. Only the key goes to standard output, so that a script can store it. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description("your organization's API keys");
  const command = (name: string, description: string): Command =>
    keys
      .command(name)
      .description(description)
      .addOption(
        new Option('--api <url>', 'address of the API').env('TESSELLATE_API_URL').default('http://127.0.0.1:8000'),
      )
      .addOption(
        new Option('--credentials <key>', 'an API key with keys:read or keys:write, or an access token')
          .env('TESSELLATE_API_KEY')
          .makeOptionMandatory(),
      );

  command('list', 'list the keys, the newest first').action(async (access: Access) => {
    for await (const key of clientOf(access).list('/v1/api-keys')) console.log(lineOf(key));
  });

  command('create <name>', 'make a key; it is printed once')
    .option(
      '--scopes <names>',
      'separated by commas; default: all but those for keys, people, billing and mails',
      wordsOf,
    )
    .option('--expires <when>', '90d, 12h, or an instant; default: never', instantOf)
    .option('--from <ranges>', 'addresses from which it may be used, CIDR, separated by commas; default: all', wordsOf)
    .option('--test', 'its jobs are not billed and their reports are marked', false)
    .action(async (name: string, options: Access & CreateOptions) => {
      const body: CreateApiKeyRequest = {
        name,
        scopes: options.scopes as CreateApiKeyRequest['scopes'],
        expires_at: options.expires,
        allowed_addresses: options.from,
        is_test: options.test,
      };
      const idempotencyKey = crypto.randomUUID();
      const made = await clientOf(options).request('POST /v1/api-keys', { body, idempotencyKey });
      console.error(lineOf(made));
      console.log(made.key);
    });

  command('rotate <id>', 'make the key that takes the place of one; it is printed once')
    .option('--overlap <h>', 'how long the old key still works [h]', Number, 24)
    .option(
      '--expires <when>',
      'when the new key ends: 90d, 12h, or an instant; default: when the old one would',
      instantOf,
    )
    .action(async (id: string, options: Access & { overlap: number; expires?: string }) => {
      const body = { overlap_h: options.overlap, expires_at: options.expires };
      const idempotencyKey = crypto.randomUUID();
      const made = await clientOf(options).request('POST /v1/api-keys/{id}/rotate', {
        path: { id },
        body,
        idempotencyKey,
      });
      console.error(lineOf(made));
      console.log(made.key);
    });

  command('revoke <id>', 'revoke a key, with the keys that it made and open invitations that it sent')
    .option('--keep-made', 'the keys that it made stay', false)
    .action(async (id: string, options: Access & { keepMade: boolean }) => {
      await clientOf(options).request('DELETE /v1/api-keys/{id}', {
        path: { id },
        query: { keep_made_keys: options.keepMade ? 'true' : 'false' },
      });
      console.error(`${id} is revoked`);
    });
}

interface CreateOptions {
  readonly scopes?: readonly string[];
  readonly expires?: string;
  readonly from?: string[];
  readonly test: boolean;
}

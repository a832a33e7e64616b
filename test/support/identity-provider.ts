/** An identity provider on this machine, by oidc-provider, and a browser that signs in at it. */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './postgres.ts';

export interface Claims {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

export const CLIENT = { client_id: 'tessellate', client_secret: 'a secret of the provider' } as const;

/** Starts a provider. @param people claims by subject; the test may change them */
export async function startIdentityProvider(redirectUri: string, people: Readonly<Record<string, Claims>>) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [redirectUri], grant_types: ['authorization_code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a key of the test'] },
    pkce: { required: () => true },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people[id] }),
    }),
  });
  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    issuer,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Signs in at a provider as a browser does: opens the page, fills in its forms, and follows its redirects.
 * @returns where the provider sends the browser to in the end
 */
export async function signInAt(page: string, redirectUri: string, subject: string): Promise<string> {
  const cookies = new Map<string, string>();
  const open = async (url: string, form?: Record<string, string>) => {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name, value);
    }
    return answer;
  };
  let answer = await open(page);
  let address = page;
  for (let step = 0; step < 12; step++) {
    const location = answer.headers.get('location');
    if (location !== null) {
      address = new URL(location, address).href;
      if (address.startsWith(redirectUri)) return address;
      answer = await open(address);
      continue;
    }
    const html = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1];
    if (prompt === undefined) throw new Error(`${address} answers ${answer.status}: ${html.slice(0, 500)}`);
    answer = await open(address, prompt === 'login' ? { prompt, login: subject, password: 'any' } : { prompt });
  }
  throw new Error(`no end of the sign-in at ${address}`);
}

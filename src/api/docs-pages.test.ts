/** The documentation as a site: no dead link, every page is reached, search finds and echoes without markup. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { docsPages } from './docs-pages.ts';
import { referencePage } from './reference-page.ts';

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer(express().use(docsPages()).use(referencePage())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('every page is reached from the reference, and no link inside the site is dead', async () => {
  const seen = new Map<string, number>();
  const dead: string[] = [];
  const open = [['/docs', '/docs']];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, from] = next;
    if (seen.has(path)) continue;
    const answer = await fetch(base + path);
    seen.set(path, answer.status);
    if (answer.status !== 200) dead.push(`${from} links to ${path}: ${answer.status}`);
    const text = await answer.text();
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    for (const [, href] of text.matchAll(/<a href="([^"]+)"/g)) {
      const url = new URL(href, base + path);
      if (url.origin === base && url.pathname.startsWith('/docs')) open.push([url.pathname, path]);
    }
  }
  expect(dead).toEqual([]);
  const files = ['', 'models/', 'errors/', 'warnings/', 'decisions/'].flatMap((folder) =>
    readdirSync(`docs/${folder}`)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `/docs/${folder}${name.slice(0, -3)}`),
  );
  expect(files.filter((path) => !seen.has(path))).toEqual([]);
});

test('search finds pages that contain every word, the titled one first, and echoes no markup', async () => {
  const search = async (words: string): Promise<string> =>
    (await fetch(`${base}/docs/search?q=${encodeURIComponent(words)}`)).text();
  const hits = (html: string): string[] =>
    [...html.split('<main>')[1].matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
  expect(hits(await search('wake models'))[0]).toBe('../docs/models/wind-wakes');
  expect(hits(await search('no page has zzzyx'))).toEqual([]);
  expect(await search('<script>')).not.toContain('<script>');
});

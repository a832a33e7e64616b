import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Logger } from '../observability/logger.ts';
import { FolderTransport } from './folder.ts';

test('development writes each mail as .eml, .html and .txt, and logs where', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'tessellate-mail-'));
  const folder = join(parent, 'mails');
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line) } as unknown as Logger;
  const mail = { id: 'mail_1', to: 'a@example.com', subject: 'Größe', text: 'text', html: '<p>html</p>' };
  expect(await new FolderTransport(folder, 'noreply@example.com', log).send(mail)).toBe(`file:${folder}/mail_1.eml`);
  expect(readdirSync(folder).sort()).toEqual(['mail_1.eml', 'mail_1.html', 'mail_1.txt']);
  expect(readFileSync(join(folder, 'mail_1.txt'), 'utf8')).toBe('text');
  expect(lines).toEqual([expect.stringContaining(`${folder}/mail_1`)]);
  rmSync(parent, { recursive: true });
});

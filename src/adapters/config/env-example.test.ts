import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseConfig } from './config.ts';
import { envExample } from './env-example.ts';

const FILE = readFileSync('.env.example', 'utf8');

test('.env.example is what the schema says; `tessellate config > .env.example` makes it so', () => {
  expect(FILE).toBe(envExample());
});

test('its values are the defaults', () => {
  const values = Object.fromEntries(
    FILE.split('\n')
      .filter((line) => /^[A-Z]/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  expect(Object.keys(values).length).toBeGreaterThan(30);
  expect(parseConfig(values)).toEqual(parseConfig({}));
});

/** The alerts of deploy/prometheus, evaluated by Prometheus' own tool: each fires and resolves (alerts.test.yml). */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { canRun, testWith } from '../support/needs.ts';

const FOLDER = 'deploy/prometheus';
const RULES = parse(readFileSync(`${FOLDER}/alerts.yml`, 'utf8')).groups[0].rules as { readonly alert: string }[];
const TESTS = parse(readFileSync(`${FOLDER}/alerts.test.yml`, 'utf8')).tests as {
  readonly alert_rule_test: { readonly alertname: string; readonly exp_alerts: unknown[] }[];
}[];
const testWithPromtool = testWith('promtool', canRun('promtool', '--version'));

testWithPromtool('promtool accepts the configuration and the rules, and its tests of them pass', () => {
  for (const command of [
    'check config --syntax-only prometheus.yml',
    'check rules alerts.yml',
    'test rules alerts.test.yml',
  ]) {
    const { status, stdout, stderr } = spawnSync('promtool', command.split(' '), { cwd: FOLDER, encoding: 'utf8' });
    expect([command, status, status === 0 ? '' : stdout + stderr]).toEqual([command, 0, '']);
  }
});

test('each alert has a moment at which it fires and one at which it does not', () => {
  const moments = TESTS.flatMap(({ alert_rule_test }) => alert_rule_test);
  for (const { alert } of RULES) {
    const own = moments.filter(({ alertname }) => alertname === alert);
    expect([
      alert,
      own.some((one) => one.exp_alerts.length > 0),
      own.some((one) => one.exp_alerts.length === 0),
    ]).toEqual([alert, true, true]);
  }
});

test('the page for operators says what to do about each alert', () => {
  const page = readFileSync('docs/operations.md', 'utf8');
  expect(RULES.filter(({ alert }) => !page.includes(`| \`${alert}\` |`))).toEqual([]);
});

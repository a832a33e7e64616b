// Fails on a known vulnerability of a package that ships, unless deploy/audit-exceptions.json says why it does not reach the
// platform: {"advisory": "GHSA-...", "reason": "...", "date": "YYYY-MM-DD"}. An exception that no longer applies fails too.
// Where the registry does not answer questions about vulnerabilities, it says so and does not fail.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [file = 'deploy/audit-exceptions.json'] = process.argv.slice(2);
const exceptions = JSON.parse(readFileSync(file, 'utf8'));
const faults = exceptions
  .filter(
    ({ advisory, reason, date }) =>
      !(/^GHSA(-\w{4}){3}$/.test(advisory) && reason?.length >= 20 && /^\d{4}-\d\d-\d\d$/.test(date)),
  )
  .map((one) => `${JSON.stringify(one)} needs advisory (GHSA-...), reason (20 letters or more) and date (YYYY-MM-DD)`);

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const report = JSON.parse(stdout);
if (report.vulnerabilities === undefined)
  console.log(`npm audit: not checked, the registry does not answer (${report.message ?? report.error?.summary})`);
else {
  const advisories = new Map();
  for (const { via } of Object.values(report.vulnerabilities))
    for (const one of via)
      if (one.url) advisories.set(one.url.split('/').at(-1), `${one.name}: ${one.title} (${one.url})`);
  const excepted = new Set(exceptions.map(({ advisory }) => advisory));
  for (const [advisory, what] of advisories) if (!excepted.has(advisory)) faults.push(what);
  for (const advisory of excepted)
    if (!advisories.has(advisory)) faults.push(`${advisory} no longer applies: remove it from ${file}`);
  console.log(`npm audit: ${advisories.size} advisories, ${excepted.size} exceptions`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

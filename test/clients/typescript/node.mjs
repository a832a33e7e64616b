import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { run } from './out/main.js';

const { TESSELLATE_URL, TESSELLATE_KEY, WEATHER_FILE } = process.env;
const { pdf, ...outcome } = await run(TESSELLATE_URL, TESSELLATE_KEY, await openAsBlob(WEATHER_FILE));
await writeFile('report.pdf', pdf);
console.log(JSON.stringify(outcome));

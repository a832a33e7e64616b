/**
 * The systems that the platform is compared with, in a separate process: a worker of the bare workflow, and an Express
 * route that runs one SELECT by primary key. `bare-process TEMPORAL_ADDRESS DATABASE_URL`; prints the route's port.
 */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import express from 'express';
import pg from 'pg';

const [address, databaseUrl] = process.argv.slice(2);
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue: 'bench-bare',
  workflowsPath: fileURLToPath(new URL(`./bare-workflow${extension}`, import.meta.url)),
  activities: { nothing: () => Promise.resolve() },
});
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const app = express();
app.get('/jobs/:id', async (request, response) => {
  const { rows } = await pool.query('SELECT * FROM jobs WHERE id = $1', [request.params.id]);
  response.json(rows[0]);
});
const server = app.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
process.once('SIGTERM', () => worker.shutdown());
await worker.run();
process.exit(0);

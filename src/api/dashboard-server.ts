/** The dashboard as a server of its own: its files, and everything else from an API at another address. */
import { type IncomingMessage, request as httpRequest, type Server } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import compression from 'compression';
import express, { type Request, type Response } from 'express';
import helmet from 'helmet';
import { CONTENT_SECURITY, dashboardFiles, dashboardPage } from './dashboard.ts';

/** Headers that are about one connection (RFC 9110, 7.6.1) */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];
const passedOn = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name)));

/** Hands a request to the API, whose session cookies need the browser's own host, and its answer back, also as a stream. */
function forward(api: URL, request: Request, response: Response): void {
  const send = api.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = {
    ...passedOn(request.headers),
    'x-forwarded-for': [request.get('x-forwarded-for'), request.socket.remoteAddress].filter(Boolean).join(', '),
    'x-forwarded-host': request.get('host') ?? '',
    'x-forwarded-proto': request.get('x-forwarded-proto') ?? request.protocol,
  };
  const passed = send(new URL(request.originalUrl, api), { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers));
    // A browser that leaves ends the request at the API too.
    pipeline(answer, response, () => passed.destroy());
  });
  passed.on('error', (error) => {
    if (response.headersSent) return void response.destroy();
    const problem = {
      type: '/docs/errors/service.unavailable',
      title: 'The API cannot be reached',
      status: 503,
      code: 'service.unavailable',
      detail: `${api.origin}: ${error.message}`,
      fix: 'Try again in a moment. If it remains, check that the API runs at this address.',
    };
    response.status(503).type('application/problem+json').send(JSON.stringify(problem));
  });
  pipeline(request, passed, () => undefined);
}

/** Starts the server. @param apiUrl address of the API as this server reaches it */
export function startDashboard(apiUrl: string, port: number, host?: string): Promise<Server> {
  const api = new URL(apiUrl);
  const app = express();
  app.disable('x-powered-by');
  // The answers of the API have headers of their own.
  const own = express.Router();
  own.use(helmet({ contentSecurityPolicy: { directives: CONTENT_SECURITY } }));
  own.use('/assets', compression());
  own.use(dashboardFiles(), dashboardPage());
  app.use((request, response) => {
    own(request, response, () => {
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      forward(api, request, response);
    });
  });
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host ?? '0.0.0.0', (error?: Error) => (error ? reject(error) : resolve(server)));
  });
}

import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { guardedSender } from './post.ts';

/** What the receiver does with a connection once the request has arrived */
let answer: (socket: Socket) => void;
let server: Server;
let url = '';
const sockets = new Set<Socket>();
const sender = guardedSender({ ports: [], allowLoopback: true }, 3_000);

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
});
afterAll(() => {
  sender.destroy();
  for (const socket of sockets) socket.destroy();
  server.close();
});
const post = () => sender.post(url, { 'content-type': 'application/json' }, '{}');

describe('a status that has arrived counts', () => {
  test('although its body drips on', async () => {
    let drip: NodeJS.Timeout | undefined;
    answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nbegun');
      drip = setInterval(() => socket.write('.'), 50);
      socket.once('close', () => clearInterval(drip));
    };
    const { statusCode, body } = await post();
    clearInterval(drip);
    expect(statusCode).toBe(200);
    expect(body).toMatch(/^begun\.*$/);
  });

  test('although its body breaks off', async () => {
    answer = (socket) => {
      socket.write('HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 100\r\n\r\nhalf');
      setTimeout(() => socket.destroy(), 50);
    };
    expect(await post()).toEqual({ statusCode: 503, retryAfter: '7', body: 'half' });
  });

  test('after 100 Continue and 103 Early Hints, for which nobody asked', async () => {
    answer = (socket) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n');
      setTimeout(() => socket.end('HTTP/1.1 204 No Content\r\n\r\n'), 50);
    };
    expect(await post()).toMatchObject({ statusCode: 204, body: '' });
  });

  test('with the first 4 kB of a long body, without characters that cannot be stored', async () => {
    answer = (socket) => void socket.end(`HTTP/1.1 200 OK\r\n\r\n${'a\0'.repeat(10_000)}`);
    const { statusCode, body } = await post();
    expect([statusCode, body]).toEqual([200, 'a'.repeat(2048)]);
  });
});

test('no status in time is an error', async () => {
  answer = (socket) => void socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  await expect(post()).rejects.toThrow('no answer within 3 s');
});

test('a connection that the receiver closed while it was free is opened again', async () => {
  let requests = 0;
  answer = (socket) => {
    requests++;
    // The second request meets a connection that ends.
    if (requests === 2) socket.resetAndDestroy();
    else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  };
  expect((await post()).statusCode).toBe(200);
  await new Promise((resolve) => setImmediate(resolve)); // the connection is free a tick after its answer's end
  expect((await post()).statusCode).toBe(200);
  expect(requests).toBe(3);
});

import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { REQUEST_DAMAGED } from '../../domain/api.ts';

/** What Node's HTTP parser and its timers say, and how a client is told. */
const STATUSES: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'too-slow', 'the request did not come in time'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Content Too Large', 'body-too-large', 'the chunk extensions are too large'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', REQUEST_DAMAGED, 'the headers are too large'],
};

/** Answers what is not HTTP, in the words of every other failure, and hangs up. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, message] = STATUSES[error.code ?? ''] ?? ['400 Bad Request', REQUEST_DAMAGED, 'this is not an HTTP request'];
  const body = JSON.stringify({ code, message });
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}

/** Answers a request that has no route because its path cannot be read. */
export function answerUnreadablePath(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(error.statusCode ?? 400).send({ code: REQUEST_DAMAGED, message: 'the path of this request cannot be read' });
}

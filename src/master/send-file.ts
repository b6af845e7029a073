import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReconError } from '../domain/errors.ts';
import { fileFacts, readRange } from '../platform/file-reader.ts';
import { parseRange } from './http-range.ts';

export interface SentFile {
  path: string;
  /** what the client asked for, for messages */
  name: string;
  contentType?: string;
  /** strong entity tag without quotes; from size and time when missing */
  tag?: string;
  /** called about every 2 s while bytes flow and at the end; `bytes` counts from the start of the file */
  onProgress?: (progress: { bytes: number; totalBytes: number }) => void;
}

const PROGRESS_INTERVAL_MS = 2000;

/**
 * Answers GET and HEAD with a file: Range, If-Range, ETag, Content-Length.
 * @throws ReconError `not-found`
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: SentFile): Promise<FastifyReply> {
  const facts = await fileFacts(file.path);
  if (facts === undefined) throw new ReconError('not-found', `there is no ${file.name} here`);
  const { sizeBytes } = facts;
  const tag = `"${file.tag ?? `${sizeBytes.toString(16)}-${Math.round(facts.modifiedMs).toString(16)}`}"`;
  reply.header('accept-ranges', 'bytes').header('etag', tag);
  reply.type(file.contentType ?? 'application/octet-stream');
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  const ifRange = request.headers['if-range'];
  const range = parseRange(ifRange === undefined || ifRange === tag ? request.headers.range : undefined, sizeBytes);
  if (range.kind === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send();
  const { first, last } = range.kind === 'part' ? range : { first: 0, last: sizeBytes - 1 };
  if (range.kind === 'part') reply.code(206).header('content-range', `bytes ${first}-${last}/${sizeBytes}`);
  reply.header('content-length', last - first + 1);
  if (request.method === 'HEAD' || sizeBytes === 0) return reply.send();
  if (file.onProgress !== undefined) watchTransfer(request, reply, { first, last, sizeBytes }, file.onProgress);
  return reply.send(readRange(file.path, first, last));
}

/** The socket counts what it was given anyway; looking at it now and then costs nothing per chunk. */
function watchTransfer(
  { socket }: FastifyRequest,
  { raw }: FastifyReply,
  { first, last, sizeBytes }: { first: number; last: number; sizeBytes: number },
  onProgress: NonNullable<SentFile['onProgress']>,
): void {
  const before = socket.bytesWritten;
  const bytes = (): number => Math.min(first + Math.max(0, socket.bytesWritten - before), last + 1);
  const timer = setInterval(() => onProgress({ bytes: bytes(), totalBytes: sizeBytes }), PROGRESS_INTERVAL_MS);
  raw.once('close', () => {
    clearInterval(timer);
    onProgress({ bytes: raw.writableFinished ? last + 1 : Math.min(bytes(), last), totalBytes: sizeBytes });
  });
}

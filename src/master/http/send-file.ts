import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { fileFacts, readRange } from '../../platform/files/file-reader.ts';
import { parseRange } from './http-range.ts';
import { readAhead } from './read-ahead.ts';

export interface SentFile {
  path: string;
  /** what the client asked for, for messages */
  name: string;
  contentType?: string;
  /** strong entity tag without quotes; from size and time when missing */
  tag?: string;
  /** called about every 2 s while bytes flow, not while none do, and at the end */
  onProgress?: (progress: TransferProgress) => void;
}

export interface TransferProgress {
  /** counted from the start of the file */
  bytes: number;
  totalBytes: number;
  /** mean of this transfer */
  bytesPerSecond: number;
  /** offset of the first byte, when it was not the file's first */
  resumedAtBytes?: number;
}

const PROGRESS_INTERVAL_MS = 2000;

const slices = readAhead();

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
  const slice = slices.take();
  reply.raw.once('close', slice.giveBack);
  return reply.send(readRange(file.path, first, last, slice.sizeBytes));
}

/** The socket counts what it was given anyway; looking at it now and then costs nothing per chunk. */
function watchTransfer(
  { socket }: FastifyRequest,
  { raw }: FastifyReply,
  { first, last, sizeBytes }: { first: number; last: number; sizeBytes: number },
  onProgress: NonNullable<SentFile['onProgress']>,
): void {
  const before = socket.bytesWritten;
  const startedMs = performance.now();
  let reported = -1;
  const report = (bytes: number): void => {
    reported = bytes;
    const seconds = Math.max(0.001, (performance.now() - startedMs) / 1000);
    const bytesPerSecond = Math.round((bytes - first) / seconds);
    onProgress({ bytes, totalBytes: sizeBytes, bytesPerSecond, ...(first === 0 ? {} : { resumedAtBytes: first }) });
  };
  const bytes = (): number => Math.min(first + Math.max(0, socket.bytesWritten - before), last + 1);
  const timer = setInterval(() => {
    if (bytes() !== reported) report(bytes());
  }, PROGRESS_INTERVAL_MS);
  raw.once('close', () => {
    clearInterval(timer);
    report(raw.writableFinished ? last + 1 : Math.min(bytes(), last));
  });
}

import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { type OpenedFile, openToRead } from '../../platform/files/file-reader.ts';
import { parseRange } from './http-range.ts';
import { fileTransfers } from './transfer/file-transfers.ts';

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

const transfers = fileTransfers();

/**
 * Answers GET and HEAD with a file: Range, If-Range, ETag, Content-Length. Resolves when the answer has begun.
 * @throws ReconError `not-found`
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: SentFile): Promise<FastifyReply> {
  const opened = await openToRead(file.path);
  if (opened === undefined) throw new ReconError('not-found', `there is no ${file.name} here`);
  const part = answerHead(request, reply, file, opened);
  if (part === undefined) {
    await opened.close();
    return reply.send();
  }
  if (file.onProgress !== undefined) watchTransfer(request, reply, { ...part, sizeBytes: opened.sizeBytes }, file.onProgress);
  const { raw } = reply.hijack();
  raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders);
  void transfers.send({ ...part, file: opened, response: raw, socket: request.raw.socket });
  return reply;
}

/** Status and headers; the part of the file that follows, or undefined when nothing does. */
function answerHead(
  { headers, method }: FastifyRequest,
  reply: FastifyReply,
  file: SentFile,
  { sizeBytes, modifiedMs }: OpenedFile,
): { first: number; last: number } | undefined {
  const tag = `"${file.tag ?? `${sizeBytes.toString(16)}-${Math.round(modifiedMs).toString(16)}`}"`;
  reply.header('accept-ranges', 'bytes').header('etag', tag);
  reply.type(file.contentType ?? 'application/octet-stream');
  if (headers['if-none-match'] === tag) {
    reply.code(304);
    return undefined;
  }
  const ifRange = headers['if-range'];
  const range = parseRange(ifRange === undefined || ifRange === tag ? headers.range : undefined, sizeBytes);
  if (range.kind === 'unsatisfiable') {
    reply.code(416).header('content-range', `bytes */${sizeBytes}`);
    return undefined;
  }
  const { first, last } = range.kind === 'part' ? range : { first: 0, last: sizeBytes - 1 };
  if (range.kind === 'part') reply.code(206).header('content-range', `bytes ${first}-${last}/${sizeBytes}`);
  reply.header('content-length', last - first + 1);
  return method === 'HEAD' || sizeBytes === 0 ? undefined : { first, last };
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

import { createHash } from 'node:crypto';
import { CAPTURE_HEADER, PATHS, type Receipt } from '../../../domain/api.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';

/** The head of an HTTP request; header names in lower case. */
export interface RequestHead {
  method: string;
  path: string;
  headers: ReadonlyMap<string, string>;
  contentBytes: number;
}

export interface MasterAnswer {
  /** with the empty line at its end */
  headText: string;
  text: string;
  /** the part of the root image that follows */
  image?: { fromBytes: number; endBytes: number };
  /** name of the file that the body is kept as */
  keep?: 'capture.tgz' | 'record.json';
}

/** Reads what stands before the empty line of a request. RFC 9112, sections 3 and 5. */
export function parseRequestHead(text: string): RequestHead {
  const [first = '', ...lines] = text.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
    }),
  );
  return { method, path, headers, contentBytes: Number(headers.get('content-length') ?? 0) };
}

/** The name of the root image below the path where a master has it. */
export const ROOT_IMAGE = 'root.squashfs';

/**
 * What a master would say: the root image, whole or from a byte on; no workload, so that the image's own collectors work; a receipt for what was
 * delivered, with its sha256.
 */
export function answerTo(head: RequestHead, body: Uint8Array, imageBytes: number): MasterAnswer {
  const { method, path, headers } = head;
  if (path === `${PATHS.install}${ROOT_IMAGE}`) return imageAnswer(method, headers.get('range'), imageBytes);
  if (method === 'PUT' && path.endsWith('/capture')) return { ...json(200, { stored: true }), keep: 'capture.tgz' };
  if (method === 'PUT' && path.endsWith('/record')) {
    const captureSha256 = headers.get(CAPTURE_HEADER);
    const receipt: Receipt = {
      recordSha256: createHash('sha256').update(body).digest('hex'),
      ...definedOnly({ captureSha256 }),
      ...{ revision: 1, storage: 'ram', masterSequence: 1 },
    };
    return { ...json(201, receipt), keep: 'record.json' };
  }
  if (method === 'POST') return json(200, {});
  return json(404, { code: 'not-found', message: `there is no ${path}` });
}

function imageAnswer(method: string, range: string | undefined, imageBytes: number): MasterAnswer {
  const fromBytes = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const status =
    range === undefined ? '200 OK' : `206 Partial Content\r\nContent-Range: bytes ${fromBytes}-${imageBytes - 1}/${imageBytes}`;
  const headText = `HTTP/1.1 ${status}\r\nContent-Length: ${imageBytes - fromBytes}\r\nConnection: close\r\n\r\n`;
  return { headText, text: '', ...(method === 'HEAD' ? {} : { image: { fromBytes, endBytes: imageBytes } }) };
}

function json(status: number, value: unknown): MasterAnswer {
  const text = JSON.stringify(value);
  const head = [
    `HTTP/1.1 ${status} -`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  return { headText: `${head.join('\r\n')}\r\n\r\n`, text };
}

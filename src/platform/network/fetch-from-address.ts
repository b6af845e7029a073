import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

const STALL_MS = 60_000;

/**
 * A `fetch` of plain HTTP whose connections come from one address of this machine, for example one of many of 127.0.0.0/8; each is a connection of its own.
 * As far as our own programs use it: bodies are bytes, and the answer is read whole.
 */
export function fetchFromAddress(address: string): typeof globalThis.fetch {
  return async (url, init = {}) => {
    const { method = 'GET', body, signal } = init;
    const bytes = body instanceof Uint8Array ? body : undefined;
    const headers = Object.fromEntries(new Headers(init.headers));
    const answer = await new Promise<Response>((resolve, reject) => {
      const sent = request(String(url), {
        ...{ method, localAddress: address, agent: false },
        headers: { ...headers, ...(bytes === undefined ? {} : { 'content-length': String(bytes.length) }) },
        ...(signal === undefined || signal === null ? {} : { signal }),
      });
      sent.setTimeout(STALL_MS, () => sent.destroy(new Error(`nothing moved for ${STALL_MS / 1000} s`)));
      sent.once('error', reject);
      sent.once('response', (reply) => {
        const { statusCode: status = 0 } = reply;
        const texts = Object.entries(reply.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
        buffer(reply).then(
          (content) =>
            resolve(
              new Response(status === 204 || status === 304 ? null : new Uint8Array(content), {
                status,
                headers: texts.map(([name, value]): [string, string] => [name, value]),
              }),
            ),
          reject,
        );
      });
      sent.end(bytes);
    }).catch((cause: unknown) => {
      // the words of the global one, which our programs know
      throw new TypeError('fetch failed', { cause });
    });
    return answer;
  };
}

/** A master for one peer: takes what comes, promises it, and notes each request as a line of JSON. Argument: a post.tgz, which may come later. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { CAPTURE_HEADER, type Receipt } from '../../../src/domain/api.ts';

const [, , post = ''] = process.argv;
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

createServer(async (request, response) => {
  const path = request.url ?? '';
  const body = await buffer(request);
  const answer = (status: number, content: string | Buffer = ''): unknown => response.writeHead(status).end(content);
  if (path === '/post.tgz')
    return readFile(post).then(
      (bytes) => answer(200, bytes),
      () => answer(503),
    );
  if (path.endsWith('/progress')) {
    say({ progress: JSON.parse(body.toString('utf8')) });
    return answer(204);
  }
  if (path.endsWith('/capture')) {
    const lines = gunzipSync(body).toString('utf8').trim().split('\n');
    for (const line of lines) {
      const { path: name, base64 } = JSON.parse(line);
      const text = Buffer.from(base64, 'base64').toString('utf8');
      if (name === 'capture.json') for (const { id, status } of JSON.parse(text).commands) say({ command: id, status });
      if (/^raw\/(custom-|ip-link)/.test(name) && name.endsWith('.out')) say({ output: name, text });
    }
    return answer(200, '{}');
  }
  if (!path.endsWith('/record')) return answer(404);
  const receipt: Receipt = {
    recordSha256: createHash('sha256').update(body).digest('hex'),
    revision: 1,
    storage: 'stick',
    masterSequence: 1,
  };
  const captureSha256 = request.headers[CAPTURE_HEADER];
  say({ record: path });
  return answer(200, JSON.stringify({ ...receipt, ...(typeof captureSha256 === 'string' ? { captureSha256 } : {}) }));
}).listen(80, () => say({ listening: true }));

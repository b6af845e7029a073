import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { PATHS } from '../../src/domain/api.ts';
import { sealNow } from '../../src/service/seal-now.ts';

/** A master that answers each path once. */
async function master(answers: Record<string, readonly [status: number, body: string]>) {
  const server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ''] ?? [404, 'nothing'];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, [Symbol.asyncDispose]: async () => void server.close() };
}

test('a refusal is told in the words of the master, with what to try, and not as it came over the wire', async () => {
  const body = JSON.stringify({ code: 'disk-full', message: 'there is no room for recon-a.tar.gz', hint: 'Seal without raw captures.' });
  await using full = await master({ [PATHS.seal]: [503, body], [PATHS.sealWithoutCaptures]: [502, '<html>'] });
  const { port } = full;
  await assert.rejects(sealNow({ port }), {
    ...{ code: 'disk-full', exitCode: 1 },
    ...{ message: 'the master could not seal: there is no room for recon-a.tar.gz', hint: 'Seal without raw captures.' },
  });
  await assert.rejects(sealNow({ port, lean: true }), { code: 'master-unreachable', message: 'the master could not seal: <html>' });
});

test('what was sealed is said in a sentence, also without raw captures', async () => {
  const body = JSON.stringify({ name: 'recon-a.tar.gz', sizeBytes: 1234, sha256: 'ab', machines: 1 });
  await using good = await master({ [PATHS.seal]: [200, body], [PATHS.sealWithoutCaptures]: [200, body] });
  const { port } = good;
  assert.equal(await sealNow({ port }), 'sealed recon-a.tar.gz: 1 machine, 1234 bytes, SHA-256 ab');
  assert.equal(await sealNow({ port, lean: true }), 'sealed recon-a.tar.gz: 1 machine without raw captures, 1234 bytes, SHA-256 ab');
});

test('where no master answers that is said', async () => {
  await using gone = await master({});
  await gone[Symbol.asyncDispose]();
  await assert.rejects(sealNow({ port: gone.port }), { code: 'master-unreachable', hint: 'systemctl status recon' });
});

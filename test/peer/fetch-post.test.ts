import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchPost } from '../../src/peer/fetch-post.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type FakeMaster, type FakePeer, fakePeer, refusedConnection } from './fake-peer.ts';

const POST = 'the workload';
const status =
  (code: number, headers: Record<string, string> = {}): FakeMaster =>
  () =>
    new Response('', { status: code, headers });

/** Asks a master that gives these answers first and then the workload. */
async function ask(...answers: FakeMaster[]): Promise<{ peer: FakePeer; post: string | undefined }> {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, (request) => (answers.shift() ?? (() => new Response(POST)))(request));
  return { peer, post: (await fetchPost(peer))?.toString() };
}

test('a master that answers at once is not waited for', async () => {
  const { peer, post } = await ask();
  assert.equal(post, POST);
  assert.deepEqual([peer.waits, peer.lines], [[], []]);
});

test('each wait is twice the one before, and the next time they start anew', async () => {
  for (const _ of ['once', 'again']) {
    const { peer, post } = await ask(refusedConnection, status(500), status(503), refusedConnection);
    assert.equal(post, POST);
    assert.deepEqual(peer.waits, [750, 1500, 3000, 6000]);
  }
});

test('a master without a workload is believed at once; one that only has no time is asked again', async () => {
  for (const code of [400, 404, 410, 499]) {
    const { peer, post } = await ask(status(code));
    assert.deepEqual([post, peer.waits], [undefined, []], String(code));
    assert.match(peer.lines.join(' '), new RegExp(`HTTP status ${code}`));
  }
  for (const code of [202, 302, 408, 425, 429, 500]) {
    const { peer, post } = await ask(status(code));
    assert.deepEqual([post, peer.waits], [POST, [750]], String(code));
  }
});

test('what the master asks for is waited, unless patience ends before', async () => {
  const { peer, post } = await ask(status(503, { 'retry-after': '90' }));
  // an eighth more, by chance
  assert.deepEqual([post, peer.waits], [POST, [101_250]]);
  const long = await ask(status(503, { 'retry-after': '110' }));
  assert.deepEqual([long.post, long.peer.waits], [undefined, []]);
});

test('patience ends after two minutes, and no wait goes beyond it', async () => {
  const { peer, post } = await ask(...Array.from({ length: 20 }, () => refusedConnection));
  assert.equal(post, undefined);
  assert.deepEqual(peer.waits, [750, 1500, 3000, 6000, 12_000, 24_000, 45_000]);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { Progress, TOKEN_HEADER } from '../../src/domain/api.ts';
import { progressReporter } from '../../src/peer/progress.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { fakePeer, refusedConnection, TOKEN } from './fake-peer.ts';

test('one report at a time; of those that wait the newest of each stage goes', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  let open = 0;
  let most = 0;
  const peer = await fakePeer(directory.path, async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return new Response(undefined, { status: 204 });
  });
  const progress = progressReporter(peer);
  progress.report('agent');
  for (const id of ['dmidecode', 'lscpu', 'lspci']) progress.report('collect', `${id}: ok`);
  progress.report('upload');
  await progress.settled();
  progress.report('power-off', 'x'.repeat(5000));
  await progress.settled();
  const sent = peer.requests.map(({ body }) => Progress.parse(JSON.parse(body.toString('utf8'))));
  assert.deepEqual(
    sent.map(({ stage, detail }) => [stage, detail?.slice(0, 20)]),
    [
      ['agent', undefined],
      ['collect', 'lspci: ok'],
      ['upload', undefined],
      ['power-off', 'x'.repeat(20)],
    ],
  );
  assert.equal(most, 1);
  assert.equal(peer.requests[0]?.headers.get(TOKEN_HEADER), TOKEN);
  assert.equal(peer.requests[0]?.path, '/nodes/52-54-00-aa-00-01/progress');
});

test('a master that is away or refuses hinders nothing', async () => {
  for (const master of [refusedConnection, () => new Response('no', { status: 403 })]) {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await fakePeer(directory.path, master);
    const progress = progressReporter(peer);
    progress.report('agent');
    await progress.settled();
    progress.report('collect');
    await progress.settled();
    const reports = peer.requests.filter(({ path }) => path.endsWith('/progress'));
    assert.equal(reports.length, 2);
    assert.ok(peer.requests.length <= 3, 'who gives no new token is not asked again with each report');
  }
});

test('a token that the master has forgotten is asked for anew, and the same report is sent with it', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const renewed = 'cd'.repeat(32);
  const peer = await fakePeer(directory.path, ({ path, headers }) => {
    if (path.endsWith('/token')) return new Response(renewed);
    return new Response(undefined, { status: headers.get(TOKEN_HEADER) === renewed ? 204 : 403 });
  });
  const progress = progressReporter(peer);
  for (const detail of ['one', 'two']) {
    progress.report('collect', detail);
    await progress.settled();
  }
  assert.deepEqual(
    peer.requests.map(({ path, headers }) => [path.replace(/.*\//, ''), headers.get(TOKEN_HEADER)]),
    [
      ['progress', TOKEN],
      ['token', null],
      ['progress', renewed],
      ['progress', renewed],
    ],
  );
});

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TOKEN_HEADER } from '../../../src/domain/api.ts';
import { type MachinesFixture, machinesFixture, NODE, STRANGER } from './machines-fixture.ts';

const OCTETS = { 'content-type': 'application/octet-stream' };

async function reporting(head: MachinesFixture, { mac, address } = NODE) {
  await head.ask(`/boot/${mac}`, { from: address });
  const { body } = await head.ask(`/nodes/${mac}/token.cpio`, { from: address });
  const token = /recon-token\0+([0-9a-f]{64})/.exec(body)?.[1] ?? '';
  return async (path: string, body: object | Buffer, change: { from?: string; headers?: Record<string, string> } = {}) =>
    (
      await head.ask(`/nodes/${mac}/${path}`, {
        ...{ method: 'POST', body, from: change.from ?? address },
        headers: { [TOKEN_HEADER]: token, ...(Buffer.isBuffer(body) ? OCTETS : {}), ...change.headers },
      })
    ).status;
}

test('a ramdisk says how far it is and why it stops; the one that comes up has no problem any more', async () => {
  await using head = await machinesFixture();
  const report = await reporting(head);
  const seen = () => head.book.of({ mac: NODE.mac, node: 'node-000' });
  assert.equal(await report('progress', { stage: 'root-image', detail: 'fetching the root', facts: { linkSeconds: 31 } }), 204);
  assert.deepEqual([seen()?.progress?.report.stage, seen()?.linkSeconds, seen()?.problem], ['root-image', 31, undefined]);
  head.clock.ms += 1000;
  assert.equal(await report('progress', { stage: 'root-image', problem: 'kernel-modules', detail: 'the kernel is 6.1' }), 204);
  assert.deepEqual(
    [seen()?.problem?.report.problem, seen()?.problem?.report.detail, seen()?.linkSeconds],
    ['kernel-modules', 'the kernel is 6.1', 31],
  );
  assert.equal(await report('progress', { stage: 'handover' }), 204);
  assert.ok(seen()?.problem, 'what stopped it stays until it is up');
  assert.equal(await report('up', {}), 204);
  assert.equal(seen()?.problem, undefined);
});

test('who is no node may say so too, and its files that arrive are a stage', async () => {
  await using head = await machinesFixture();
  head.setPool({ 'profiles/failsafe.yaml': 'kind: failsafe\nimage: compute-debian-13\n', 'pool.yaml': 'unknown: failsafe\n' });
  assert.equal(await (await reporting(head, { ...STRANGER, path: '' }))('progress', { stage: 'config' }), 204);
  assert.equal(head.book.of({ mac: STRANGER.mac })?.progress?.report.stage, 'config');
});

test('what a machine says is one short line, and never more than data', async () => {
  await using head = await machinesFixture();
  const report = await reporting(head);
  const detail = `<script>\u001b[2J\nexit 1\r\u202e${'x'.repeat(400)}`;
  assert.equal(await report('progress', { stage: 'config', detail, problem: 'made-up', facts: { linkSeconds: -1 } }), 204);
  const { progress, problem, linkSeconds } = head.book.of({ mac: NODE.mac, node: 'node-000' }) ?? {};
  assert.match(progress?.report.detail ?? '', /^<script> \[2J exit 1 x+$/);
  assert.deepEqual([progress?.report.detail?.length, problem, linkSeconds], [300, undefined, undefined]);
  for (const body of [{ stage: 'up' }, { stage: 'gone' }, { stage: 'receipt' }, {}, []]) assert.equal(await report('progress', body), 400);
  const script = await head.ask(`/boot/${NODE.mac}`);
  assert.doesNotMatch(script.body, /script>|exit 1/);
});

test("the kernel's messages are kept, once they come from who they are about", async () => {
  await using head = await machinesFixture();
  const report = await reporting(head);
  assert.equal(await report('dmesg', Buffer.from('[ 0.0] Linux\n')), 204);
  assert.equal(await head.kernelMessages.of(NODE.mac), '[ 0.0] Linux\n');
  assert.equal(head.book.of({ mac: NODE.mac, node: 'node-000' })?.dmesgAt, '2026-11-29T06:00:00.000Z');
  assert.equal(await report('dmesg', Buffer.alloc(64 * 1024 + 1)), 413);
  assert.equal(await report('dmesg', { text: 'x' }), 400);
  for (const [path, body] of [
    ['dmesg', Buffer.from('evil')],
    ['progress', { stage: 'config' }],
  ] as const) {
    assert.equal(await report(path, body, { headers: { [TOKEN_HEADER]: 'ab'.repeat(32) } }), 403, path);
    assert.equal(await report(path, body, { from: '10.10.0.11' }), 403, path);
  }
  assert.equal(await head.kernelMessages.of(NODE.mac), '[ 0.0] Linux\n');
  assert.deepEqual(await readdir(join(head.root, 'dmesg')), ['52-54-00-66-00-01.txt']);
});

test('who reports without end is told to wait, and the others are not', async () => {
  await using head = await machinesFixture();
  const report = await reporting(head);
  const statuses: number[] = [];
  for (let time = 0; time < 40; time += 1) statuses.push(await report('progress', { stage: 'config' }));
  assert.deepEqual([statuses.slice(0, 30), statuses.at(-1)], [Array.from({ length: 30 }, () => 204), 503]);
  const other = { mac: '52:54:00:66:00:03', address: '10.10.0.11', path: '' };
  assert.equal(await (await reporting(head, other))('progress', { stage: 'config' }), 204);
  assert.equal(await report('up', {}), 204, 'that it runs is not told among them');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeSummary } from '../../src/domain/api.ts';
import { lastConsoleLines, withoutEscapes } from '../../src/lab/machine/console-text.ts';
import { parseQmpMessage } from '../../src/lab/machine/qmp.ts';
import { parseNodeAnswer } from '../../src/lab/network/node-list.ts';
import { LAB_PLAN } from '../../src/lab/plan/lab-plan.ts';
import { describeChanges, describePeer } from '../../src/lab/progress.ts';

const PEER = LAB_PLAN.peers[0];
const node = (changes: Partial<NodeSummary>): NodeSummary => ({
  mac: PEER.nics[0]?.mac ?? '',
  stage: 'root-image',
  stages: {},
  hasReceipt: false,
  isMaster: false,
  ...changes,
});

test('a state is said once, and again when it changes', () => {
  const said = new Map<string, string>();
  assert.deepEqual(describeChanges(said, new Map([['peer-bios', 'switched on']])), ['peer-bios    switched on']);
  assert.deepEqual(describeChanges(said, new Map([['peer-bios', 'switched on']])), []);
  assert.deepEqual(describeChanges(said, new Map([['peer-bios', 'off']])), ['peer-bios    off']);
});

test("a peer's state in words", () => {
  assert.equal(describePeer(PEER, [], false), 'switched on');
  assert.equal(describePeer(PEER, [node({ detail: '45 %' })], false), 'root-image (45 %)');
  assert.equal(describePeer(PEER, [node({ stage: 'power-off', hasReceipt: true })], true), 'off, has its receipt');
  assert.equal(describePeer(PEER, [], true), 'off');
});

test("the master's list is read with the difference of the clocks", () => {
  const answer = (body: string): string => `HTTP/1.1 200 OK\r\nDate: Fri, 20 Nov 2026 12:00:10 GMT\r\n\r\n${body}`;
  const nowMs = Date.parse('2026-11-20T12:00:00.500Z');
  assert.deepEqual(parseNodeAnswer(answer(JSON.stringify([node({})])), nowMs), { nodes: [node({})], clockOffsetMs: 10_000 });
  assert.deepEqual(parseNodeAnswer(answer(JSON.stringify({ nodes: [] })), nowMs)?.nodes, []);
  assert.equal(parseNodeAnswer(answer('<html>'), nowMs), undefined);
  assert.equal(parseNodeAnswer('HTTP/1.1 503 Busy\r\n\r\n[]', nowMs), undefined);
});

test('a console line is read without what only a terminal understands', () => {
  assert.equal(withoutEscapes('\u001b[0;32m  OK  \u001b[0m] Started \u001b]0;title\u0007recon\r'), '  OK  ] Started recon');
  assert.equal(withoutEscapes('\u001b[2J\u001b[01;01H\u001b(BGRUB'), 'GRUB');
  assert.equal(
    lastConsoleLines(
      [
        { atMs: 0, text: 'a' },
        { atMs: 0, text: ' ' },
        { atMs: 0, text: 'b' },
      ],
      1,
    ),
    '    b',
  );
  assert.equal(lastConsoleLines([], 3), '(its console is empty)');
});

test("QEMU's messages are told from what is none", () => {
  assert.equal(parseQmpMessage('{"return": {}, "id": 3}')?.id, 3);
  assert.equal(
    parseQmpMessage('{"event": "SHUTDOWN", "data": {"guest": true}, "timestamp": {"seconds": 1, "microseconds": 2}}')?.event,
    'SHUTDOWN',
  );
  assert.equal(parseQmpMessage('{"ret'), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeView } from '../../../src/domain/pool/api-views.ts';
import { conflictText } from '../../../src/pool/remote/conflict-text.ts';
import { nodeListText, nodeText } from '../../../src/pool/remote/node-text.ts';
import { auditCheckText, auditText, tokenListText, userListText } from '../../../src/pool/remote/people-text.ts';
import { changeText, historyText, poolDiffText, revisionText } from '../../../src/pool/remote/pool-text.ts';

const AT = '2026-11-29T06:00:30Z';
const NODE: NodeView = {
  ...{ name: 'node-000', macs: ['52:54:00:66:00:01', '52:54:00:66:00:02'], groups: ['rack1'], place: 'nodes.yaml line 2' },
  ...{ assigned: 'compute@3', next: { choice: 'compute@3', by: 'node', name: 'node-000' }, wouldRun: 'compute@3', wouldDiffer: false },
  seen: { mac: '52:54:00:66:00:01', vendor: 'Dell Inc.', product: 'R650', serial: 'CZ1', runs: 'compute@3', aliveAt: AT },
};

test('a list has a line for each node, and names what is new and what it looks like', () => {
  const once: NodeView = { ...NODE, name: 'n1', next: { choice: 'failsafe', by: 'once' } };
  const frozen: NodeView = { ...NODE, name: 'n2', seen: { mac: NODE.macs[0] ?? '', frozen: { at: AT, why: 'x' } } };
  const stranger = { mac: '52:54:00:66:00:99', askedAt: AT, looksLike: 'node-000', next: { choice: 'local-disk', by: 'unknown' as const } };
  assert.equal(
    nodeListText({ nodes: [NODE, once, frozen], newMachines: [stranger] }),
    `NAME      RUNS       ASSIGNED   NEXT BOOT        LAST SIGN          MAC                   GROUPS  MACHINE         SERIAL
node-000  compute@3  compute@3                   2026-11-29 06:00Z  52:54:00:66:00:01 +1  rack1   Dell Inc. R650  CZ1
n1        compute@3  compute@3  failsafe (once)  2026-11-29 06:00Z  52:54:00:66:00:01 +1  rack1   Dell Inc. R650  CZ1
n2        FROZEN     compute@3                                      52:54:00:66:00:01 +1  rack1

New: recon node adopt MAC --name NAME makes a node of one
52:54:00:66:00:99    2026-11-29 06:00Z  boots local-disk      looks like node-000 with another card: recon node replace-nic
`,
  );
  assert.equal(nodeListText({ nodes: [], newMachines: [] }), 'There is no node yet.\n');
});

test('one node: what is known, and nothing that is not', () => {
  const text = nodeText({
    ...NODE,
    wouldDiffer: true,
    seen: { mac: '', runs: 'compute@2', rootUsedPercent: 81, frozen: { at: AT, why: 'asked twice' } },
  });
  assert.match(text, /^cards {7}52:54:00:66:00:01, 52:54:00:66:00:02$/m);
  assert.match(text, /^runs {8}compute@2, and would come up different$/m);
  assert.match(text, /^root full {3}81 %$/m);
  assert.match(text, /^FROZEN +asked twice; recon node release node-000 lets it go on$/m);
  assert.doesNotMatch(text, /undefined|memory/);
});

test('a node that does not go on: where it is, why, and what to try', () => {
  const problem = { code: 'root-missing', at: AT, sentence: 'the root did not arrive', hint: 'Is its cable in?', isOfLastBoot: true };
  const stage = { name: 'root-image' as const, at: AT, detail: 'fetching the root' };
  const seen = { mac: '52:54:00:66:00:01', askedAt: AT, given: 'compute@3', problem, stage, linkSeconds: 31, dmesgAt: AT };
  const text = nodeText({ ...NODE, seen });
  assert.match(text, /^stage +root-image: loads the root image, fetching the root, 2026-11-29 06:00Z$/m);
  assert.match(text, /^PROBLEM +2026-11-29 06:00Z: the root did not arrive \(Is its cable in\?\)$/m);
  assert.match(text, /^link +after 31 s: the port of the switch waits for spanning tree/m);
  assert.match(text, /^kernel's messages +2026-11-29 06:00Z; recon node show node-000 --dmesg$/m);
  assert.match(nodeListText({ nodes: [{ ...NODE, seen }], newMachines: [] }), /^node-000 +STUCK /m);
  const again = nodeText({ ...NODE, seen: { ...seen, linkSeconds: 3, problem: { ...problem, isOfLastBoot: false } } });
  assert.match(again, /06:00Z, and it boots again: the root/);
  assert.match(again, /^link +after 3 s$/m);
});

test('a conflict shows both sides', () => {
  assert.equal(
    conflictText({
      revision: 6,
      meanwhile: [{ revision: 6, by: 'ada', what: 'node-000: boots recon' }],
      yours: [{ path: 'nodes.yaml', lines: ['-a', '+b'] }],
    }),
    `look at both sides, and repeat it if it is still right
  meanwhile:
    revision 6 by ada: node-000: boots recon
  yours would change in revision 6:
    nodes.yaml
      -a
      +b`,
  );
  assert.match(conflictText({ revision: 6, meanwhile: [], yours: [] }), /nothing: it is so already$/);
});

test('history, one revision, a difference, and what a change has done', () => {
  const revision = { revision: 12, at: AT, by: 'ada', what: 'x' };
  assert.equal(historyText([revision]), '   12  2026-11-29 06:00Z  ada  x\n');
  assert.equal(revisionText({ ...revision, files: { a: 'b', c: '' } }), 'revision 12, 2026-11-29 06:00Z, by ada: x\n\n--- a\nb\n\n--- c\n');
  assert.equal(poolDiffText({ from: 1, to: 2, files: [{ path: 'a', lines: ['-x'] }] }), '--- a, revision 1\n+++ a, revision 2\n-x\n');
  assert.equal(poolDiffText({ from: 1, to: 2, files: [] }), 'revisions 1 and 2 say the same\n');
  assert.equal(changeText({ revision: 2, isChanged: true, what: 'x' }), 'x: revision 2\n');
  assert.equal(changeText({ revision: 2, isChanged: false, what: 'x' }), 'x: it was so already, revision 2\n');
  assert.equal(
    changeText({ revision: 2, isChanged: true, what: 'x', uncommitted: 'git is not installed' }),
    "x: revision 2\ngit does not get the pool's changes, which stand: git is not installed\n",
  );
});

test('users, tokens and the audit', () => {
  assert.equal(
    userListText([
      { name: 'ada', role: 'admin', hasPassword: true },
      { name: 'bob', role: 'operator', groups: ['rack1'], hasPassword: false },
    ]),
    'ada  admin     all nodes\nbob  operator  nodes of rack1  has set no password yet\n',
  );
  assert.match(userListText([]), /recon user add NAME/);
  const token = { id: '0a', name: 'ci', role: 'viewer' as const, groups: [], createdAt: AT, by: 'root' };
  assert.equal(tokenListText([token]), '0a  ci  viewer  nodes of no group  made 2026-11-29 06:00Z by root  for ever\n');
  assert.match(tokenListText([{ ...token, expiresAt: AT }]), /until 2026-11-29 06:00Z\n$/);
  assert.equal(
    auditText([{ number: 1, at: AT, who: 'ada', from: '192.0.2.1', what: 'x', revision: 3, previous: '' }]),
    '    1  2026-11-29 06:00Z  ada  192.0.2.1  x (revision 3)\n',
  );
  assert.equal(auditCheckText({ lines: 3, torn: [] }), 'whole: 3 lines, each carries the sum of the one before\n');
  assert.match(auditCheckText({ lines: 3, torn: [2] }), /a power cut ended line 2\n$/);
  assert.match(auditCheckText({ lines: 3, brokenAt: 2, torn: [] }), /^BROKEN at line 2 of 3/);
});

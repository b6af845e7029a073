import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { poolLine } from '../../../src/pool/api/parts/pool-line.ts';
import { checkedPool } from '../../../src/pool/desk/check-pool.ts';
import { explainNode, factsFromWords } from '../../../src/pool/desk/explain-node.ts';
import { poolOf } from '../decide/pools.ts';

test('a folder that is well, and what is in it', async () => {
  await using folder = await temporaryDirectory('recon-pool-');
  await writeFile(join(folder.path, 'nodes.yaml'), "a: { macs: ['52:54:00:66:00:01'] }\n");
  assert.equal(poolLine(await checkedPool(folder.path)), '1 node, 0 groups, 4 profiles, 0 rules; unknown machines: local-disk');
});

test('a folder that is not: each mistake in a line, and nothing is written', async () => {
  await using folder = await temporaryDirectory('recon-pool-');
  await writeFile(join(folder.path, 'nodes.yaml'), 'a: { macs: [x] }\nb: { mac: y }\n');
  await assert.rejects(checkedPool(folder.path), {
    code: 'pool-broken',
    message: `${folder.path}: 3 mistakes; a folder is taken whole or not at all`,
    hint: /^nodes.yaml line 1: a.macs.0: not a MAC address: x\nnodes.yaml line 2: .*\nnodes.yaml line 2: b: "mac" is not a setting; did you mean "macs"\?$/,
  });
});

test('no folder', async () => {
  await assert.rejects(checkedPool('/nowhere/pool'), { code: 'not-found', message: '/nowhere/pool is no folder of a pool' });
});

const POOL = poolOf({ nodes: { 'node-000': { macs: ['52:54:00:66:00:01'] } }, rules: [{ when: { memoryGiB: '<4' }, boot: 'failsafe' }] });

test('a node, or a machine of nobody by its MAC address, with facts', () => {
  assert.match(explainNode(POOL, 'node-000', {}), /^node-000 boots local-disk\n/);
  assert.match(explainNode(POOL, 'node-000', factsFromWords(['memoryGiB=2', 'vendor=Dell Inc.'])), /^node-000 boots failsafe\n/);
  assert.match(explainNode(POOL, '52-54-00-66-00-99', {}), /→ unknown +decides local-disk; no node has this card\n/);
});

test('what is no node and no fact', () => {
  assert.throws(() => explainNode(POOL, 'node-00', {}), {
    code: 'usage',
    message: 'node-00 is no node, and no MAC address',
    hint: 'Did you mean node-000?',
  });
  for (const word of ['memory=2', 'memoryGiB=much', 'vendor', 'mac=52:54:00:66:00:01'])
    assert.throws(() => factsFromWords([word]), { code: 'usage', message: `${word} is no fact of a machine` }, word);
});

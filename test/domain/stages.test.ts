import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLater, STAGES } from '../../src/domain/stages.ts';

test('the order of a machine on its way', () => {
  assert.deepEqual(
    [...STAGES],
    ['discover', 'offer', 'request', 'ack', 'loader', 'script', 'kernel', 'initrd', 'root-image'].concat([
      ...['config', 'handover', 'up', 'gone', 'agent', 'collect', 'upload'],
      'receipt',
      'power-off',
      'own-disk',
    ]),
  );
});

test('later is later, and nothing is later than itself', () => {
  for (const [at, stage] of STAGES.entries()) {
    assert.equal(isLater(stage, stage), false);
    for (const earlier of STAGES.slice(0, at)) assert.deepEqual([isLater(stage, earlier), isLater(earlier, stage)], [true, false]);
  }
});

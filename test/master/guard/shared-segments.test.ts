import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedSegments } from '../../../src/master/guard/shared-segments.ts';

test('of interfaces on one segment the first is served, until links change', () => {
  const order = ['eno1', 'eno2', 'eno3'];
  const shared = sharedSegments((other, name) => order.indexOf(other) < order.indexOf(name));
  shared.add('eno1', 'eno3');
  assert.deepEqual(order.map(shared.firstOn), [undefined, undefined, 'eno1']);
  shared.forget('eno1');
  assert.deepEqual(order.map(shared.firstOn), [undefined, undefined, undefined]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupBody, memberChange, typedGroup } from '../../../src/pool-page/groups/typed-group.ts';

test('a group goes through its form unchanged; what is empty is not sent', () => {
  const group = { boot: 'compute@3', priority: 10, arguments: ['quiet', 'a=b'], note: 'by the door' };
  assert.deepEqual(groupBody(typedGroup(group)), group);
  assert.deepEqual(groupBody(typedGroup(undefined)), {});
  assert.deepEqual(groupBody({ ...typedGroup(undefined), priority: 'high' }), { priority: 'high' });
});

test('who comes and who goes when a list of names becomes another one, in whatever spelling', () => {
  assert.deepEqual(memberChange(['a', 'b'], ' b, c;d\nb'), { add: ['c', 'd'], remove: ['a'] });
  assert.deepEqual(memberChange(['a'], ''), { add: [], remove: ['a'] });
  assert.deepEqual(memberChange(['a'], 'a\n'), { add: [], remove: [] });
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { lazily, onceEach } from '../../../src/inventory/readings/lazily.ts';

test('a member is made when it is first asked for, once, and may be made from another', () => {
  const made: string[] = [];
  const note = <T>(name: string, value: T): T => {
    made.push(name);
    return value;
  };
  const object = lazily<{ bytes: number; text: string }>({
    bytes: () => note('bytes', 7),
    text: ({ bytes }) => note('text', `${bytes} bytes`),
  });
  assert.deepEqual(made, []);
  assert.deepEqual([object.text, object.text, object.bytes], ['7 bytes', '7 bytes', 7]);
  assert.deepEqual(made, ['bytes', 'text']);
});

test('a member that cannot be made throws each time, and the others stand', () => {
  const object = lazily<{ broken: number; sound: number }>({
    broken: () => {
      throw new Error('the medium is gone');
    },
    sound: () => 1,
  });
  assert.throws(() => object.broken, /the medium is gone/);
  assert.throws(() => object.broken, /the medium is gone/);
  assert.equal(object.sound, 1);
});

test('what belongs to a name is made once, also when it is nothing', () => {
  const asked: string[] = [];
  const of = onceEach((name) => {
    asked.push(name);
    return name === 'sda' ? 1 : undefined;
  });
  assert.deepEqual([of('sda'), of('sdb'), of('sda'), of('sdb')], [1, undefined, 1, undefined]);
  assert.deepEqual(asked, ['sda', 'sdb']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { mediumFaultOf } from '../../../src/platform/files/medium-fault.ts';
import { systemError } from './replace-builtin.ts';

test('each error of the system says of a medium what it means, and others say nothing', () => {
  for (const [code, fault] of [
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read-only'],
    ['EIO', 'failing'],
    ['EUCLEAN', 'failing'],
    ['EBADMSG', 'failing'],
    ['EREMOTEIO', 'failing'],
    ['ETIMEDOUT', 'failing'],
    ['ENODEV', 'gone'],
    ['ENXIO', 'gone'],
    ['ENOMEDIUM', 'gone'],
    ['ESTALE', 'gone'],
    ['ENOTCONN', 'gone'],
    ['ESHUTDOWN', 'gone'],
    ['ENOENT', undefined],
    ['EACCES', undefined],
  ] as const)
    assert.equal(mediumFaultOf(systemError(code)), fault, code);
  assert.equal(mediumFaultOf('EIO'), undefined);
});

test('what caused a failure counts, and a circle of causes ends', () => {
  assert.equal(mediumFaultOf(new ReconError('verify-failed', 'x', { cause: systemError('EIO') })), 'failing');
  const circle: Error & { cause?: unknown } = new Error('x');
  circle.cause = circle;
  assert.equal(mediumFaultOf(circle), undefined);
});

test('five causes deep is looked, and no deeper', () => {
  const behind = (depth: number): Error => (depth === 0 ? systemError('EIO') : new Error('x', { cause: behind(depth - 1) }));
  assert.deepEqual(
    [4, 5].map((depth) => mediumFaultOf(behind(depth))),
    ['failing', undefined],
  );
});

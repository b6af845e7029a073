import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS, type ErrorCode, ReconError } from '../../src/domain/errors.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

test('a call or surroundings that are wrong before any work: exit code 2; work that failed: 1; the infrastructure: 3; done in part: 4; nobody signed it: 5', () => {
  const withCode = (exitCode: number): string[] => CODES.filter((code) => ERRORS[code].exitCode === exitCode);
  assert.deepEqual(withCode(2).sort(), [
    'address-malformed',
    'body-malformed',
    'body-too-large',
    'capture-unreadable',
    'host-unfit',
    'image-faulty',
    'image-used',
    'last-admin',
    'not-found',
    'not-root',
    'not-writable',
    'pool-broken',
    'pool-stale',
    'recipe-unknown',
    'revision-missing',
    'still-used',
    'target-unknown',
    'usage',
  ]);
  assert.deepEqual(withCode(3), ['infrastructure', 'nothing-to-do']);
  assert.deepEqual(withCode(4), ['tarball-incomplete']);
  assert.deepEqual(withCode(5), ['tarball-unsigned']);
  assert.equal([1, 2, 3, 4, 5].flatMap(withCode).length, CODES.length, 'no other exit code');
});

test('every failure is an error for HTTP too, and what a client did wrong is its own', () => {
  for (const code of CODES) assert.ok(ERRORS[code].httpStatus >= 400 && ERRORS[code].httpStatus < 600, code);
  const statuses: Partial<Record<ErrorCode, number>> = {
    'body-too-large': 413,
    'token-wrong': 403,
    'body-malformed': 400,
    'hash-mismatch': 422,
    'attachment-missing': 409,
    'disk-full': 503,
    'not-found': 404,
  };
  for (const [code, status] of Object.entries(statuses)) assert.equal(ERRORS[code as ErrorCode].httpStatus, status, code);
});

test('an error carries its code, hint and cause', () => {
  const cause = new Error('EIO');
  const error = new ReconError('disk-full', 'the stick is full', { hint: 'take a larger one', cause });
  assert.deepEqual(
    [error.name, error.code, error.message, error.hint, error.cause, error.exitCode, error.httpStatus],
    ['ReconError', 'disk-full', 'the stick is full', 'take a larger one', cause, 1, 503],
  );
  assert.ok(!('cause' in new ReconError('usage', 'no cause')), 'a cause that there is not would be printed');
});

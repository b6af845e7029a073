import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteRunning, type WatchedFile } from './watched-files.ts';

test('a file is watched from its beginning, and not from that of another one that had its number', () => {
  const watched = new Map<number, WatchedFile>();
  assert.deepEqual(noteRunning(watched, [{ pid: 7, file: '/a.ts' }], 1000), [{ pid: 7, file: '/a.ts', sinceMs: 1000 }]);
  assert.deepEqual(noteRunning(watched, [{ pid: 7, file: '/a.ts' }], 6000), [{ pid: 7, file: '/a.ts', sinceMs: 1000 }]);
  noteRunning(watched, [], 11_000);
  assert.equal(watched.get(7)?.file, '/a.ts', 'what it left behind has its name');
  assert.deepEqual(noteRunning(watched, [{ pid: 7, file: '/b.ts' }], 900_000), [{ pid: 7, file: '/b.ts', sinceMs: 900_000 }]);
});

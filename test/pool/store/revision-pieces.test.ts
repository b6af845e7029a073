import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Revision } from '../../../src/pool/store/revision.ts';
import { revisionPieces } from '../../../src/pool/store/revision-pieces.ts';

const head = { number: 7, at: '2026-01-02T03:04:05.000Z', by: 'anna', what: 'a "quoted" line', renamed: { from: 'a', to: 'b' } };

for (const [name, files] of Object.entries<Revision['files']>({
  'no file': {},
  'one file': { 'pool.yaml': 'default: local-disk\n' },
  'letters that JSON writes otherwise': { 'a"b': '\u0000\t\\ " \u2028 ü 💾', 'nodes.yaml': '' },
  'a letter of two halves where pieces meet': { 'nodes.yaml': `${'x'.repeat(65_535)}💾${'y'.repeat(70_000)}` },
}))
  test(`a revision in pieces is the JSON of it: ${name}`, () => {
    const pieces = [...revisionPieces({ ...head, files })];
    assert.equal(pieces.join(''), `${JSON.stringify({ ...head, files }, undefined, 1)}\n`);
    assert.ok(pieces.every((piece) => piece.length < 400_000));
  });

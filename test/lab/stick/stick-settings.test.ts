import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { findCollectorTrouble } from '../../../src/lab/stick/stick-settings.ts';
import { fixtureCapture } from '../../inventory/capture-fixture.ts';

const record = (outputs: Record<string, string>): NodeRecord => normalise(fixtureCapture({ outputs }));

test('what the collector said is looked for in every record', () => {
  const good = record({ 'custom-rehearsal': '{"word":"abc"}\n' });
  assert.deepEqual(findCollectorTrouble({ nodes: new Map([['52:54:00:00:00:01', good]]) }, { word: 'abc' }), []);
  const bad = new Map([
    ['52:54:00:00:00:01', good],
    ['52:54:00:00:00:02', record({ 'custom-other': 'x\n' })],
    ['52:54:00:00:00:03', record({})],
  ]);
  const findings = findCollectorTrouble({ nodes: bad }, { word: 'xyz' });
  assert.equal(findings.length, 3);
  assert.match(findings[0] ?? '', /00:01: .* should have said xyz and said .*abc/);
  assert.match(findings[1] ?? '', /00:02: .* and said null/);
  assert.match(findings[2] ?? '', /00:03: custom is absent/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { segmentLines } from '../../../src/service/screen.ts';
import { segmentView } from '../../../src/service/segments/views.ts';
import { ARCHITECTURES } from '../../loaders-there.ts';

const ADDRESS = '10.78.0.1';
const mac = '00:11:22:33:44:55';
const used = [{ code: 'range-used', mac, address: '10.77.0.1' }] as const;
const chosen = { range: { number: 1, subnet: '10.78.0.0/16', addresses: [ADDRESS] as [string] }, used };
const heard = [{ code: 'foreign-traffic', sentence: 'A machine uses 10.78.0.9.', hint: 'Look for it.' }] as const;
const quiet = (more: object): SegmentState => ({ state: 'quiet', ...more });

test('of a segment that is served nothing is said but what is odd there, on the page and on the screen', () => {
  assert.deepEqual(segmentView('eno1', quiet({}), ADDRESS), { interface: 'eno1', state: 'serving', address: ADDRESS });
  assert.deepEqual(segmentView('eno1', quiet({ chosen: { ...chosen, used: [] } }), ADDRESS).sentence, undefined);
  const { sentence, hint } = segmentView('eno1', quiet({ chosen, heard }), ADDRESS);
  assert.match(sentence ?? '', /^Somebody has 10\.77\.0\.1 there .*10\.78\.0\.0\/16\. A machine uses 10\.78\.0\.9\.$/);
  assert.match(hint ?? '', /It is served all the same\. Look for it\.$/);
  assert.deepEqual(segmentLines('eno1', quiet({}), { architectures: ARCHITECTURES }), []);
  assert.match(segmentLines('eno1', quiet({ chosen }), { architectures: ARCHITECTURES }).join(), /Somebody has 10\.77\.0\.1/);
  assert.deepEqual(segmentLines('eno1', quiet({ chosen, heard }), { architectures: ARCHITECTURES }), [
    'eno1: A machine uses 10.78.0.9. It is served all the same. Look for it.',
  ]);
});

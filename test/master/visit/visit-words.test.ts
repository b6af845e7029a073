import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { VisitDecision } from '../../../src/master/visit/decide-visit.ts';
import { visitWords } from '../../../src/master/visit/visit-words.ts';
import { wrapLines } from '../../../src/service/wrap-lines.ts';
import { knownVisit, startOf } from './known-visit.ts';

const june = startOf({ id: 'aaaaaaaa', number: 2, begunAt: '2026-06-03T08:12:00.000Z' });
const may = { visit: startOf(), machines: 40 };

test('what the screen says of the visit', async () => {
  const visit = knownVisit({
    start: june,
    places: [june.place, { site: 'hall-2', product: 'PowerEdge R740', serial: 'C9QM4X1', macs: [] }],
  });
  const decisions: VisitDecision[] = [
    ...(['other-day', 'other-site', 'portable', 'other-machine', 'clock-unset', 'day-unknown'] as const).map((reason) => ({
      decision: 'begin' as const,
      reason,
    })),
    ...(['same-machine', 'machine-of-visit', 'setting'] as const).map((reason) => ({ decision: 'go-on' as const, visit, reason })),
  ];
  const said = decisions.map((decision) => visitWords({ decision, start: june, earlier: [may], machines: 12 }));
  const hidden = knownVisit({ start: { ...june, place: { isHidden: true, macs: [] } } });
  said.push(
    visitWords({ decision: { decision: 'go-on', visit: hidden, reason: 'setting' }, start: hidden.start, earlier: [], machines: 0 }),
  );
  said.push(visitWords({ decision: { decision: 'begin', reason: 'first' }, start: june, earlier: [{ machines: 1 }], machines: 0 }));
  const text = said.map((lines) => lines.map((line) => `${wrapLines(`recon master: ${line}`).join('\n')}\n`).join('')).join('\n');
  assert.equal(text, await readFile(new URL('golden/visit-words.txt', import.meta.url), 'utf8'));
});

test("nothing is said of a stick's first visit, nor of a restart of the service", () => {
  const input = { start: startOf(), earlier: [], machines: 3 };
  assert.deepEqual(visitWords({ ...input, decision: { decision: 'begin', reason: 'first' } }), []);
  assert.deepEqual(visitWords({ ...input, decision: { decision: 'go-on', visit: knownVisit(), reason: 'same-boot' } }), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Consoles } from '../../src/platform/machine/consoles.ts';
import { openScreen, segmentLines } from '../../src/service/screen.ts';
import { ARCHITECTURES } from '../loaders-there.ts';

test('every line begins with who speaks, or is indented, and fits the screen', () => {
  const { screen, lines } = screenOn();
  screen.say('ready', 'machines on eno1 can be powered on now (network boot)');
  screen.say(`no data partition: ${'a reason in many words '.repeat(8)}.`);
  screen.event({ kind: 'fault', part: 'storage', reason: 'r'.repeat(300) });
  assert.ok(lines().length > 6);
  for (const line of lines()) {
    assert.ok(line.length <= 79, line);
    assert.match(line, /^(recon master:| {2})/);
  }
});

test('the lines that people and the rehearsal look for are whole lines', () => {
  const { screen, lines } = screenOn();
  screen.say('ready');
  screen.say('recon-site-20261120T214001Z.tar.gz holds 1000 machines', 'SAFE TO PULL THE STICK as soon as this machine is off.');
  assert.equal(lines()[0], 'recon master: ready');
  assert.ok(lines().some((line) => /safe to pull the stick as soon as this machine is off\./i.test(line)));
});

test('an event that says nothing to a person is not shown', () => {
  const { screen, lines } = screenOn();
  const event = { sequence: 1, at: '2026-11-20T21:40:01Z', mac: '52:54:00:00:00:01', stage: 'offer' } as const;
  screen.event({ kind: 'ledger', event });
  assert.deepEqual(lines(), []);
  screen.event({ kind: 'ledger', event: { ...event, stage: 'receipt' } });
  assert.deepEqual(lines(), ['recon master: 52:54:00:00:00:01 is DONE: its record is stored']);
});

test('states of an interface in words: a refusal has its reasons, each with what to do', () => {
  const reasons = [
    { code: 'default-route', sentence: 'a default route leads here.', hint: 'remove it' },
    { code: 'probe-failed', sentence: 'nobody looked.', hint: 'wait' },
  ] as const;
  assert.deepEqual(segmentLines('eno1', { state: 'refused', reasons: [...reasons] }, { architectures: ARCHITECTURES }), [
    'eno1: NOT served. a default route leads here.',
    'eno1: remove it',
    'eno1: NOT served. nobody looked.',
    'eno1: wait',
  ]);
  assert.deepEqual(segmentLines('eno1', { state: 'quiet' }, { architectures: ARCHITECTURES }), [], 'the master itself says that it serves');
  for (const [state, words] of [
    ['probing', /listening/],
    ['no-link', /no cable/],
    ['gone', /is gone/],
  ] as const) {
    const lines = segmentLines('eno1', { state }, { architectures: ARCHITECTURES });
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', words);
  }
});

function screenOn(): { screen: ReturnType<typeof openScreen>; lines: () => string[] } {
  const written: string[] = [];
  const consoles: Consoles = { write: (text) => void written.push(text), isIdle: true, close: async () => {} };
  return { screen: openScreen(consoles), lines: () => written.join('').split('\n').slice(0, -1) };
}

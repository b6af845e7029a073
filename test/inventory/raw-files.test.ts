import assert from 'node:assert/strict';
import test from 'node:test';
import type { CapturedCommand } from '../../src/domain/capture.ts';
import { explain } from '../../src/inventory/explain.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { fixtureCapture } from './capture-fixture.ts';

const stateOf = (id: string, text: string, command: Partial<CapturedCommand> = {}) => {
  const commands: CapturedCommand[] = [{ id, argv: [id], status: 'ok', durationMs: 1, ...command }];
  const [file] = normalise(fixtureCapture({ outputs: { [id]: text }, commands })).rawFiles ?? [];
  return [file?.state, file?.reason];
};

test('a file that is used as it is has no line', () => {
  assert.deepEqual(stateOf('lsusb', 'Bus 001 Device 002: ID 1234:5678 Maus\n'), [undefined, undefined]);
});

test('a file that was set right is used, and says what was', () => {
  const json = '{"blockdevices": [{"name": "sda", "type": "disk", "label": "A\\x20B",}]}';
  assert.deepEqual(stateOf('lsblk', json), ['used', 'set right: escapes that JSON has not, commas with nothing behind them']);
});

test('empty: nothing in it, or an answer that there is nothing', () => {
  assert.equal(stateOf('lspci', '')[0], 'empty');
  assert.equal(stateOf('lldpctl', '{"lldp": {}}')[0], 'empty');
  assert.equal(stateOf('ipmi-sel-elist', 'SEL has no entries\n')[0], 'empty');
});

test('refused: the tool says so, or its end does', () => {
  const failure = '{"Controllers":[{"Command Status":{"Status":"Failure"},"Response Data":{}}]}';
  assert.deepEqual(stateOf('storcli-x', failure), ['refused', 'the tool answered: Failure']);
  assert.deepEqual(stateOf('lspci', 'pcilib: Permission denied\n'), ['refused', 'pcilib: Permission denied']);
  assert.deepEqual(stateOf('lsblk', 'half a', { status: 'failed', exitCode: 1, reason: 'it broke' }), ['refused', 'it broke']);
});

test('not understood: another form, another release, another name; it is a finding', () => {
  assert.deepEqual(stateOf('lvm-vgs', '  data 2\n'), [
    'not understood',
    'expected: lvm … --reportformat json, or its table with the headings',
  ]);
  assert.deepEqual(stateOf('lsblk', '{"blockdevices9": [{"n": "sda"}]}'), ['not understood', 'expected: lsblk --json']);
  assert.equal(stateOf('frobnicate', 'x\n')[1], 'no tool of docs/capture.md has files of this name');
  const { findings } = normalise(fixtureCapture({ outputs: { 'ip-address': 'eno1: flags=4163<UP>\n' } }));
  assert.deepEqual(
    findings?.map(({ code, message }) => [code, message]),
    [
      [
        'file-not-understood',
        'the file raw/ip-address.out of the capture was not understood: expected: ip -json -details address, or its text',
      ],
    ],
  );
});

test('each value with the file and line that say it', () => {
  const capture = fixtureCapture({
    outputs: { lsusb: 'Bus 001 Device 002: ID 1234:5678 Maus\nBus 001 Device 003: ID 1234:9abc Tasten\n' },
  });
  const rows = explain(normalise(capture), capture).filter(({ field }) => /name|productId/.test(field));
  assert.deepEqual(
    rows.map(({ field, value, from }) => [field, value, from]),
    [
      ['usb[0].productId', '5678', ['raw/lsusb.out:1']],
      ['usb[0].name', 'Maus', ['raw/lsusb.out:1']],
      ['usb[1].productId', '9abc', ['raw/lsusb.out:2']],
      ['usb[1].name', 'Tasten', ['raw/lsusb.out:2']],
    ],
  );
});

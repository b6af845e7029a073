import assert from 'node:assert/strict';
import test from 'node:test';
import { copiedText, copiedValue, linkedName, linkTarget } from '../../../src/inventory/values/copied-files.ts';
import { fixtureCapture } from '../capture-fixture.ts';

const files = fixtureCapture({
  files: { 'sys/class/net/eth0/address': ' 52:54:00:12:34:56\n', 'sys/block/sda/serial': '  \n', 'proc/version': 'Linux  version\n6.12\n' },
  links: { 'sys/bus/pci/devices/0000:01:00.0/driver': 'sys/bus/pci/drivers/e1000e' },
});

test('a value without the newline behind it; blanks and a missing file are none', () => {
  assert.equal(copiedValue(files, 'sys/class/net/eth0/address'), '52:54:00:12:34:56');
  assert.deepEqual([copiedValue(files, 'sys/block/sda/serial'), copiedValue(files, 'sys/block/sdb/serial')], [undefined, undefined]);
});

test('a text keeps its lines, and a missing one is empty', () => {
  assert.equal(copiedText(files, 'proc/version'), 'Linux  version\n6.12\n');
  assert.equal(copiedText(files, 'proc/cmdline'), '');
});

test('where a link leads, and the last part of it', () => {
  const link = 'sys/bus/pci/devices/0000:01:00.0/driver';
  assert.deepEqual([linkTarget(files, link), linkedName(files, link)], ['sys/bus/pci/drivers/e1000e', 'e1000e']);
  assert.deepEqual([linkTarget(files, 'sys/x'), linkedName(files, 'sys/x')], [undefined, undefined]);
  const { links: _, ...withoutLinks } = files.index;
  assert.equal(linkTarget({ index: withoutLinks }, link), undefined);
});

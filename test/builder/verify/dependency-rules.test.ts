import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyFaults } from '../../../src/builder/verify/dependency-rules.ts';

const DEP = [
  'a/igb.ko.xz: a/dca.ko.xz',
  'a/dca.ko.xz:',
  'b/bfa.ko.xz: b/fc.ko.xz b/scsi.ko.xz',
  'b/fc.ko.xz: b/scsi.ko.xz',
  'b/scsi.ko.xz:',
].join('\n');
const WHOLE = { root: ['r/b/scsi.ko.xz'], initrd: ['i/igb.ko.xz', 'i/dca.ko.xz', 'i/scsi.ko.xz'], archive: ['x/bfa.ko.xz', 'x/fc.ko.xz'] };

test('each module finds what it depends on, in the initrd, behind it and over the root', () => {
  assert.deepEqual(dependencyFaults(DEP, WHOLE), []);
  const without = (part: keyof typeof WHOLE, name: string): string =>
    dependencyFaults(DEP, { ...WHOLE, [part]: WHOLE[part].filter((path) => !path.includes(name)) }).join('; ');
  assert.equal(without('initrd', 'dca'), 'a driver of the initrd needs the module dca, which is not there');
  assert.equal(without('archive', 'fc').match(/needs the module fc/g)?.length, 2);
  assert.equal(without('root', 'scsi'), 'a driver of the archive of rare drivers over the root needs the module scsi, which is not there');
  assert.equal(
    without('initrd', 'scsi'),
    'a driver of the archive of rare drivers behind the initrd needs the module scsi, which is not there',
  );
});

test('a module of the root may stand on one that the initrd loaded', () => {
  assert.deepEqual(dependencyFaults(DEP, { ...WHOLE, root: ['r/igb.ko.xz', 'r/scsi.ko.xz'] }), []);
});

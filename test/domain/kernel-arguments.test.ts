import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  consoleArguments,
  FORBIDDEN_ARGUMENTS,
  GUARD_ARGUMENTS,
  LIVE_ARGUMENTS,
  parseKernelArguments,
} from '../../src/domain/kernel-arguments.ts';

test('nothing that we put on a command line is forbidden', () => {
  for (const argument of [...GUARD_ARGUMENTS, ...LIVE_ARGUMENTS, ...consoleArguments()])
    for (const pattern of FORBIDDEN_ARGUMENTS) assert.doesNotMatch(argument, pattern);
});

test('what makes dracut or KIWI write to a disk is forbidden, in every spelling', () => {
  for (const argument of [
    'rd.live.overlay.persistent',
    'rd.live.overlay.persistent=1',
    'rd.live.overlay=LABEL=cow',
    'rd.live.overlay.cowfs=ext4',
    'rd.kiwi.live.system=1',
    'rd.writable.fsimg',
    'iso-scan/filename=/recon.iso',
  ]) {
    assert.ok(
      FORBIDDEN_ARGUMENTS.some((pattern) => pattern.test(argument)),
      argument,
    );
  }
});

test('the guard has no argument twice, and no two with one key', () => {
  const keys = GUARD_ARGUMENTS.map((argument) => argument.split('=')[0]);
  assert.equal(new Set(keys).size, keys.length);
});

test('the guard turns off each thing that assembles or activates storage', () => {
  const guard = parseKernelArguments(GUARD_ARGUMENTS.join(' '));
  for (const key of ['rd.auto', 'rd.lvm', 'rd.md', 'rd.dm', 'rd.luks', 'rd.multipath', 'systemd.swap', 'systemd.gpt_auto', 'rd.fstab'])
    assert.equal(guard.get(key), '0', key);
  assert.equal(guard.get('fstab'), 'no');
  assert.equal(guard.get('noresume'), '');
  const denied = guard.get('modprobe.blacklist')?.split(',') ?? [];
  for (const name of ['md_mod', 'raid1', 'raid456', 'dm_raid', 'bcache', 'zfs']) assert.ok(denied.includes(name), name);
});

test('the first serial port of the kernel is the one that every machine has', () => {
  const ports = consoleArguments().filter((argument) => argument.includes('ttyS'));
  assert.deepEqual(ports, ['console=ttyS0,115200n8', 'console=ttyS1,115200n8']);
});

test('/proc/cmdline: bare words, values with "=", the last of two, blanks and the final newline', () => {
  assert.deepEqual(
    [...parseKernelArguments('  quiet root=live:LABEL=X  a=1\ta=2 empty=\n')],
    [
      ['quiet', ''],
      ['root', 'live:LABEL=X'],
      ['a', '2'],
      ['empty', ''],
    ],
  );
  assert.equal(parseKernelArguments('\n').size, 0);
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { GUARD_ARGUMENTS } from '../../../../src/domain/kernel-arguments.ts';
import { writeMatrixInitrd } from '../../../../src/lab/matrix/guest/guest-initrd.ts';
import { changedArguments } from '../../../../src/lab/matrix/mutants/changed-arguments.ts';
import { missingFindings } from '../../../../src/lab/matrix/mutants/phase-findings.ts';
import { phaseScript, phaseWord, turnBytes } from '../../../../src/lab/matrix/mutants/phase-script.ts';
import { PUT_BACK, TEMPTATIONS } from '../../../../src/lab/matrix/mutants/temptations.ts';
import { temporaryDirectory, writeAtomic } from '../../../../src/platform/files/files.ts';
import { run } from '../../../../src/platform/process/command.ts';

test('each guard that is an argument is one of the product', () => {
  for (const { guard } of TEMPTATIONS) {
    if (guard?.includes('=')) assert.ok((GUARD_ARGUMENTS as readonly string[]).includes(guard), guard);
  }
  assert.deepEqual(changedArguments(['a', 'noresume'], { removeArguments: ['noresume'], addArguments: ['b'] }), ['a', 'b']);
  assert.throws(() => changedArguments(['a'], { removeArguments: ['noresume'], addArguments: [] }), /has no noresume/);
});

test('the script of the phases is one that a shell can read, and waits for each turn', async () => {
  const text = phaseScript(TEMPTATIONS, ['true']).join('\n');
  const parsed = await run(['sh', '-n'], { timeoutMs: 60_000, input: text });
  assert.equal(parsed.stderr.toString(), '');
  assert.equal((await run(['sh', '-n'], { timeoutMs: 60_000, input: PUT_BACK.join('\n') })).status, 'ok');
  for (let turn = 1; turn <= 2 * TEMPTATIONS.length; turn++) assert.match(text, new RegExp(`^wait_turn ${turn}$`, 'm'));
  // the console's lines come without blanks at their end
  assert.match('recon-matrix: turn 1', phaseWord(1));
  assert.doesNotMatch('recon-matrix: turn 12', phaseWord(1));
  assert.equal(turnBytes(12).toString('latin1').split(' ')[1], '12');
});

test('a mutant that nobody saw is said so, by disk and by words', () => {
  const expected = { written: 'ext4-crashed', words: [/recovery complete/] } as const;
  assert.deepEqual(missingFindings({ expected }, ['ext4-crashed on virtio: 7 writes', 'the kernel tells: recovery complete']), []);
  assert.deepEqual(missingFindings({ expected }, ['ext4-cow on virtio: 7 writes']), [
    'nobody saw that ext4-crashed was written',
    'nothing says recovery complete',
  ]);
});

test('the initrd has our hook, its files and trees behind the image', async () => {
  await using directory = await temporaryDirectory('recon-matrix-');
  const image = join(directory.path, 'image');
  await writeAtomic(image, 'image');
  const changes = { inInitrd: ['echo in initrd'], inRoot: ['echo in root'], initrdFiles: { 'etc/one.rules': '' }, trees: {} };
  const path = await writeMatrixInitrd(image, changes, join(directory.path, 'parts'));
  const listing = await run(['sh', '-c', 'tail -c +9 "$1" | cpio --quiet -t', 'sh', path], { timeoutMs: 60_000 });
  const names = listing.stdout.toString();
  for (const name of [
    'var/lib/dracut/hooks/pre-pivot/98-recon-matrix.sh',
    'etc/one.rules',
    'recon-matrix/act.sh',
    'recon-matrix/report.sh',
  ])
    assert.ok(names.split('\n').includes(name), `${name} in ${names}`);
});

test('the list of modules denies all that assembles, and the device mapper itself: a plain volume needs no more', async () => {
  const list = await readFile(join(import.meta.dirname, '../../../../overlay/etc/modprobe.d/recon.conf'), 'utf8');
  for (const name of ['md_mod', 'raid1', 'raid456', 'dm_mod', 'dm_raid', 'dm_thin_pool', 'bcache', 'zfs', 'efi_pstore', 'efivarfs'])
    assert.match(list, new RegExp(`^install ${name} /bin/false$`, 'm'));
});

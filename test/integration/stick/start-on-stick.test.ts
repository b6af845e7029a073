import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import type { StartResult } from '../fixtures/start-on-stick.ts';

const isRoot = process.getuid?.() === 0;
const PROGRAM = join(import.meta.dirname, '../fixtures/start-on-stick.ts');
const PORT = 20_000 + (process.pid % 12_000);
const SLOW = { timeoutMs: 60_000 };

it('a master starts on a stick that is full, read-only or out, says so, and goes on with what is on it when it can', {
  skip: isRoot ? false : 'needs root',
}, async () => {
  await using root = await temporaryDirectory('recon-start-');
  const image = join(root.path, 'stick.img');
  await mkdir(join(root.path, 'data'));
  await runOk(['truncate', '--size', '48M', image], SLOW);
  await runOk(['mkfs.ext4', '-q', '-m', '0', image], SLOW);
  const device = (await runOk(['losetup', '--find', '--show', image], SLOW)).trim();
  let output: string;
  try {
    const inside = [process.execPath, PROGRAM, root.path, device, String(PORT)];
    output = await runOk(['unshare', '--mount', '--propagation', 'private', ...inside], { timeoutMs: 300_000 });
  } finally {
    await runOk(['losetup', '--detach', device], SLOW);
  }
  const { steps, told }: StartResult = JSON.parse(output);
  const refused = (what: string, screen: RegExp, upload: RegExp, seal: RegExp): void => {
    assert.match(steps[`upload ${what}`] ?? '', upload);
    assert.match(steps[`screen ${what.replace(/^to/, 'of')}`] ?? '', screen);
    assert.match(steps[`seal ${what.replace(/^to/, 'on')}`] ?? '', seal);
  };
  refused('to a full stick', /^The stick is full: no more records are taken\./, /^503 disk-full: the stick is full: 0 MiB/, /no room/);
  const readOnly = /^the stick is read-only: nothing is stored \(\/dev\/loop\d+ is mounted read-only\)$/;
  refused('to a read-only stick', /^The stick is read-only: nothing is stored\./, /^503 medium-failed: the stick is read-only/, readOnly);
  refused('without a stick', /^The stick is gone: nothing is stored\. Plug it in/, /^503 medium-failed: the stick is gone/, /is gone/);
  const went = Object.entries(steps).filter(([, said]) => /^(revision|back|true|false|\d+ machines|[\d,]*$)/.test(said));
  assert.deepEqual(Object.fromEntries(went), {
    'upload when there is room': 'revision 1',
    'seal when there is room': '1 machines',
    'machine 1 is done': 'true',
    'read-only, back': 'back',
    'upload when it is writable': 'revision 1',
    'upload of machine 3': 'revision 1',
    'without a stick, back': 'back',
    'done then': '03',
    // nobody touches the cut one, whose receipt is there still
    'upload then': 'revision 2',
    'done at last': '03,02',
    'sent to its own disk': 'true',
    'not sent to its own disk': 'false',
    'seal at last': '2 machines',
    'pulled, back': 'back',
    'done with a cut record': '02',
  });
  assert.match(steps['screen with a cut record'] ?? '', /^The tarball is not up to date/);
  // tarballs of before have the records that are not there any more, and stay beside the last one, which has only that of machine 2
  assert.equal(steps['in tarballs'], [1, 2, 3].map((number) => `nodes/52-54-00-00-00-0${number}/node.json`).join());
  assert.ok(told.includes('THE STICK IS BACK, records are stored again; 1 records are not on it any more'), told.join('\n'));
});

import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';
import { EXPORT_FORMATS } from '../../src/report/export/formats/formats.ts';
import { exampleArguments } from '../report/export/example-words.ts';
import { deskTarball } from './desk-fixture.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERIALS = ['S-1', 'S-2', 'S-3'];

test('each format of one file: the same on standard output and with -o FILE; nothing else is said', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const { path } = await deskTarball(directory.path, SERIALS);
  for (const { name } of EXPORT_FORMATS.filter(({ shape }) => shape === 'file')) {
    const printed = await recon('export', path, '--format', name, ...exampleArguments(name));
    const file = join(directory.path, `${name}.out`);
    await writeFile(file, 'an older export');
    const written = await recon('export', path, '--format', name, ...exampleArguments(name), '-o', file);
    assert.deepEqual([printed.exitCode, written.exitCode, written.stdout.toString()], [0, 0, ''], name);
    assert.equal(await readFile(file, 'utf8'), printed.stdout.toString(), name);
    // they leave out machines without a BMC of their own, or without an architecture
    if (!['hosts', 'ipmitool', 'conman', 'powerman', 'prometheus', 'maas'].includes(name))
      assert.match(printed.stdout.toString(), /sn-s-3/, name);
  }
  const left = (await readdir(directory.path)).filter((name) => name.startsWith('.'));
  assert.deepEqual(left, [], 'no half a file is left');
});

test('each format of several files: -o makes the directory, and takes an empty one', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const { path } = await deskTarball(directory.path, SERIALS);
  for (const [name, some] of [
    ['csv', ['dimms.csv', 'disks.csv', 'machines.csv', 'media.csv', 'nics.csv', 'volumes.csv']],
    ['netbox', undefined],
    ['glpi', ['sn-s-1.json', 'sn-s-2.json', 'sn-s-3.json']],
    ['ironic', ['sn-s-1.json', 'sn-s-2.json', 'sn-s-3.json']],
  ] as const) {
    const output = join(directory.path, 'new', name);
    if (name === 'glpi') await mkdir(output, { recursive: true });
    const result = await recon('export', path, '--format', name, '-o', output);
    assert.equal(result.exitCode, 0, result.stderr.toString());
    const files = (await readdir(output)).sort();
    if (some === undefined) assert.equal(files.length, 13);
    else assert.deepEqual(files, some);
  }
});

test('what NetBox has already, by the lists that it exported, is left out and counted', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const { path } = await deskTarball(directory.path, SERIALS);
  const devices = join(directory.path, 'netbox_devices.csv');
  // as some of its versions and spreadsheets save it
  await writeFile(devices, '\uFEFFName;Status;Serial number\r\nweb01;Active;S-1\r\n"web;02";Active;S-2\r\n');
  const sites = join(directory.path, 'netbox_sites.csv');
  await writeFile(sites, 'Name,Status,Slug\nHall 3,Active,hall-3\n');
  const output = join(directory.path, 'new');
  const result = await recon('export', path, '--format', 'netbox', '-o', output, '--known', devices, sites);
  assert.equal(result.exitCode, 0, result.stderr.toString());
  assert.match(result.stderr.toString(), /^warning: left out 2 times: a device that NetBox has$/m);
  assert.match(result.stderr.toString(), /^warning: left out once: a site that NetBox has$/m);
  const text = await readFile(join(output, '05-devices.csv'), 'utf8');
  assert.match(text, /^[^\n]*\nsn-s-3,[^\n]*,Hall 3\r\n$/);
  assert.match(await readFile(join(output, '06-interfaces.csv'), 'utf8'), /^web;02,/m);
});

test('what stands in the way is said in a line with what to try, exit code 2, and nothing is written', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const { path } = await deskTarball(directory.path, SERIALS);
  const taken = join(directory.path, 'taken');
  await mkdir(taken);
  await writeFile(join(taken, 'mine'), 'mine');
  const map = join(directory.path, 'map.yaml');
  await writeFile(map, 'machines:\n  Name: hots\n');
  for (const [words, said] of [
    [['--format', 'netbox'], /^recon: netbox makes several files\n {2}try: -o with a new directory for them\n$/],
    [['--format', 'xlsx'], /^recon: xlsx is no text for a terminal\n {2}try: -o machines\.xlsx\n$/],
    [['--format', 'xlsx', '-o', taken], /^recon: cannot write .*taken: EISDIR/],
    [['--format', 'netbox', '-o', taken], /taken is not empty\n {2}try: name a new directory with -o\n$/],
    [['--format', 'csv', '-o', join(taken, 'mine')], /^recon: cannot write to .*mine: EEXIST/],
    [['--format', 'csv', '-o', join(taken, 'mine/below')], /^recon: cannot write to .*below: ENOTDIR/],
    [['--format', 'hosts', '-o', taken], /^recon: cannot write .*taken: EISDIR/],
    [['--format', 'hosts', '-o', join(directory.path, 'no/such/hosts')], /^recon: cannot write .*hosts: ENOENT/],
    [['--format', 'netbxo', '-o', 'x'], /^recon: there is no export format "netbxo"\n {2}try: --format netbox\n$/],
    [['--format', 'keaa'], /try: --format kea\n$/],
    [['--format', 'something-else'], /try: one of: jsonl, csv, xlsx, netbox, /],
    [['--format', 'kea', '--map', map], /^recon: kea takes no --map\n {2}try: leave it out, or --format csv\n$/],
    [
      ['--format', 'csv', '-o', join(taken, 'no'), '--map', map],
      /map\.yaml line 2: machines\.Name: machines has no column "hots"; did you mean "host"/,
    ],
    [
      ['--format', 'csv', '-o', join(taken, 'no'), '--map', `${map}l`],
      /^recon: there is no file .*map\.yamll that can be read\n {2}try: docs/,
    ],
    [['--format', 'kea', '--known', map], /^recon: kea takes no --known\n {2}try: leave it out, or --format netbox\n$/],
    [
      ['--format', 'netbox', '-o', join(taken, 'no'), '--known', `${map}l`],
      /^recon: there is no file .*map\.yamll that can be read\n {2}try: in N/,
    ],
    [['--format', 'netbox', '-o', join(taken, 'no'), '--known', map], /map\.yaml: neither its name nor its columns tell which list/],
    [['--format', 'slurm', '--set', 'partitoin=a'], /^recon: slurm has no key "partitoin" for --set\n {2}try: --set partition=…\n$/],
    [
      ['--format', 'tinkerbell', ...exampleArguments('tinkerbell').slice(0, -2)],
      /needs an address for each machine\n {2}try: --first-address/,
    ],
    [['--format', 'kea', '--first-address', '10.0.0'], /--first-address 10\.0\.0 is not an IPv4 address of a machine\n {2}try: for ex/],
    [['--format', 'kea', '--first-address', '224.0.0.1'], /is not an IPv4 address of a machine/],
    [
      ['--format', 'kea', '--first-address', '223.255.255.253'],
      /leaves room for 2 of 3 machines: 224\.0\.0\.0 is none\n {2}try: begin lower/,
    ],
  ] as const) {
    const result = await recon('export', path, ...words);
    assert.equal(result.exitCode, 2, words.join(' '));
    assert.match(result.stderr.toString(), said);
    assert.equal(result.stdout.toString(), '');
  }
  assert.deepEqual(await readdir(taken), ['mine']);
  assert.equal(await readFile(join(taken, 'mine'), 'utf8'), 'mine');
});

test('a directory without the right to write', { skip: process.getuid?.() !== 0 && 'needs root, to be somebody else' }, async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const { path } = await deskTarball(directory.path, SERIALS);
  await chmod(directory.path, 0o755);
  await chmod(join(path, '..'), 0o755);
  await mkdir(join(directory.path, 'empty'));
  for (const words of [
    ['--format', 'hosts', '-o', join(directory.path, 'hosts')],
    ['--format', 'csv', '-o', join(directory.path, 'csv')],
    ['--format', 'csv', '-o', join(directory.path, 'empty')],
  ]) {
    const argv = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', join(ROOT, 'recon'), 'export', path, ...words] as const;
    const result = await run([...argv], { timeoutMs: 30_000 });
    assert.equal(result.exitCode, 2, result.stderr.toString());
    assert.match(result.stderr.toString(), /^recon: cannot write .*: EACCES/);
  }
});

test('a visit without a record: each export is empty, and says so; exit code 0', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const { path } = await deskTarball(directory.path, []);
  for (const { name, shape } of EXPORT_FORMATS) {
    const output = join(directory.path, `out-${name}`);
    const result = await recon('export', path, '--format', name, ...exampleArguments(name), ...(shape === 'file' ? [] : ['-o', output]));
    assert.equal(result.exitCode, 0, `${name}: ${result.stderr}`);
    assert.match(result.stderr.toString(), /^warning: .*\.tar\.gz holds no machine with a record; the export is empty$/m, name);
    assert.doesNotMatch(result.stdout.toString(), /52:54|sn-|mac-/, name);
    if (name === 'kea') assert.deepEqual(JSON.parse(result.stdout.toString()), []);
    if (name === 'csv') assert.match(await readFile(join(output, 'machines.csv'), 'utf8'), /^host,mac,[^\n]*\r\n$/);
  }
});

test('a damaged tarball: what can be read is exported, what is wrong is said; exit code 4, and 1 where nothing can be read', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const { path } = await deskTarball(directory.path, SERIALS);
  const whole = await readFile(path);
  const cut = join(directory.path, 'cut.tar.gz');
  await writeFile(cut, whole.subarray(0, whole.length - 300));
  const result = await recon('export', cut, '--format', 'jsonl');
  assert.equal(result.exitCode, 4, result.stderr.toString());
  assert.match(result.stderr.toString(), /^warning: .*cut\.tar\.gz /m);
  assert.match(result.stderr.toString(), /^recon: done with what could be read: see the warnings above\n {2}try: /m);
  const names = result.stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { name: string }).name);
  assert.deepEqual(names, ['sn-s-1', 'sn-s-2', 'sn-s-3']);
  await writeFile(cut, whole.subarray(0, 20));
  const nothing = await recon('export', cut, '--format', 'netbox', '-o', join(directory.path, 'nothing'));
  assert.equal(nothing.exitCode, 1);
  assert.match(nothing.stderr.toString(), /^recon: .*cut\.tar\.gz .*\n {2}try: /);
  assert.equal(await exists(join(directory.path, 'nothing')), false);
});

test('what is left out is counted by its reason on standard error', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  // all three say the same BMC address, and have the same neighbour
  const { path } = await deskTarball(directory.path, SERIALS);
  const power = await recon('export', path, '--format', 'powerman');
  assert.equal(power.exitCode, 0);
  assert.equal(power.stderr.toString(), 'warning: left out 3 times: another BMC of the visit says the same address\n');
  const netbox = await recon('export', path, '--format', 'netbox', '-o', join(directory.path, 'netbox'));
  assert.deepEqual(netbox.stderr.toString().split('\n'), [
    'warning: left out 3 times: the address of a BMC that has none of its own (its interface is there)',
    'warning: left out 2 times: a cable: another port has the same end',
    '',
  ]);
});

function recon(...words: string[]): Promise<CommandResult> {
  return run([join(ROOT, 'recon'), ...words], { timeoutMs: 30_000, keepFinalNewline: true });
}

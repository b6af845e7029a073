import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportVisit } from '../../src/desk/export-visit.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import { writeFleet } from '../fleet/write-fleet.ts';
import { netboxFaults } from '../report/export/formats/netbox/netbox-forms.ts';
import { readCsv } from '../report/export/read-csv.ts';

test('netbox: what a hall of real models brings can be imported as a whole', async () => {
  await using directory = await temporaryDirectory('recon-export-fleet-');
  const tarball = join(directory.path, 'fleet.tar.gz');
  const { machines } = await writeFleet(tarball, { machines: 60, seed: 3 });
  const output = join(directory.path, 'netbox');
  await exportVisit(await openVisit(tarball), { format: 'netbox', output, print: assert.fail, warn: () => {} });
  const files = new Map<string, string>();
  for (const file of await readdir(output)) files.set(file, await readFile(join(output, file), 'utf8'));
  assert.deepEqual(netboxFaults(files), []);
  const rows = (file: string) => readCsv(files.get(file) ?? '');
  assert.equal(rows('05-devices.csv').length, machines);
  assert.ok(rows('12-cables.csv').length > machines, 'most machines have two cables');
  assert.ok(rows('10-switches.csv').length > 1);
  for (const { name = '' } of rows('09-inventory-items.csv')) assert.doesNotMatch(name, /^(CPU CPU|DIMM DIMM|PSU PSU)/);
  for (const { name = '' } of rows('02-manufacturers.csv')) assert.match(name, /[a-z]{2}/i, 'no maker is a number');
});

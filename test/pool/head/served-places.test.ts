import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HEAD_PLACES } from '../../../src/domain/pool/head-places.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { servedPlaces, writtenPlaces } from '../../../src/pool/head/served-places.ts';
import { headServiceText } from '../../../src/pool/install/text/service-unit.ts';

test('places of a head: those of head.yaml, else those of an install; a broken file is told', async () => {
  await using directory = await temporaryDirectory('recon-places-');
  const file = join(directory.path, 'head.yaml');
  assert.equal((await servedPlaces(file)).images, HEAD_PLACES.images);
  await writeFile(file, 'interface: eth1\nimages: /data/images\n');
  const places = await servedPlaces(file);
  assert.deepEqual([places.images, places.secrets], ['/data/images', HEAD_PLACES.secrets]);
  // the unit lets the service in, and that of an install with its own places says nothing of them
  assert.match(headServiceText(await writtenPlaces(places)), /^ReadWritePaths=\/etc\/recon -\/srv\/recon -\/data\/images$/m);
  await writeFile(file, 'interfce: eth1\n');
  await assert.rejects(servedPlaces(file), { code: 'usage', message: /interfce/ });
  assert.equal(headServiceText(await writtenPlaces(await servedPlaces('/nowhere'))), headServiceText());
});

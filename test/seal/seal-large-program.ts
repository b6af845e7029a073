import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { recordFor } from '../master/fixture-records.ts';
import { inputOf } from './seal-input.ts';

/** Seals so many records of a megabyte each below a directory, and says how many, and the most memory that the process had, in bytes. */
const [root = '', count = ''] = process.argv.slice(2);
const lines = ['0123456789abcdef'.repeat(65_000)];
const input = await inputOf(root, []);
const revisions = [];
for (let number = 0; number < Number(count); number += 1) {
  const record = recordFor(`S${number}`);
  Object.assign(record.sections, { custom: { status: 'ok', data: [{ name: 'large', status: 'ok', lines }] } });
  const mac = `52:54:00:00:00:${number.toString(16).padStart(2, '0')}`;
  revisions.push(...(await inputOf(root, [[mac, JSON.stringify(record)]])).revisions);
}
const { machines } = await sealTarball({ ...input, revisions });
process.stdout.write(JSON.stringify({ machines, mostBytes: process.resourceUsage().maxRSS * 1024 }));

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exported } from '../odd-visit.ts';
import { readCsv } from '../read-csv.ts';

test('csv: what machines say can be read back from the four tables', async () => {
  const { files } = await exported('csv');
  const read = (file: string) =>
    readCsv(files.get(file) ?? '').map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, cell.replace(/^'/, '')])),
    );
  const machines = read('machines.csv');
  assert.deepEqual(
    machines.map(({ serial }) => serial),
    [
      ...[
        'ABC123',
        'TWICE',
        'TWICE',
        'A-1',
        'a 1',
        '"; }\nhost evil { }\n#',
        "=cmd|'/c calc'!A1",
        '{{ lookup("pipe", "id") }}',
        '$(id)`id`',
      ],
      ...['localhost', '9LIVES', 'Ñandú', 'S'.repeat(60), ''],
    ],
  );
  assert.deepEqual([machines[6]?.['vendor'], machines[6]?.['product']], ['+1', "'@SUM(1)"]);
  const hosts = new Set(machines.map(({ host }) => host));
  for (const [file, count] of [
    ['disks.csv', 13],
    ['dimms.csv', 13],
    ['nics.csv', 22],
  ] as const) {
    const rows = read(file);
    assert.equal(rows.length, count, file);
    for (const row of rows) assert.ok(hosts.has(row['host']), `${file}: ${row['host']}`);
  }
});

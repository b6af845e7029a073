import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { tarTime } from '../../../src/domain/values/tar-time.ts';
import { configArchive } from '../../../src/pool/serve/config-archive.ts';

for (const [at, written] of [
  ['1969-12-31T23:59:59Z', '1970-01-01T00:00:00.000Z'],
  ['2026-11-29T06:00:00Z', '2026-11-29T06:00:00.000Z'],
  ['2038-01-19T03:14:07Z', '2038-01-19T03:14:07.000Z'],
  ['2038-01-19T03:14:08Z', '2038-01-19T03:14:07.000Z'],
  ['2106-03-01T00:00:00Z', '2038-01-19T03:14:07.000Z'],
] as const)
  test(`files of a machine arrive whole when the clock says ${at}`, async () => {
    assert.equal(tarTime(new Date(at)).toISOString(), written);
    const archive = await configArchive([{ path: 'etc/motd', content: Buffer.from('hello\n'), mode: 0o644 }], new Date(at));
    const list = execFileSync('tar', ['--list', '--verbose', '--utc', '--full-time', '--file=-'], { input: archive, encoding: 'utf8' });
    assert.match(list, new RegExp(`${written.slice(0, 10)} ${written.slice(11, 19)} etc/motd`));
    assert.equal(
      execFileSync('tar', ['--extract', '--to-stdout', '--file=-', 'etc/motd'], { input: archive, encoding: 'utf8' }),
      'hello\n',
    );
  });

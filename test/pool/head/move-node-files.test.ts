import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { moveNodeFiles } from '../../../src/pool/head/move-node-files.ts';

test('the files of a node go with its name; what lies there for the new one is left alone, and said', async () => {
  await using directory = await temporaryDirectory('recon-files-');
  const [files, secrets] = [join(directory.path, 'files'), join(directory.path, 'secrets')];
  await mkdir(join(files, 'node/node-000/etc'), { recursive: true });
  await writeFile(join(files, 'node/node-000/etc/motd'), 'hello');
  await mkdir(join(secrets, 'node/node-000'), { recursive: true });
  await mkdir(join(secrets, 'node/login'), { recursive: true });
  const told: string[] = [];
  const log = { info: (text: string) => void told.push(`info ${text}`), warn: (text: string) => void told.push(`warn ${text}`) };
  await moveNodeFiles({ renamed: { from: 'node-000', to: 'login' } }, [files, secrets, undefined], log);
  assert.equal(await readFile(join(files, 'node/login/etc/motd'), 'utf8'), 'hello');
  assert.deepEqual(await readdir(join(secrets, 'node')), ['login', 'node-000']);
  assert.match(told.join('\n'), /^info .*files\/node\/login now\nwarn .*secrets\/node\/node-000 stays where it is/);
  await moveNodeFiles({}, [files], log);
  await moveNodeFiles({ renamed: { from: 'nobody', to: 'x' } }, [files], log);
  assert.equal(told.length, 2);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { pidFrom } from './pid-from.ts';

/** Its one mutant never comes to an end. */
const SOURCE = `
export function down(from: number): number {
  let count = from;
  while (count) count -= count;
  return from;
}
`;
const TEST = `
import { appendFileSync } from 'node:fs';
import { it } from 'node:test';
import { down } from '../../src/area/down.ts';
appendFileSync(new URL('../../trials/pids', import.meta.url), process.pid + '\\n');
it('counts down', () => void down(3));
`;

it('takes its trials and what they wrote with it when it is ended', { timeout: 120_000 }, async () => {
  await using directory = await temporaryDirectory('recon-mutants-');
  const root = directory.path;
  for (const folder of ['src/area', 'test/area', 'trials', 'temporary']) await mkdir(join(root, folder), { recursive: true });
  for (const folder of ['', 'trials', 'temporary']) await chmod(join(root, folder), 0o777);
  await writeFile(join(root, 'src/area/down.ts'), SOURCE);
  await writeFile(join(root, 'test/area/down.test.ts'), TEST);
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'tsconfig.json'), '{"compilerOptions":{"target":"esnext"}}');
  const argv = [join(import.meta.dirname, 'mutants.ts'), '--root', root, '--folder', 'src/area', '--jobs', '1'];
  const tool = spawn(process.execPath, argv, { env: { ...process.env, TMPDIR: join(root, 'temporary') }, stdio: 'ignore' });
  const isOver = once(tool, 'exit');
  // the first is the one that measures what is executed
  const trial = await pidFrom(join(root, 'trials/pids'), 1);
  try {
    tool.kill('SIGTERM');
    assert.deepEqual(await isOver, [null, 'SIGTERM']);
    assert.equal(existsSync(`/proc/${trial}`), false, 'the trial runs on');
    assert.deepEqual(await readdir(join(root, 'temporary')), []);
  } finally {
    if (existsSync(`/proc/${trial}`)) process.kill(trial, 'SIGKILL');
  }
});

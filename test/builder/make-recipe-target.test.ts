import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readOrUndefined, temporaryDirectory } from '../../src/platform/files/files.ts';
import { run } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');
const ASKED = 'recon recipe --host-sets -- debian-13 target';
const MADE = 'recon recipe debian-13 target';

for (const [title, { words = ['debian-13', 'target'], uid = '0', sets = '', prepared = '0', asked = '0' }, calls, exitCode = 0] of [
  ['a target that needs nothing', {}, ['prepare-host run', ASKED, MADE]],
  ['a target that needs something: installed first', { sets: 'build' }, ['prepare-host run', ASKED, 'prepare-host build', MADE]],
  ['without root nothing is installed', { uid: '1000', sets: 'build' }, ['prepare-host run', MADE]],
  ['no words: nothing but the list', { words: [] }, ['prepare-host run', 'recon recipe']],
  ['a recipe alone: nothing but its targets', { words: ['debian-13'] }, ['prepare-host run', 'recon recipe debian-13']],
  ['the program cannot run here: the end', { prepared: '2' }, ['prepare-host run'], 2],
  ['a recipe.json that is broken: the end', { asked: '2' }, ['prepare-host run', ASKED], 2],
] as const satisfies ReadonlyArray<
  readonly [string, Partial<Record<'uid' | 'sets' | 'prepared' | 'asked', string>> & { words?: readonly string[] }, string[], number?]
>) {
  test(`make-recipe-target: ${title}`, async () => {
    await using directory = await temporaryDirectory('recon-script-');
    const calledPath = join(directory.path, 'called');
    await mkdir(join(directory.path, '.ci'));
    await mkdir(join(directory.path, 'bin'));
    const script = join(directory.path, 'make-recipe-target');
    await copyFile(join(ROOT, 'make-recipe-target'), script);
    const note = `#!/bin/sh\necho "\${0##*/} $*" >> '${calledPath}'\n`;
    await writeFile(join(directory.path, '.ci/prepare-host'), `${note}exit ${prepared}\n`, { mode: 0o755 });
    const answer = `[ "\${2:-}" != --host-sets ] || { echo '${sets}'; exit ${asked}; }\n`;
    await writeFile(join(directory.path, 'recon'), `${note}${answer}`, { mode: 0o755 });
    await writeFile(join(directory.path, 'bin/id'), `#!/bin/sh\necho ${uid}\n`, { mode: 0o755 });
    const environment = { PATH: `${join(directory.path, 'bin')}:${process.env['PATH']}` };
    const result = await run([script, ...words], { timeoutMs: 30_000, environment });
    assert.equal(result.exitCode, exitCode, result.stderr.toString());
    assert.deepEqual((await readOrUndefined(calledPath))?.toString().trim().split('\n'), calls);
  });
}

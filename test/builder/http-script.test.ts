import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { httpScript } from '../../src/builder/http-script.ts';
import { FORBIDDEN_ARGUMENTS, GUARD_ARGUMENTS } from '../../src/domain/kernel-arguments.ts';
import { MANIFEST } from './fixture-build.ts';

test('golden: the script of a web server', async () => {
  const script = httpScript(MANIFEST, 'http://www.example/install/recon');
  assert.equal(script, await readFile(join(import.meta.dirname, 'golden/recon.ipxe'), 'utf8'));
  const words =
    script
      .split('\n')
      .find((line) => line.startsWith('kernel '))
      ?.split(' ') ?? [];
  for (const argument of GUARD_ARGUMENTS) assert.ok(words.includes(argument), argument);
  for (const word of words) for (const pattern of FORBIDDEN_ARGUMENTS) assert.doesNotMatch(word, pattern);
});

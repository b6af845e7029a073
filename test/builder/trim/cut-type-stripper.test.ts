import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { cutTypeStripper } from '../../../src/builder/trim/cut-type-stripper.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';

test('this Node without its type stripper runs JavaScript, and its HTTP, and says that it cannot read TypeScript', async () => {
  await using scratch = await temporaryDirectory('recon-cut-');
  const node = join(scratch.path, 'node');
  const whole = await readFile(process.execPath);
  const cut = cutTypeStripper(whole);
  assert.equal(cut.length, whole.length);
  await writeFile(node, cut);
  await chmod(node, 0o755);
  await writeFile(join(scratch.path, 'typed.ts'), 'const a: number = 1; console.log(a);');
  const program =
    "const s=require('http').createServer((_,r)=>r.end('ok')).listen(0,'127.0.0.1',async()=>{console.log(await (await fetch('http://127.0.0.1:'+s.address().port)).text());s.close()})";
  const said = await run([node, '-e', program], { timeoutMs: 60_000 });
  assert.equal(said.stdout.toString('utf8').trim(), 'ok');
  assert.notEqual((await run([node, join(scratch.path, 'typed.ts')], { timeoutMs: 60_000 })).exitCode, 0);
});

test('a binary without a type stripper, or with two, is of another Node', () => {
  const one = Buffer.concat([Buffer.from('"AGFzbQ'), Buffer.alloc(1_200_000, 'b'), Buffer.from('"')]);
  assert.equal(cutTypeStripper(one).indexOf('b'), -1);
  assert.throws(() => cutTypeStripper(Buffer.from('no such thing, AGFzbQAAAA')), { code: 'build-failed' });
  assert.throws(() => cutTypeStripper(Buffer.concat([one, one])), /there are 2/);
});

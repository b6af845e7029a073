import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { verifyTarball } from '../../src/desk/verify.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { run } from '../../src/platform/process/command.ts';
import { newSigningKey, readCode, signatureOf, signatureSentence, signingCode } from '../../src/tarball/signature.ts';
import { tarWriter } from '../../src/tarball/tar-writer.ts';
import { deskTarball } from './desk-fixture.ts';

const RECON = join(import.meta.dirname, '../../src/main.ts');

describe('verify: signature and code', async () => {
  const directory = await temporaryDirectory('recon-verify-');
  after(() => directory[Symbol.asyncDispose]());
  const signingKey = newSigningKey();
  const code = signingCode(signingKey);
  const { path } = await deskTarball(directory.path, ['S-100'], { signingKey });

  it('the code that the master showed, as a person writes it: good; another one: not', async () => {
    for (const typed of [code, code.toLowerCase(), code.replace('-', ' '), code.replaceAll('0', 'O').replaceAll('1', 'l')])
      assert.match(await verified(path, typed), new RegExp(`: good\\..* its code is ${code} as you gave it`));
    await assert.rejects(verified(path, signingCode(newSigningKey())), { code: 'tarball-damaged' });
    await assert.rejects(verified(path, 'hall-3'), { code: 'usage' });
    assert.equal(readCode('ABCDE-FGHJU'), undefined, 'U is no letter of a code');
  });

  it('made anew by somebody with a key of his own: good for itself, and not with the code', async () => {
    const own = newSigningKey();
    const forged = await rewritten(
      'forged',
      (name, bytes) => (name === 'manifest.json' ? renamedCode(bytes, signingCode(own)) : bytes),
      own,
    );
    assert.match(await verified(forged), /: good\./);
    await assert.rejects(verified(forged, code), { code: 'tarball-damaged' });
    const halfForged = await rewritten('half-forged', (_name, bytes) => bytes, own);
    await assert.rejects(verified(halfForged), { code: 'tarball-damaged' }, 'its manifest still names the first key');
  });

  it('a signature that somebody took away is a fault; with its code taken out of the manifest as well it is unsigned, never good', async () => {
    const cut = await rewritten('cut', (name, bytes) => (name === 'manifest.sig' ? undefined : bytes));
    await assert.rejects(verified(cut), { code: 'tarball-damaged' });
    const clean = await rewritten('clean', (name, bytes) => {
      if (name === 'manifest.sig') return undefined;
      return name === 'manifest.json' ? renamedCode(bytes, undefined) : bytes;
    });
    await assert.rejects(verified(clean), { code: 'tarball-unsigned' });
    await assert.rejects(verified(clean, code), { code: 'tarball-damaged' });
  });

  it('the command: exit codes 0, 1 and 5, and what it says', async () => {
    const { path: unsigned } = await deskTarball(join(directory.path, 'unsigned'), ['S-1']);
    const verify = async (...words: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await run([process.execPath, RECON, 'verify', ...words], { timeoutMs: 60_000 });
      return `${exitCode} ${stdout.toString()}${stderr.toString()}`;
    };
    assert.match(await verify(path, '--code', code), /^0 .*: good\./);
    assert.match(await verify(path, '--code', 'ABCDE-FGHJK'), /^1 .*another key signed it/);
    assert.match(await verify(unsigned), /^5 .*: whole, but unsigned\./);
    assert.match(await verify(unsigned, '--code', code), /^1 .*it is not signed, so nothing in it fits the code/);
  });

  async function verified(tarball: string, typed?: string): Promise<string> {
    let said = '';
    await verifyTarball(tarball, {
      ...{ print: (text) => (said += text), onProgress: () => {}, checkSignature: signatureSentence },
      ...(typed === undefined ? {} : { code: typed }),
    });
    return said;
  }

  /** The tarball written anew, with members changed or left out, and signed by a key where one is given. */
  async function rewritten(
    name: string,
    change: (name: string, bytes: Buffer) => Buffer | undefined,
    key?: ReturnType<typeof newSigningKey>,
  ): Promise<string> {
    const members = await membersOf(path);
    const writer = tarWriter(new Date());
    const output = collected(writer.output);
    for (const [member, bytes] of members) {
      const changed = change(member, bytes);
      const isSignature = member === 'manifest.sig' && key !== undefined;
      const manifest = change('manifest.json', members.get('manifest.json') ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
      if (changed !== undefined) await writer.add(member, isSignature ? signatureOf(manifest, key) : changed);
    }
    writer.finish();
    const target = join(directory.path, `${name}.tar.gz`);
    await writeFile(target, await output);
    return target;
  }
});

function renamedCode(manifest: Buffer, signingCode: string | undefined): Buffer {
  return Buffer.from(`${JSON.stringify({ ...JSON.parse(manifest.toString()), signingCode }, undefined, 2)}\n`);
}

async function membersOf(path: string): Promise<Map<string, Buffer>> {
  const members = new Map<string, Buffer>();
  const reader = extract();
  reader.end(gunzipSync(await readFile(path)));
  for await (const entry of reader) members.set(entry.header.name, await collected(entry));
  return members;
}

async function collected(chunks: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) pieces.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(pieces);
}

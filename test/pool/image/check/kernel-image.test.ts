import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { kernelArchitecture, kernelPacking, kernelRelease, releaseOfHead } from '../../../../src/pool/image/check/kernel-image.ts';
import { fakeKernel } from '../fake-kernel.ts';

test('the release stands in the file, and ends at the first blank', async () => {
  await using directory = await temporaryDirectory('recon-kernel-');
  const path = join(directory.path, 'kernel');
  for (const release of ['6.12.117+deb13-amd64', '5.14.0-427.13.1.el9_4.x86_64', '6.1.0-25-cloud-amd64', '6.9.0-rc3']) {
    await writeFile(path, fakeKernel(release));
    assert.equal(await kernelRelease(path), release);
    assert.equal(await kernelArchitecture(path), 'x86_64');
  }
});

test('what is no bzImage, is cut off or has no version text says nothing', async () => {
  const kernel = fakeKernel('6.12.1');
  assert.equal(releaseOfHead(Buffer.from('MZ')), undefined);
  assert.equal(releaseOfHead(kernel.subarray(0, 0x300)), undefined);
  assert.equal(releaseOfHead(kernel.subarray(0, 0x0d80 + 0x200 + 4)), undefined);
  const without = fakeKernel('6.12.1');
  without.writeUInt16LE(0, 0x20e);
  assert.equal(releaseOfHead(without), undefined);
});

test('an arm64 kernel is known by its magic number', async () => {
  await using directory = await temporaryDirectory('recon-kernel-');
  const path = join(directory.path, 'kernel');
  const kernel = Buffer.alloc(128);
  kernel.write('ARM\x64', 56, 'latin1');
  await writeFile(path, kernel);
  assert.equal(await kernelArchitecture(path), 'arm64');
  await writeFile(path, Buffer.alloc(128));
  assert.equal(await kernelArchitecture(path), undefined);
});

test('how a kernel is packed that no loader starts is known by its first bytes, and what to do', async () => {
  await using directory = await temporaryDirectory('recon-kernel-');
  const path = join(directory.path, 'kernel');
  const rows = [
    ['1f8b0800', /gzip/, /gunzip/],
    ['fd377a585a0000', /xz/, /unxz/],
    ['28b52ffd04', /zstd/, /unzstd/],
    ['425a6839', /bzip2/, /bunzip2/],
    ['02214c18', /lz4/, /unlz4/],
    ['7f454c4602', /vmlinux/, /bzImage/],
  ] as const;
  for (const [magic, what, cure] of rows) {
    await writeFile(path, Buffer.from(magic, 'hex'));
    const found = await kernelPacking(path);
    assert.match(found?.what ?? '', what);
    assert.match(found?.cure ?? '', cure);
  }
  await writeFile(path, fakeKernel('6.12.1'));
  assert.equal(await kernelPacking(path), undefined);
});

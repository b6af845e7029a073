import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageParts, sbomText } from '../../../../src/builder/sbom/sbom-text.ts';
import { mmdebstrapArguments, packageOfArchive } from '../../../../src/pool/image/build/debian-tree.ts';
import { dnfArguments } from '../../../../src/pool/image/build/rpm-tree.ts';

const DEBIAN = {
  suite: 'trixie',
  components: ['main', 'non-free-firmware'],
  packages: ['bash', 'curl'],
  mirror: 'http://mirror.test/debian',
};

test('a Debian tree is installed without manuals, and parts are unpacked only', () => {
  const installed = mmdebstrapArguments(DEBIAN, 'minbase', '/to');
  assert.ok(installed.includes('--dpkgopt=path-exclude=/usr/share/man/*'));
  assert.deepEqual(mmdebstrapArguments(DEBIAN, 'extract', '/to'), [
    '--format=directory',
    '--variant=extract',
    '--components=main,non-free-firmware',
    '--skip=cleanup/apt',
    '--include=bash,curl',
    ...['trixie', '/to', 'http://mirror.test/debian'],
  ]);
});

test('an archive says what was unpacked', () => {
  assert.deepEqual(packageOfArchive('busybox-static_1%3a1.37.0-6_amd64.deb'), [
    { name: 'busybox-static', version: '1:1.37.0-6', architecture: 'amd64' },
  ]);
  assert.deepEqual(packageOfArchive('lock'), []);
});

test('dnf sees no repository of the host', () => {
  const line = dnfArguments({ release: '9', packages: ['bash'], repositories: ['file:///a', 'file:///b'], architecture: 'x86_64' }, '/to');
  for (const word of ['--installroot=/to', '--setopt=reposdir=none', '--repofrompath=recon-1,file:///b', '--releasever=9'])
    assert.ok(line.includes(word), word);
});

test('a bill of materials has package URLs, and the same packages give the same bytes', () => {
  const [a, b] = [
    { name: 'libstdc++6', version: '14.2-1', architecture: 'amd64' },
    { name: 'bash', version: '5.2~rc1', architecture: 'amd64' },
  ];
  const text = sbomText('lab', packageParts('debian', [a, b]));
  assert.equal(text, sbomText('lab', packageParts('debian', [b, a])));
  assert.deepEqual(
    JSON.parse(text).components.map(({ purl }: { purl: string }) => purl),
    ['pkg:deb/debian/bash@5.2~rc1?arch=amd64', 'pkg:deb/debian/libstdc%2B%2B6@14.2-1?arch=amd64'],
  );
});

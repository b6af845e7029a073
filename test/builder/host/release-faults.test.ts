import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseFault } from '../../../src/builder/host/release-faults.ts';

const RELEASE = `Origin: Debian
Suite: stable
Codename: trixie
Architectures: all amd64 arm64
Components: main contrib non-free-firmware
`;
const WANTED = { release: 'trixie', components: ['main', 'non-free-firmware'], architecture: 'amd64' };

for (const [title, text, wanted, fault] of [
  ['a release by its code name', RELEASE, WANTED, undefined],
  ['a release by its suite', RELEASE, { ...WANTED, release: 'stable' }, undefined],
  ['components with the part of the archive before them', RELEASE.replace('main contrib', 'updates/main contrib'), WANTED, undefined],
  ['another release', RELEASE, { ...WANTED, release: 'forky' }, 'calls itself trixie where forky should be'],
  ['a page of a portal', '<html><title>Sign in</title>Codename: trixie</html>', WANTED, 'answers, but not as a Debian mirror does'],
  ['nothing', '', WANTED, 'answers, but not as a Debian mirror does'],
  ['a part that is not mirrored', RELEASE.replace(' non-free-firmware', ''), WANTED, 'has no non-free-firmware in trixie'],
  ['the architecture of another image', RELEASE, { ...WANTED, architecture: 'riscv64' }, 'has no packages for riscv64 in trixie'],
  ['another architecture', RELEASE.replace(' amd64', ''), WANTED, 'has no packages for amd64 in trixie'],
] as const) {
  test(`${title}: ${fault ?? 'fits'}`, () => assert.equal(releaseFault(text, wanted), fault));
}

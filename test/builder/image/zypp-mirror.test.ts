import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLeapMirror } from '../../../src/builder/image/zypp-mirror.ts';

const OSS = '[repo-oss]\nname=Main\nenabled=1\nautorefresh=1\nbaseurl=http://mirror.example/pub/distribution/leap/$releasever/repo/oss/\n';

for (const [title, texts, expected] of [
  ['as an installer writes it', [OSS], 'http://mirror.example/pub'],
  ['behind others', ['[x]\nbaseurl=http://other.example/packman/15.6\n', OSS], 'http://mirror.example/pub'],
  ['switched off', [OSS.replace('enabled=1', 'enabled = 0')], undefined],
  ['on a disk', [OSS.replace('http://mirror.example', 'dir:///srv')], undefined],
  ['Tumbleweed', ['[oss]\nbaseurl=https://mirror.example/tumbleweed/repo/oss\n'], undefined],
  ['none', [], undefined],
] as const) {
  test(`a mirror of Leap from zypper's repositories: ${title}`, () => assert.equal(findLeapMirror(texts), expected));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mirrorSetting } from '../../../src/builder/host/mirror-setting.ts';

for (const mirror of ['http://deb.debian.org/debian', 'https://mirror.example', 'http://[fd00::1]:3142/debian/', 'file:///srv/debian']) {
  test(`a mirror: ${mirror}`, () => {
    assert.equal(mirrorSetting(mirror), mirror);
    assert.equal(mirrorSetting(` ${mirror}\n`), mirror);
  });
}

test('none', () => {
  for (const setting of [undefined, '', '  ']) assert.equal(mirrorSetting(setting), undefined);
});

for (const typo of [
  'deb.debian.org/debian',
  'htp://deb.debian.org/debian',
  'http:/deb.debian.org/debian',
  'http:deb.debian.org',
  'http:///debian',
  'http://',
  'http://deb.debian.org/debian trixie main',
  'http://a.example/debian,http://b.example/debian',
  'http://deb.debian.org:99999/debian',
  'file://srv/debian',
  '/srv/debian',
  'ftp://deb.debian.org/debian',
  'mirror://suse',
  'http://deb.debian.org/debian?x=1',
]) {
  test(`a typo: ${typo}`, () => {
    assert.throws(() => mirrorSetting(typo), { code: 'usage', message: `MIRROR=${typo} is not the address of a mirror` });
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mirrorSetting } from '../../../src/builder/host/mirror-setting.ts';

for (const mirror of [
  'http://mirror.example.org/debian',
  'https://mirror.example',
  'http://[fd00::1]:3142/debian/',
  'file:///srv/debian',
]) {
  test(`a mirror: ${mirror}`, () => {
    assert.equal(mirrorSetting(mirror), mirror);
    assert.equal(mirrorSetting(` ${mirror}\n`), mirror);
  });
}

test('none', () => {
  for (const setting of [undefined, '', '  ']) assert.equal(mirrorSetting(setting), undefined);
});

for (const typo of [
  'mirror.example.org/debian',
  'htp://mirror.example.org/debian',
  'http:/mirror.example.org/debian',
  'http:mirror.example.org',
  'http:///debian',
  'http://',
  'http://mirror.example.org/debian trixie main',
  'http://a.example/debian,http://b.example/debian',
  'http://mirror.example.org:99999/debian',
  'file://srv/debian',
  '/srv/debian',
  'ftp://mirror.example.org/debian',
  'mirror://suse',
  'http://mirror.example.org/debian?x=1',
]) {
  test(`a typo: ${typo}`, () => {
    assert.throws(() => mirrorSetting(typo), { code: 'usage', message: `MIRROR=${typo} is not the address of a mirror` });
  });
}

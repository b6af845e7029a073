import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChosenSource, describeImage, imageVersion } from '../../../src/builder/image/description.ts';
import { ReconError } from '../../../src/domain/errors.ts';

const chosen = (mirror: string | undefined): ChosenSource => ({ mirror, release: '15.6', profiles: ['A', 'B'] });

const XML = '<a path="mirror://debian"/><b path="mirror://debian-security/x"/><c path="obs://y"/>';

test('the mirror stands for each placeholder, without a second slash; nothing else changes', () => {
  assert.equal(
    describeImage(XML, chosen('http://mirror.example/debian//')),
    '<a path="http://mirror.example/debian"/><b path="http://mirror.example/debian-security/x"/><c path="obs://y"/>',
  );
});

test('a mirror is text for XML and for nothing else', () => {
  assert.equal(
    describeImage('<a path="mirror://debian"/>', chosen('http://m/?a=1&b="<$&$1')),
    '<a path="http://m/?a=1&amp;b=&quot;&lt;$&amp;$1"/>',
  );
});

test('no mirror, or an empty one: named, each time', () => {
  for (const mirror of [undefined, '', undefined]) {
    assert.throws(
      () => describeImage(XML, chosen(mirror)),
      (error) => error instanceof ReconError && error.code === 'host-unfit' && error.hint?.includes('MIRROR=') === true,
    );
  }
  assert.match(describeImage(XML, chosen('http://m')), /path="http:\/\/m"/, 'a failure leaves no trace in the next call');
});

test('a description without a placeholder needs no mirror', () => {
  assert.equal(describeImage('<image/>', chosen(undefined)), '<image/>');
});

test('the release stands for its placeholder, and parts for other profiles are left out', () => {
  const part = (element: string, profiles: string, text: string): string =>
    `\n  <${element} type="x" profiles="${profiles}">\n    ${text}\n  </${element}>`;
  const head = '<image>\n  <profiles>\n    <profile name="C" description="c"/>\n  </profiles>\n  <packages type="x">\n  </packages>';
  const whole = `${head}${part('packages', 'A', 'in')}${part('repository', 'C', 'out')}${part('packages', 'C, B', 'in {release}')}${part('preferences', 'CA', 'out')}\n</image>`;
  const expected = `${head}${part('packages', 'A', 'in')}${part('packages', 'C, B', 'in 15.6')}\n</image>`;
  assert.equal(describeImage(whole, chosen(undefined)), expected);
});

test('the version', () => {
  assert.equal(imageVersion('<image schemaversion="7.5"><version>\n  13.x.1 </version></image>'), '13.x.1');
  assert.throws(() => imageVersion('<image><version></version></image>'), { code: 'usage' });
});

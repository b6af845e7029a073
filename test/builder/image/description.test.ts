import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeImage, imageVersion } from '../../../src/builder/image/description.ts';
import { ReconError } from '../../../src/domain/errors.ts';

const XML = '<a path="mirror://debian"/><b path="mirror://debian-security/x"/><c path="obs://y"/>';

test('the mirror stands for each placeholder, without a second slash; nothing else changes', () => {
  assert.equal(
    describeImage(XML, 'http://mirror.example/debian//'),
    '<a path="http://mirror.example/debian"/><b path="http://mirror.example/debian-security/x"/><c path="obs://y"/>',
  );
});

test('a mirror is text for XML and for nothing else', () => {
  assert.equal(
    describeImage('<a path="mirror://debian"/>', 'http://m/?a=1&b="<$&$1'),
    '<a path="http://m/?a=1&amp;b=&quot;&lt;$&amp;$1"/>',
  );
});

test('no mirror, or an empty one: named, each time', () => {
  for (const mirror of [undefined, '', undefined]) {
    assert.throws(
      () => describeImage(XML, mirror),
      (error) => error instanceof ReconError && error.code === 'host-unfit' && error.hint?.includes('MIRROR=') === true,
    );
  }
  assert.match(describeImage(XML, 'http://m'), /path="http:\/\/m"/, 'a failure leaves no trace in the next call');
});

test('a description without a placeholder needs no mirror', () => {
  assert.equal(describeImage('<image/>', undefined), '<image/>');
});

test('the version', () => {
  assert.equal(imageVersion('<image schemaversion="7.5"><version>\n  13.x.1 </version></image>'), '13.x.1');
  assert.throws(() => imageVersion('<image><version></version></image>'), { code: 'usage' });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capturePath, recordPath } from '../../../../src/domain/api.ts';
import { answerTo, parseRequestHead, ROOT_IMAGE } from '../../../../src/lab/matrix/machine/answer-to.ts';
import { checkedReceipt } from '../../../../src/peer/upload-verdict.ts';

const MAC = '52:54:00:77:07:01';
const ask = (text: string, body = Buffer.alloc(0)) => answerTo(parseRequestHead(text), body, 1000);

test('the root image is sent whole, and from a byte on', () => {
  const whole = ask(`GET /install/recon/${ROOT_IMAGE} HTTP/1.1\r\nHost: bang`);
  assert.deepEqual(whole.image, { fromBytes: 0, endBytes: 1000 });
  assert.match(whole.headText, /^HTTP\/1.1 200 OK\r\nContent-Length: 1000\r\n[\s\S]*\r\n\r\n$/);
  const rest = ask(`GET /install/recon/${ROOT_IMAGE} HTTP/1.1\r\nRange: bytes=400-`);
  assert.deepEqual(rest.image, { fromBytes: 400, endBytes: 1000 });
  assert.match(rest.headText, /^HTTP\/1.1 206 [\s\S]*Content-Range: bytes 400-999\/1000\r\nContent-Length: 600\r\n/);
});

test('what a peer delivers is kept, and the receipt is one that the peer believes', () => {
  const record = Buffer.from('{"record":1}');
  const head = `PUT ${recordPath(MAC)} HTTP/1.1\r\ncontent-length: ${record.length}\r\nx-recon-capture: ${'a'.repeat(64)}`;
  assert.equal(parseRequestHead(head).contentBytes, record.length);
  const answer = ask(head, record);
  assert.equal(answer.keep, 'record.json');
  const recordSha256 = 'd4a2dd8a6a40ec7a1d8ba4c2ea6ea02dd2cd5b7ae0c1db4b3c9b8b5f0c6e2f7a';
  assert.throws(() => checkedReceipt(Buffer.from(answer.text), { recordSha256, captureSha256: 'a'.repeat(64) }), /recordSha256/);
  const own = JSON.parse(answer.text).recordSha256;
  assert.equal(checkedReceipt(Buffer.from(answer.text), { recordSha256: own, captureSha256: 'a'.repeat(64) }).revision, 1);
  assert.equal(ask(`PUT ${capturePath(MAC)} HTTP/1.1`).keep, 'capture.tgz');
});

test('there is no workload, so that the collectors of the image work', () => {
  assert.match(ask('GET /post.tgz HTTP/1.1').headText, /^HTTP\/1.1 404 /);
});

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { replaceCertificate } from '../../../src/platform/network/replace-certificate.ts';

test('a server without TLS takes no certificate', () => {
  assert.throws(() => replaceCertificate(createServer(), { cert: '', key: '' }), TypeError);
});

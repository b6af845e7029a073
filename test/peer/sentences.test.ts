import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { ReconError } from '../../src/domain/errors.ts';
import * as text from '../../src/peer/sentences.ts';
import { RECEIPT } from './fake-peer.ts';

const lines = [
  text.postRetry('the master does not answer (connection refused)', 1500),
  text.postMissing('the master does not answer (no route to it)'),
  text.postRuns(812_345),
  text.collecting(),
  text.collected(41, 3, 1),
  text.noToken('/run/recon/token'),
  text.uploadRetry('the record', "the master's data directory is full", 15_000),
  text.captureLeftOut('the master refuses the raw capture: the body is larger than 33554432 bytes'),
  text.receiptGot({ ...RECEIPT, storage: 'ram' }),
  text.noBmc(RECEIPT),
  text.poweringOff(RECEIPT),
  text.cuttingPower(20),
  text.bmcLies(5),
  text.peerFailed(
    new ReconError('token-wrong', 'the master refuses the record: wrong token', { hint: 'Boot the machine from the network again.' }),
  ),
  text.peerFailed(new Error('no space left')),
].flat();

test('what a peer says', async () => {
  assert.equal(`${lines.join('\n')}\n`, await readFile(join(import.meta.dirname, 'golden/peer-console.txt'), 'utf8'));
});

test('no line is wider than a console', () => {
  for (const line of lines) assert.ok(line.length <= 80, line);
});

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { keepReceipt } from '../../../src/peer/run-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { directoryWithReceipt } from '../../../src/service/peer-warden/receipt-left.ts';
import { RECEIPT } from '../../peer/fake-peer.ts';

test('the warden switches off against a receipt alone, of the peer or of a workload of root', async () => {
  await using directory = await temporaryDirectory('recon-receipt-');
  const [own, workload] = [join(directory.path, 'peer'), join(directory.path, 'workload')] as const;
  const refused = { code: 'power-off-refused' };
  await assert.rejects(directoryWithReceipt([own, workload]), refused);
  await mkdir(own);
  await mkdir(workload);
  await writeFile(join(own, 'receipt.json'), '{}\n');
  await assert.rejects(directoryWithReceipt([own, workload]), refused);
  await keepReceipt(workload, RECEIPT);
  assert.equal(await directoryWithReceipt([own, workload]), workload);
  await keepReceipt(own, RECEIPT);
  assert.equal(await directoryWithReceipt([own, workload]), own);
});

import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { orderParts, type TakenParts } from '../../../src/service/inventory/order-parts.ts';
import { fakePrograms } from '../../fake-programs.ts';

const HARDWARE = 'systemctl start recon-inventory.service';
const BROUGHT = 'systemctl start recon-brought.service';

/** What is answered, which units are started, and what they are told. */
async function ordered(
  hasTools: boolean,
  systemctl: string,
): Promise<{ taken: TakenParts | string; calls: string[]; hasBrought: unknown }> {
  await using directory = await temporaryDirectory('recon-parts-');
  const [toolsDirectory, orderFile] = [join(directory.path, 'tools'), join(directory.path, 'order.json')];
  if (hasTools) await mkdir(toolsDirectory);
  await using programs = await fakePrograms({ systemctl });
  const order = { toolsDirectory, collectorsDirectory: join(directory.path, 'collectors') };
  const taken = await orderParts(order, orderFile).catch((error: Error) => error.message);
  const calls = (await programs.calls()).map((words) => words.join(' ')).toSorted();
  return { taken, calls, hasBrought: JSON.parse(await readFile(orderFile, 'utf8')).hasBrought };
}

test('what the operator brought has a unit of its own, and nothing brought has none', async () => {
  assert.deepEqual(await ordered(false, 'exit 0'), { taken: { parts: ['hardware'] }, calls: [HARDWARE], hasBrought: false });
  const both = { taken: { parts: ['hardware', 'brought'] }, calls: [BROUGHT, HARDWARE], hasBrought: true };
  assert.deepEqual(await ordered(true, 'exit 0'), both);
});

test("the operator's programs must not keep a record from its master; without the hardware there is none", async () => {
  const { taken } = await ordered(true, 'case "$2" in recon-brought*) echo "killed" >&2; exit 1 ;; esac');
  assert.ok(typeof taken === 'object');
  assert.deepEqual(taken.parts, ['hardware']);
  assert.match(taken.broughtFailed ?? '', /recon-brought\.service failed.*killed/);
  assert.match(String((await ordered(true, 'case "$2" in recon-inventory*) exit 1 ;; esac')).taken), /recon-inventory\.service failed/);
});

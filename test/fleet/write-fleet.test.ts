import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fleetMachine } from '../../src/demo/fleet/fleet-machine.ts';
import { respelled } from '../../src/demo/fleet/respelled.ts';
import { verifyTarball } from '../../src/desk/verify.ts';
import { NodeRecord } from '../../src/domain/record/node-record.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import { signatureSentence } from '../../src/tarball/signature.ts';
import { isMachine } from '../../src/tarball/visit.ts';
import { serverModels } from './server-models.ts';
import { writeFleet } from './write-fleet.ts';

const OPTIONS = { seed: 7, isLater: false };

describe('a generated fleet', () => {
  const models = serverModels();

  it('is the same for the same seed, another for another, and its machines are records', () => {
    for (let at = 0; at < 80; at += 9) {
      const machine = fleetMachine(at, models, OPTIONS);
      assert.deepEqual(fleetMachine(at, models, OPTIONS), machine);
      if (machine === undefined) continue;
      NodeRecord.parse(machine.record);
      assert.notDeepEqual(fleetMachine(at, models, { ...OPTIONS, seed: 8 })?.record, machine.record);
    }
  });

  it('has numbers of its own in each machine, the same within a machine, and leaves what no machine has alone', () => {
    const part = {
      serial: 'S64-0NX',
      mac: '0c:42:a1:5e:10:00',
      model: 'S64-0NX',
      twin: { serial: 'S64-0NX' },
      assetTag: 'To Be Filled By O.E.M.',
    };
    const [one, other] = [respelled(part, 'one'), respelled(part, 'other')];
    assert.match(one.serial, /^[A-Z]\d\d-\d[A-Z]{2}$/);
    assert.equal(one.twin.serial, one.serial);
    assert.notEqual(one.serial, other.serial);
    assert.match(one.mac, /^0c:42:a1:(?:[0-9a-f]{2}:){2}[0-9a-f]{2}$/);
    assert.deepEqual([one.model, one.assetTag], ['S64-0NX', 'To Be Filled By O.E.M.']);
  });

  it('is a tarball like any other, and half a year later mostly the same machines', async () => {
    await using directory = await temporaryDirectory('recon-fleet-');
    const machines: string[][] = [];
    for (const isLater of [false, true]) {
      const path = join(directory.path, `${isLater}.tar.gz`);
      assert.deepEqual(await writeFleet(path, { machines: 120, seed: 3, isLater }), { machines: 120 });
      let said = '';
      const told = { print: (text: string) => (said += text), onProgress: () => {}, checkSignature: signatureSentence };
      await assert.rejects(verifyTarball(path, told), { code: 'tarball-unsigned' });
      assert.match(said, /: whole, but unsigned\. .*120 machines/);
      const macs: string[] = [];
      for await (const node of (await openVisit(path)).nodes()) if (isMachine(node)) macs.push(node.mac);
      machines.push(macs);
    }
    const both = machines[0]?.filter((mac) => machines[1]?.includes(mac)).length ?? 0;
    assert.ok(both > 105 && both < 120, `${both} of 120 machines are in both`);
  });
});

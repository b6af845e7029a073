import assert from 'node:assert/strict';
import test from 'node:test';
import { parseStorcli } from '../../../../src/inventory/tools/storcli/storcli.ts';

const answer = (status: object, data: object) =>
  Buffer.from(JSON.stringify({ Controllers: [{ 'Command Status': { Controller: 2, ...status }, 'Response Data': data }] }));
const drive = { 'EID:Slt': ' :3', DID: 4, State: 'JBOD', DG: '-', Size: '1.745 TB', Intf: 'SATA', Med: 'SSD', SeSz: '512B', Model: 'M9' };

test('drives on a cable answer to a question of their own, and the one that finds none is no problem', () => {
  const none = answer({ Status: 'Failure', Description: 'No drive found!' }, {});
  const direct = answer(
    { Status: 'Success' },
    { 'Drive /c2/s3': [drive], 'Drive /c2/s3 - Detailed Information': { 'Drive /c2/s3 Device attributes': { SN: ' DD31 ' } } },
  );
  const { controllers, problems } = parseStorcli([none, direct], 'storcli');
  assert.deepEqual(
    controllers[0]?.physicalDrives.map(({ slot, enclosure, serial }) => [slot, enclosure, serial]),
    [['3', undefined, 'DD31']],
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(parseStorcli([none], 'storcli').problems, ['controller 2: No drive found!']);
});

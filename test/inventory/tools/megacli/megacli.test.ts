import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { parseMegacli } from '../../../../src/inventory/tools/megacli/megacli.ts';
import { dataOf, fixtureCapture } from '../../capture-fixture.ts';

const controllersOf = (...texts: string[]) => parseMegacli(texts.map((text) => Buffer.from(text)));
const scsi = (vendor: string, model: string, revision: string, serial: string) =>
  `${vendor.padEnd(8)}${model.padEnd(16)}${revision.padEnd(4)}${serial}`;
const sata = (serial: string, model: string, revision: string) => `${serial.padStart(20)}${model.padEnd(40)}${revision.padEnd(8)}`;
const drive = (slot: number, type: string, firmware: string, inquiry: string, more = '') =>
  `Enclosure Device ID: 32\nSlot Number: ${slot}\nDevice Id: ${slot + 7}\nPD Type: ${type}\nFirmware state: Online, Spun Up\nDevice Firmware Level: ${firmware}\nInquiry Data: ${inquiry}\n${more}\n`;

test('the parts of Inquiry Data stand at fixed places, of SCSI and of SATA', () => {
  const text = `Adapter #0\n\n${[
    drive(0, 'SAS', 'S527', scsi('PLATTEN', 'PL8000NM', 'S527', '3LQ2DZ33            ')),
    drive(1, 'SATA', 'A1B2C3D4', sata('WD-XYZ12345', 'WDX WD2000FYYZ-01UL1B1', 'A1B2C3D4')),
    drive(2, 'SATA', 'D201', scsi('ATA', 'FLINK SSD480G', 'D201', 'PHX7341')),
    // the whole width of the serial number
    drive(3, 'SATA', 'F1', sata('S2HTNX0G612345678901', 'FLINK MZ7', 'F1')),
  ].join('')}`;
  assert.deepEqual(
    controllersOf(text)[0]?.physicalDrives.map(({ slot, vendor, model, serial }) => [slot, vendor, model, serial]),
    [
      ['0', 'PLATTEN', 'PL8000NM', '3LQ2DZ33'],
      ['1', undefined, 'WDX WD2000FYYZ-01UL1B1', 'WD-XYZ12345'],
      ['2', undefined, 'FLINK SSD480G', 'PHX7341'],
      ['3', undefined, 'FLINK MZ7', 'S2HTNX0G612345678901'],
    ],
  );
});

test('a copy that has lost blanks gives no serial number rather than another', () => {
  const lost = (line: string) => line.replaceAll(/ +/g, ' ');
  const text = `Adapter #0\n${drive(0, 'SAS', 'S527', lost(scsi('PLATTEN', 'PL8000NM', 'S527', '3LQ2DZ33')))}${drive(1, 'SATA', 'F1', lost(sata('WD-1', 'WDX', 'F1')))}`;
  assert.deepEqual(
    controllersOf(text)[0]?.physicalDrives.map(({ slot, serial, model }) => [slot, serial, model]),
    [
      ['0', undefined, undefined],
      ['1', undefined, undefined],
    ],
  );
});

test('the size of a sector follows from the printed size', () => {
  const sized = (raw: string) =>
    controllersOf(`Adapter #0\n${drive(0, 'SAS', 'F', 'x', `Sector Size:  0\nRaw Size: ${raw}`)}`)[0]?.physicalDrives[0];
  assert.equal(sized('372.528 GB [0x2e90edd0 Sectors]')?.sizeBytes, 0x2e90edd0 * 512);
  assert.equal(sized('7.277 TB [0x74702556 Sectors]')?.sizeBytes, 0x74702556 * 4096);
  assert.equal(sized('70007MB [0x88bb93a Sectors]')?.sizeBytes, 0x88bb93a * 512);
  assert.equal(sized('1 TB [0x10 Sectors]')?.sizeBytes, undefined);
});

test('levels, and drives that stand below their volume', () => {
  const volume = (id: number, level: string, spans: number) =>
    `Virtual Drive: ${id} (Target Id: ${id})\nName                :\nRAID Level          : ${level}\nState               : Degraded\nSpan Depth          : ${spans}\n`;
  const text = `Adapter #0\nNumber of Virtual Disks: 2\n${volume(0, 'Primary-1, Secondary-0, RAID Level Qualifier-0', 1)}Span: 0 - Number of PDs: 1\nPD: 0 Information\n${drive(0, 'SAS', 'S527', 'x')}${volume(1, 'Primary-5, Secondary-3, RAID Level Qualifier-3', 2)}${volume(2, 'Primary-1, Secondary-3, RAID Level Qualifier-0', 1)}${volume(3, 'Primary-0, Secondary-0, RAID Level Qualifier-0', 2)}Exit Code: 0x00\n`;
  const [controller] = controllersOf(text);
  assert.deepEqual(
    controller?.virtualDrives.map(({ id, level, state, name }) => [id, level, state, name]),
    [
      ['0', 'RAID1', 'Degraded', undefined],
      ['1', 'RAID50', 'Degraded', undefined],
      ['2', 'RAID10', 'Degraded', undefined],
      ['3', 'RAID0', 'Degraded', undefined],
    ],
  );
  assert.equal(controller?.physicalDrives.length, 1);
});

test('a volume that is not whole and a drive that has failed are findings', () => {
  const text = `Adapter 0 -- Virtual Drive Information:\nVirtual Disk: 0 (Target Id:0)\nState: Degraded\nAdapter #0\n${drive(0, 'SAS', 'F', 'x').replace('Online, Spun Up', 'Unconfigured(bad)')}`;
  const { findings } = normalise(fixtureCapture({ outputs: { 'megacli-all': text } }));
  assert.deepEqual(findings?.map(({ code }) => code).sort(), ['raid-degraded', 'raid-drive']);
});

test('what storcli and MegaCli say of one controller is one controller, by number, serial number or SAS address', () => {
  const storcli = JSON.stringify({
    Controllers: [
      {
        'Command Status': { Controller: 0, Status: 'Success' },
        'Response Data': { Basics: { Model: 'Karte', 'Serial Number': 'SK1' }, 'PD LIST': [{ 'EID:Slt': '32:0', DID: 7, State: 'Onln' }] },
      },
    ],
  });
  const inquiry = scsi('PLATTEN', 'PL8000NM', 'S527', '3LQ2DZ33');
  const megacli = `Adapter #0\nProduct Name    : Karte alt\nSerial No       : SK1\n${drive(0, 'SAS', 'S527', inquiry)}Adapter #1\nProduct Name    : Zweite\n`;
  const { controllers } = dataOf(normalise(fixtureCapture({ outputs: { 'storcli-c0': storcli, 'megacli-x': megacli } })).sections.storage);
  assert.deepEqual(
    controllers?.map(({ tool, model, physicalDrives }) => [tool, model, physicalDrives.map(({ state, serial }) => [state, serial])]),
    [
      ['storcli', 'Karte', [['Onln', '3LQ2DZ33']]],
      ['megacli', 'Zweite', []],
    ],
  );
});

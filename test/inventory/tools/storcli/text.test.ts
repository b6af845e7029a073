import assert from 'node:assert/strict';
import test from 'node:test';
import { parseStorcli } from '../../../../src/inventory/tools/storcli/storcli.ts';

const answerOf = (...texts: string[]) =>
  parseStorcli(
    texts.map((text) => Buffer.from(text)),
    'storcli',
  );
const head = (controller: string, status = 'Success', description = 'None') =>
  `CLI Version = 007.1 Oct 29, 2020\nOperating system = Linux\n${controller}Status = ${status}\nDescription = ${description}\n\n`;
const table = (title: string, ...lines: string[]) => {
  const ruler = '-'.repeat(Math.max(...lines.map((line) => line.length)));
  const [heading = '', ...rows] = lines;
  return `\n${title} :\n${'='.repeat(title.length)}\n\n${[ruler, heading, ruler, ...rows, ruler].join('\n')}\n\nEID=Enclosure Device ID|Slt=Slot No.\n`;
};
const facts = (title: string, values: Record<string, string>) =>
  `\n${title} :\n${'='.repeat(title.length)}\n${Object.entries(values)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')}`;

test('text says what JSON says of the same controller', () => {
  const row = {
    'EID:Slt': '252:1',
    DID: 9,
    State: 'Onln',
    DG: 0,
    Size: '7.277 TB',
    Intf: 'SAS',
    Med: 'HDD',
    SeSz: '512B',
    Model: 'PLATTE 8T',
  };
  const attributes = { SN: 'DSK4410 ', 'Model Number': 'PLATTE 8T', WWN: '5000C500A1B2C3D4', 'Raw size': '7.277 TB [0x3a3812ab0 Sectors]' };
  const state = { 'Media Error Count': '3', 'Drive Temperature': ' 31C (87.80 F)', 'S.M.A.R.T alert flagged by drive': 'Yes' };
  const volume = { 'DG/VD': '0/2', TYPE: 'RAID1', State: 'Optl', Cache: 'RWBD', Size: '893.750 GB', Name: 'system disk' };
  const basics = { Controller: '0', Model: 'Karte 9361', 'Serial Number': 'SK30117', 'PCI Address': '00:3b:00:00' };
  const data = {
    Basics: basics,
    Status: { 'Controller Status': 'Optimal' },
    'VD LIST': [volume],
    Cachevault_Info: [{ Model: 'CVPM02', State: 'Optimal', Temp: '25C' }],
    'Drive /c0/e252/s1': [row],
    'Drive /c0/e252/s1 - Detailed Information': {
      'Drive /c0/e252/s1 State': state,
      'Drive /c0/e252/s1 Device attributes': attributes,
    },
  };
  const json = { Controllers: [{ 'Command Status': { Controller: 0, Status: 'Success' }, 'Response Data': data }] };
  const text = [
    head('Controller = 0\n'),
    facts('Basics', basics),
    facts('Status', data.Status),
    table('VD LIST', 'DG/VD TYPE  State Cache       Size Name', '0/2   RAID1 Optl  RWBD  893.750 GB system disk'),
    table('Cachevault_Info', 'Model  State   Temp', 'CVPM02 Optimal 25C '),
    table(
      'Drive /c0/e252/s1',
      'EID:Slt DID State DG     Size Intf Med SeSz Model',
      '252:1     9 Onln   0 7.277 TB SAS  HDD 512B PLATTE 8T',
    ),
    '\nDrive /c0/e252/s1 - Detailed Information :\n=====================\n',
    facts('Drive /c0/e252/s1 State', state),
    facts('Drive /c0/e252/s1 Device attributes', attributes),
  ].join('');
  const expected = answerOf(JSON.stringify(json));
  assert.equal(expected.controllers[0]?.physicalDrives[0]?.smartPassed, false);
  assert.deepEqual(answerOf(text), expected);
  // as Windows and a terminal leave it
  assert.deepEqual(answerOf(`root@rb:~# storcli /call show all\n${text}`.replaceAll('\n', '\r\n')), expected);
});

test('each controller of /call is an answer of its own, and a failure is a problem of it', () => {
  const drives = table('PD LIST', 'EID:Slt DID State Model', '252:0     8 Onln  FLINK 1 ');
  const text = `${head('Controller = 0\n')}${drives}${head('Controller = 1\n', 'Failure', 'Controller 1 not found')}${head('Controller = 2\n')}${drives}`;
  const { controllers, problems } = answerOf(text);
  assert.deepEqual(
    controllers.map(({ id, physicalDrives }) => [id, physicalDrives[0]?.model]),
    [
      ['0', 'FLINK 1'],
      ['2', 'FLINK 1'],
    ],
  );
  assert.deepEqual(problems, ['controller 1: Controller 1 not found']);
});

test('the overview names the controllers', () => {
  const text = `${head('')}Number of Controllers = 1\n${table('System Overview', 'Ctl Model         Hlth', '  0 Karte 9361-8i Opt ')}`;
  assert.deepEqual(
    answerOf(text).controllers.map(({ id, model, health }) => [id, model, health]),
    [['0', 'Karte 9361-8i', 'Opt']],
  );
});

test('a row that was cut off is none, and other texts hold no controller', () => {
  const text = `${head('Controller = 0\n')}${table('PD LIST', 'EID:Slt DID State Model', '252:0     8 Onln  FLINK 1 ', '252:1     9 Onln  FLINK 2 ')}`;
  const cut = text.slice(0, text.indexOf('FLINK 2') + 3);
  assert.deepEqual(
    answerOf(cut).controllers[0]?.physicalDrives.map(({ slot }) => slot),
    ['0'],
  );
  assert.deepEqual(answerOf('Controller = 0\nStatus : ok\n', 'Adapter #0\n'), { controllers: [], problems: [] });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedFromCsv, readExpectedList } from '../../src/settings/expected-csv.ts';

test('without a heading, a field is what it looks like', () => {
  const { machines, mistakes } = expectedFromCsv('# rack 4\n52:54:00:00:00:01\nABC1234\n\n52-54-00-00-00-02,XYZ99,node 2\n');
  assert.deepEqual(mistakes, []);
  assert.deepEqual(machines, [
    { mac: '52:54:00:00:00:01' },
    { serial: 'ABC1234' },
    { mac: '52:54:00:00:00:02', serial: 'XYZ99', name: 'node 2' },
  ]);
});

test('a list of a spreadsheet: semicolons, quotes, other columns, CRLF, byte order mark', () => {
  const text = '\uFEFF"Host";"Rack";"Service Tag";"MAC address"\r\n"web;1";"4";"0012";"525400000003"\r\n"";"4";"""odd""";""\r\n';
  assert.deepEqual(expectedFromCsv(text), {
    machines: [{ name: 'web;1', serial: '0012', mac: '52:54:00:00:00:03' }, { serial: '"odd"' }],
    mistakes: [],
  });
});

test('a line that names no machine is told with its number', () => {
  const { mistakes } = expectedFromCsv('mac,name\n52:54:00:00:00:0,a\n,b\n');
  assert.deepEqual(
    mistakes.map(({ line, message }) => `${line}: ${message}`),
    ['2: "52:54:00:00:00:0" is not a MAC address', '3: neither a MAC address nor a serial number'],
  );
});

const A = { mac: '00:11:22:33:44:55', serial: 'ABC123' };
const lists: [what: string, text: string, machines: unknown[]][] = [
  ['a line that tells the separator', 'sep=;\r\nMAC;Serial\r\n00:11:22:33:44:55;ABC123\r\n', [A]],
  ['the same in quotes', '"sep=\t"\nMAC\tSerial\n00:11:22:33:44:55\tABC123\n', [A]],
  ['titles above the heading', 'Inventory of hall 3\n\n"Serial numbers, as of 2026"\nMAC,Serial\n00:11:22:33:44:55,ABC123\n', [A]],
  ['bars', 'MAC|Serial\n00:11:22:33:44:55|ABC123\n', [A]],
  ['ends of lines and separators in quotes', 'MAC,Note,Serial\n00:11:22:33:44:55,"two\nlines, and a comma",ABC123\n', [A]],
  [
    'a heading with "mac" inside a word',
    'Machine,Serial\nn1,ABC1\nn2,ABC2\n',
    [
      { name: 'n1', serial: 'ABC1' },
      { name: 'n2', serial: 'ABC2' },
    ],
  ],
  ['Italian: macchina', 'Macchina;Numero di serie\nn1;ABC1\n', [{ name: 'n1', serial: 'ABC1' }]],
  [
    'German',
    'Rechnername;MAC-Adresse;Seriennummer;Inventarnr.\nn1;00-11-22-33-44-55;ABC123;0815\n',
    [{ name: 'n1', ...A, assetTag: '0815' }],
  ],
  ['French', "Nom d'hôte;Adresse MAC;N° de série\nn1;00:11:22:33:44:55;ABC123\n", [{ name: 'n1', ...A }]],
  ['Spanish', 'Equipo;Dirección MAC;Número de serie\nn1;00:11:22:33:44:55;ABC123\n', [{ name: 'n1', ...A }]],
  ['Italian', 'Nome host;Indirizzo MAC;Matricola\nn1;00:11:22:33:44:55;ABC123\n', [{ name: 'n1', ...A }]],
  ['words as programs write them', 'hostName,macAddress,serial_number\nn1,00:11:22:33:44:55,ABC123\n', [{ name: 'n1', ...A }]],
  [
    'addresses as Cisco, 3Com and others write them, without a heading',
    '0011.2233.4455,ABC123\n0011-2233-4456,X2\n001122-334457,X3\n00.11.22.33.44.58,X4\n',
    [A, { mac: '00:11:22:33:44:56', serial: 'X2' }, { mac: '00:11:22:33:44:57', serial: 'X3' }, { mac: '00:11:22:33:44:58', serial: 'X4' }],
  ],
  ['several in one cell', 'MAC,Name\n"00:11:22:33:44:55 (eth0), 00:11:22:33:44:56",n1\n', [{ mac: A.mac, name: 'n1' }]],
  [
    'words for nothing',
    'MAC Address,Service Tag\nN/A,A1\n-,A2\nnone,A3\nkeine,A4\naucun,A5\nninguno,A6\nnessuno,A7\n#NV,A8\n–,A9\n',
    Array.from({ length: 9 }, (_, at) => ({ serial: `A${at + 1}` })),
  ],
  ['numbers that were kept as texts', 'serial\n="0012345"\n\'0012346\n', [{ serial: '0012345' }, { serial: '0012346' }]],
  [
    'UUIDs and labels',
    'UUID,Asset Tag\n4C4C4544-0042-3510-8052-B4C04F4E5031,R7\n',
    [{ uuid: '4C4C4544-0042-3510-8052-B4C04F4E5031', assetTag: 'R7' }],
  ],
  ['a serial number that looks like a power of ten', 'serial\n12E5\n5E12\n', [{ serial: '12E5' }, { serial: '5E12' }]],
];
for (const [what, text, machines] of lists) {
  test(`a list with ${what}`, () => {
    const { machines: found, mistakes } = expectedFromCsv(text);
    assert.deepEqual([found, mistakes], [machines, []]);
  });
}

const ruined: [cell: string, says: RegExp][] = [
  ['1.23457E+11', /rounded/],
  ['"1,23457E+11"', /rounded/],
  ['5E+12', /rounded/],
  ['123456789012345000', /rounded/],
  ['########', /too narrow/],
  ['1-Mar-24', /date/],
  ['05. Mrz 24', /date/],
  ['Mär 23', /date/],
];
for (const [cell, says] of ruined) {
  test(`${cell} is a mistake with its line`, () => {
    const { machines, mistakes } = expectedFromCsv(`serial,name\nABC1,a\n${cell},b\n`);
    assert.deepEqual([machines.length, mistakes.map(({ line }) => line)], [1, [3]]);
    assert.match(mistakes[0]?.message ?? '', says);
  });
}

test('a MAC address that lost its zeros says so', () => {
  const { mistakes } = expectedFromCsv('mac,name\n1122334455,a\n');
  assert.match(`${mistakes[0]?.message}; ${mistakes[0]?.hint}`, /^"1122334455" is not a MAC address; it has 10 digits of 12/);
});

test('a heading in words that nobody knows is told, and is no machine', () => {
  const { machines, mistakes } = expectedFromCsv('Kennung,Ort\nA1,r1\nA2,r2\n');
  assert.deepEqual(
    [machines, mistakes.map(({ line, message }) => `${line}: ${message}`)],
    [[], ['1: no column of the heading is known: "Kennung", "Ort"']],
  );
});

const bytes: [what: string, content: Uint8Array, said: string][] = [
  ['UTF-8', Buffer.from('MAC,Foo\n0011.2233.4455,x\n'), '1 machine: 1 by MAC address; ignored: column Foo'],
  [
    'UTF-16 with its mark',
    Buffer.from('\uFEFFMAC\tSerial\tName\r\n00:11:22:33:44:55\tABC123\tnode1\r\n', 'utf16le'),
    '1 machine: 1 by serial number; read as UTF-16',
  ],
  [
    'UTF-16 without a mark',
    Buffer.from('MAC;Serial\r\n00:11:22:33:44:55;ABC123\r\n', 'utf16le'),
    '1 machine: 1 by serial number; read as UTF-16',
  ],
  [
    'UTF-16, big end first',
    Buffer.from('\uFEFFMAC;Name\n00:11:22:33:44:55;x\n', 'utf16le').swap16(),
    '1 machine: 1 by MAC address; read as UTF-16',
  ],
  ['windows-1252', Buffer.from('Seriennummer;Gerät\nABC123;Zürich\n', 'latin1'), '1 machine: 1 by serial number; read as Windows-1252'],
  [
    'with a title',
    Buffer.from('Hall 3\nserial,mac\nA1,\n,00:11:22:33:44:55\n'),
    '2 machines: 1 by serial number, 1 by MAC address; 1 row above the heading left out',
  ],
];
for (const [what, content, said] of bytes) {
  test(`what is said of a list in ${what}`, () => {
    const { mistakes, said: words } = readExpectedList(content);
    assert.deepEqual([mistakes, words], [[], said]);
  });
}

test('the address of a BMC, in a column of its own or by its look, with what a browser has before it', () => {
  const list = expectedFromCsv('Name;iDRAC IP;SN\nn1;10.0.0.7;\nn2;https://10.0.0.8/login;S2\nn3;3cecef-0abc02;\nn4;n4-bmc;S4\n');
  assert.deepEqual(list, {
    machines: [
      { name: 'n1', bmcAddress: '10.0.0.7' },
      { name: 'n2', bmcAddress: '10.0.0.8', serial: 'S2' },
      { name: 'n3', mac: '3c:ec:ef:0a:bc:02' },
      { name: 'n4', serial: 'S4' },
    ],
    mistakes: [],
  });
  assert.deepEqual(expectedFromCsv('10.0.0.9,n9\nfd00::7,n10\n').machines, [
    { bmcAddress: '10.0.0.9', serial: 'n9' },
    { bmcAddress: 'fd00::7', serial: 'n10' },
  ]);
});

test('one column with numbers that a spreadsheet with a decimal comma has rounded', () => {
  const { machines, mistakes } = expectedFromCsv('Serial\n1,23E+11\nA1\n');
  assert.deepEqual(machines, [{ serial: 'A1' }]);
  assert.deepEqual(
    mistakes.map(({ line, message }) => [line, message.slice(0, 22)]),
    [[2, '"1,23E+11" is a number']],
  );
});

test('whole dates are none, braces around a UUID go, and a row of sums is no machine', () => {
  const { machines, mistakes } = expectedFromCsv(
    'Nr;Serial;UUID\n1;01.03.2024;\n2;2024-03-01 00:00:00;\n3;12-03-24;\n4;;{4c4c4544-0044-3510-8052-b4c04f564434}\nSumme:;4;\n',
  );
  assert.deepEqual(machines, [{ serial: '12-03-24' }, { uuid: '4c4c4544-0044-3510-8052-b4c04f564434' }]);
  assert.deepEqual(
    mistakes.map(({ line }) => line),
    [2, 3],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printedBytes } from '../../../src/domain/drives/printed-size.ts';
import { driveSize } from '../../../src/domain/values/drive-size.ts';

for (const [printed, tool, of, label] of [
  ['100 GB', 'ssacli', 'drive', '100 GB'],
  ['1.2 TB', 'ssacli', 'drive', '1.2 TB'],
  ['3.84 TB', 'ssacli', 'drive', '3.84 TB'],
  ['93.1 GB', 'ssacli', 'volume', '100 GB'],
  ['3.492 TB', 'storcli', 'drive', '3.84 TB'],
  ['3.493 TiB', 'storcli', 'drive', '3.84 TB'],
  ['446.625 GB', 'perccli', 'drive', '480 GB'],
  ['278.875 GB', 'megacli', 'drive', '300 GB'],
  ['27.945 TB', 'storcli', 'drive', '30.72 TB'],
  ['7.276 TB', 'storcli', 'drive', '8 TB'],
  ['20G', 'multipath', 'volume', '21.5 GB'],
  ['1 TiB', 'ssacli', 'drive', '1.1 TB'],
  ['0 KB', 'storcli', 'drive', undefined],
  ['unknown', 'storcli', 'drive', undefined],
  ['99999999 PB', 'storcli', 'drive', undefined],
  [undefined, 'storcli', 'drive', undefined],
] as const)
  test(`${tool} prints ${printed} of a ${of}: ${label}`, () => assert.equal(driveSize(printedBytes(printed, tool, of)), label));

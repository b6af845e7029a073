import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { drivenTemperature } from '../../../src/inventory/values/driven-temperature.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';

test('what a sensor says where it knows nothing is no temperature', () => {
  for (const none of [0, 127, 128, 255, -128, 65535, Number.NaN, undefined]) assert.equal(drivenTemperature(none), undefined, String(none));
  for (const some of [-5, 1, 38, 71, 119]) assert.equal(drivenTemperature(some), some);
});

test('of drives and batteries behind a controller, and of transceivers', () => {
  const storcli = {
    Controllers: [
      {
        'Command Status': { Controller: 0, Status: 'Success' },
        'Response Data': {
          Basics: { Controller: 0, Model: 'X' },
          Cachevault_Info: [{ Model: 'CVPM02', State: 'Optimal', Temp: '255C' }],
        },
      },
    ],
  };
  const module = 'Identifier : 0x03 (SFP)\nVendor name : EXAMPLE\nModule temperature : -128.00 degrees C / -198.40 degrees F\n';
  const { storage, nics } = normalise(
    fixtureCapture({
      outputs: { 'storcli-a': JSON.stringify(storcli), 'ethtool-module-eno1': module },
      files: { 'sys/class/net/eno1/address': '52:54:00:00:00:01\n' },
    }),
  ).sections;
  assert.deepEqual(dataOf(storage).controllers?.[0]?.battery, { model: 'CVPM02', state: 'Optimal' });
  assert.deepEqual([dataOf(nics)[0]?.transceiver?.vendor, dataOf(nics)[0]?.transceiver?.temperatureCelsius], ['EXAMPLE', undefined]);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { parseNvidiaSmi } from '../../../src/inventory/tools/nvidia-smi-xml.ts';
import { fixtureCapture } from '../capture-fixture.ts';

const log = (...cards: string[]) =>
  `<?xml version="1.0" ?>\n<nvidia_smi_log>\n<driver_version>570.1</driver_version>\n${cards
    .map((card, at) => `<gpu id="00000000:${at + 1}1:00.0">${card}</gpu>`)
    .join('\n')}\n</nvidia_smi_log>\n`;

test('a card that is cut into instances has its own memory, wherever those stand', () => {
  const instances =
    '<mig_devices><mig_device><uuid>MIG-1</uuid><fb_memory_usage><total>9728 MiB</total></fb_memory_usage></mig_device></mig_devices>';
  const own = '<uuid>GPU-7</uuid><fb_memory_usage><total>40960 MiB</total></fb_memory_usage>';
  for (const card of [`${instances}${own}`, `${own}${instances}`]) {
    const [gpu] = parseNvidiaSmi(log(card));
    assert.deepEqual([gpu?.memoryBytes, gpu?.uuid], [40960 * 1024 ** 2, 'GPU-7']);
  }
});

test('a card that does not answer has no values and a finding', () => {
  const silent =
    '<product_name>ERR!</product_name><serial>[GPU is lost]</serial><uuid>[N/A]</uuid><vbios_version>Unknown Error</vbios_version>';
  const text = log(silent, '<product_name>Karte 9</product_name><serial>[N/A]</serial><vbios_version>96.1</vbios_version>');
  const { sections, findings } = normalise(fixtureCapture({ outputs: { 'nvidia-smi': text } }));
  assert.deepEqual(sections.gpus?.status === 'ok' ? sections.gpus.data : [], [
    { pciAddress: '0000:11:00.0', driverVersion: '570.1', problem: 'ERR!' },
    { pciAddress: '0000:21:00.0', model: 'Karte 9', vbios: '96.1', driverVersion: '570.1' },
  ]);
  assert.deepEqual(
    findings?.map(({ code, evidence, message }) => [code, evidence, message]),
    [['gpu-silent', 'gpus[0].problem', 'display adapter at 0000:11:00.0 does not answer its driver: ERR!']],
  );
});

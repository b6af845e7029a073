import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BMC_COMMANDS } from '../../../src/peer/capture/commands/bmc.ts';
import { planCommands } from '../../../src/peer/capture/commands/plan.ts';
import { runCommands } from '../../../src/peer/capture/runner.ts';
import { simulatedBmc } from './simulated-bmc.ts';

const DEVICES = {
  ...{ interfaces: [], smartDisks: [], nvmeControllers: [], enclosures: [], infinibandDevices: [], usbDevices: [] },
  hasIpmi: true,
};

it('the inventory of a BMC without sensor records only reads: ipmitool does not clear and fill them', async () => {
  await using bmc = await simulatedBmc('cuts');
  const before = await bmc.settings();
  const said: string[] = [];
  const rows = await runCommands(planCommands(BMC_COMMANDS, DEVICES), {
    run: async (argv, options) => {
      const result = await bmc.ask(argv, options);
      said.push(result.stdout.toString('utf8'), result.stderr.toString('utf8'));
      return result;
    },
    writer: { write: async () => {} },
    deadlineMs: 300_000,
  });
  const asked = new Map(rows.map(({ id, argv, status }) => [id, `${argv.slice(3).join(' ')}: ${status}`]));
  assert.equal(asked.get('ipmi-sdr-info'), 'sdr info: ok');
  assert.equal(asked.get('ipmi-sdr'), 'sdr elist full: absent');
  assert.match(asked.get('ipmi-fru-print') ?? '', /^fru print 0: /);
  assert.doesNotMatch(said.join('\n'), /erased/);
  assert.equal(await bmc.settings(), before);
  assert.equal(await bmc.cuts(), 0);
});

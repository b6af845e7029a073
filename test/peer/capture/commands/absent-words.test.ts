import assert from 'node:assert/strict';
import test from 'node:test';
import {
  NO_CONTROLLER,
  NO_LAN_CHANNEL,
  NO_MODULE,
  NO_PRIVATE_FLAGS,
  NO_SMART,
  NO_SMBIOS,
} from '../../../../src/peer/capture/commands/absent-words.ts';
import type { AbsentWords } from '../../../../src/peer/capture/commands/plan.ts';
import { runCommands } from '../../../../src/peer/capture/runner.ts';

/** How a command that fails with these words ends. */
async function statusOf(absentWhen: AbsentWords, stderr: string, stdout = ''): Promise<[string, string | undefined]> {
  const [row] = await runCommands([{ id: 'asked', timeoutMs: 1000, argv: ['asked'], absentWhen }], {
    run: async (argv) => ({
      argv,
      status: 'failed',
      exitCode: 1,
      signal: undefined,
      stdout: Buffer.from(stdout),
      stderr: Buffer.from(stderr),
      durationMs: 1,
    }),
    writer: { write: async () => {} },
    deadlineMs: 5000,
  });
  return [row?.status ?? '', row?.reason];
}

const THERE_IS_NONE: readonly (readonly [AbsentWords, string, string?])[] = [
  [NO_MODULE, 'netlink error: Operation not supported\n'],
  [NO_MODULE, 'Cannot get module EEPROM information: Operation not supported\n'],
  [NO_MODULE, 'Cannot get module EEPROM information: Invalid argument\n'],
  [NO_MODULE, 'netlink error: Input/output error\n'],
  [NO_PRIVATE_FLAGS, 'No private flags defined\n'],
  [NO_LAN_CHANNEL, 'Channel 3 is not a LAN channel!\n'],
  [NO_LAN_CHANNEL, 'Invalid channel: 8\n'],
  [NO_LAN_CHANNEL, 'Get Channel Info command failed: Parameter out of range\n'],
  [NO_SMBIOS, '', '# dmidecode 3.6\n# No SMBIOS nor DMI entry point found, sorry.\n'],
  [NO_SMART, '', '{"smartctl":{"messages":[{"string":"/dev/sda: DELL or MegaRaid controller, please try adding \'-d megaraid,N\'"}]}}'],
  [NO_CONTROLLER, '', 'Error: No controllers detected. Possible causes:\n'],
  [NO_CONTROLLER, '', '"Status" : "Failure", "Description" : "No VDs have been configured."'],
];
for (const [words, stderr, stdout] of THERE_IS_NONE) {
  test(`absent, with a reason: ${stderr.trim() || stdout?.trim()}`, async () => {
    const [status, reason] = await statusOf(words, stderr, stdout);
    assert.equal(status, 'absent');
    assert.ok(reason !== undefined && reason.length > 5);
  });
}

test('any other failure stays one', async () => {
  for (const words of [NO_MODULE, NO_LAN_CHANNEL, NO_SMART, NO_CONTROLLER, NO_PRIVATE_FLAGS, NO_SMBIOS])
    assert.deepEqual(await statusOf(words, 'Segmentation fault\nPermission denied\n'), ['failed', undefined]);
});

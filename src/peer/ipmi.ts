import { join } from 'node:path';
import { exists } from '../platform/files/files.ts';
import type { Argv } from '../platform/process/command.ts';
import type { RunCommand } from './capture/runner.ts';

/** A BMC that does not answer within this time is none that can switch the machine off. */
const BMC_MS = 20_000;

/** The only two uses of ipmitool besides the capture's. test/peer/ipmi.test.ts holds the list for the whole of src/. */
const BMC_INFO: Argv = ['ipmitool', '-I', 'open', 'mc', 'info'];
const CHASSIS_POWER_OFF: Argv = ['ipmitool', '-I', 'open', 'chassis', 'power', 'off'];

const DEVICES = ['dev/ipmi0', 'dev/ipmi/0', 'dev/ipmidev/0'];

/** True when the machine has a BMC that answers: a device of the kernel's IPMI driver, and `mc info` through it. */
export async function hasBmc(deps: { run: RunCommand; root: string }): Promise<boolean> {
  const devices = await Promise.all(DEVICES.map((device) => exists(join(deps.root, device))));
  if (!devices.includes(true)) return false;
  return (await deps.run(BMC_INFO, { timeoutMs: BMC_MS })).status === 'ok';
}

/** Has the BMC cut the power. On a real machine it does not return when it works. True when the BMC said yes. */
export async function chassisPowerOff(deps: { run: RunCommand }): Promise<boolean> {
  return (await deps.run(CHASSIS_POWER_OFF, { timeoutMs: BMC_MS })).status === 'ok';
}

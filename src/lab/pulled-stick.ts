import { PATHS } from '../domain/api.ts';
import { run } from '../platform/process/command.ts';
import { waitFor } from '../platform/process/wait-for.ts';
import { STICK_PLUG } from './machine/qemu-arguments.ts';
import type { Bench } from './machine/start-machine.ts';
import type { VirtualMachine } from './machine/virtual-machine.ts';
import { MASTER_ADDRESS } from './master-machine.ts';
import type { Stick } from './stick/stick.ts';

const GONE = /the stick is gone/i;
const BACK = /THE STICK IS BACK/;
/** It looks every two seconds; emulation on a busy host is slow. */
const SAID_MS = 2 * 60_000;
const BACK_MS = 5 * 60_000;
const OUT_MS = 30_000;

/**
 * Pulls the stick out of a master that serves, and plugs it in again. Gives findings: both must be said on its screen and at {@link PATHS.ready}.
 * @throws ReconError `lab-failed` when it is not said in time, `infrastructure` when QEMU does not do it
 */
export async function pullStick(vm: VirtualMachine, { namespace }: Pick<Bench, 'namespace'>, stick: Stick): Promise<string[]> {
  const trouble = async (): Promise<string | undefined> => {
    const url = `http://${MASTER_ADDRESS}${PATHS.ready}`;
    const answer = await run(namespace.inside(['curl', '--silent', '--max-time', '30', url]), { timeoutMs: 40_000 });
    return /"state":"([a-z-]+)"/.exec(answer.stdout.toString('utf8'))?.[1];
  };
  const before = await trouble();
  const from = vm.console.length;
  await unplug(vm);
  await vm.waitForLine(GONE, SAID_MS, from);
  const meanwhile = await trouble();
  const backFrom = vm.console.length;
  await plugIn(vm, stick);
  await vm.waitForLine(BACK, BACK_MS, backFrom);
  const after = await trouble();
  return [
    ...(before === undefined ? [] : [`${vm.name} says ${before} of a stick with which nothing is wrong`]),
    ...(meanwhile === 'gone' ? [] : [`${vm.name} says ${meanwhile ?? 'nothing'} at ${PATHS.ready} while its stick is pulled`]),
    ...(after === undefined ? [] : [`${vm.name} still says ${after} at ${PATHS.ready} with its stick back`]),
  ];
}

async function unplug(vm: VirtualMachine): Promise<void> {
  const isOut = (): boolean => vm.events.some(({ name, data }) => name === 'DEVICE_DELETED' && data['device'] === STICK_PLUG.id);
  await vm.qmp.execute('device_del', { id: STICK_PLUG.id });
  // QEMU drops the drive together with its device, and only then its file may be opened anew
  await waitFor(async () => (isOut() ? true : undefined), { timeoutMs: OUT_MS, pauseMs: 100 });
}

async function plugIn(vm: VirtualMachine, stick: Stick): Promise<void> {
  const node = 'stick-again';
  await vm.qmp.execute('blockdev-add', { driver: 'raw', 'node-name': node, file: { driver: 'file', filename: stick.path } });
  const { id, bus, serial } = STICK_PLUG;
  await vm.qmp.execute('device_add', { driver: 'usb-storage', id, bus, serial, drive: node, removable: true });
}

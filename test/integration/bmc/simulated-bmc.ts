import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { type Argv, type CommandOptions, type CommandResult, run, runOk } from '../../../src/platform/process/command.ts';

/** What the BMC does when it is told to cut the power: it does, it says so and does not, or it never answers again. */
export type PowerHabit = 'cuts' | 'lies' | 'hangs';

/** OpenIPMI's simulator, behind a UDP port of the loopback. */
export interface SimulatedBmc extends AsyncDisposable {
  /** a command line of ipmitool for the machine's own BMC (`-I open`), carried out on this one */
  ask(argv: Argv, options: CommandOptions): Promise<CommandResult>;
  isPowerOff(): Promise<boolean>;
  /** how often it was told to cut the power */
  cuts(): Promise<number>;
  /** its users, channel, event filter, log and sensors, as ipmitool reads them */
  settings(): Promise<string>;
  /** answers nobody any more */
  freeze(): void;
}

const QUICK = { timeoutMs: 60_000 };
const SETTINGS = [
  'user list 1',
  'user summary',
  'channel info 1',
  'channel getaccess 1 2',
  'lan print 1',
  'mc getenables',
  'sel info',
  'sdr info',
];

export async function simulatedBmc(habit: PowerHabit): Promise<SimulatedBmc> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryDirectory('recon-bmc-sim-'));
  const port = await freePort();
  await mkdir(join(path, 'state'));
  await writeFile(join(path, 'lan.conf'), lanConf(port, join(path, 'chassis')));
  // an SDR repository, and nothing in it: ipmitool fills one of its own accord where it may
  await writeFile(
    join(path, 'bmc.emu'),
    'mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02\nsel_enable 0x20 100 0x0a\nmc_enable 0x20\n',
  );
  await writeFile(join(path, 'chassis'), chassisProgram(path, habit));
  await chmod(join(path, 'chassis'), 0o755);
  const argv = ['ipmi_sim', '-n', '-c', join(path, 'lan.conf'), '-f', join(path, 'bmc.emu'), '-s', join(path, 'state')] as const;
  const lines: string[] = [];
  const child = startChild(argv, { onLine: (line) => lines.push(line) });
  stack.defer(async () => {
    child.kill('SIGKILL');
    await child.exited;
  });
  const over = ['-I', 'lan', '-H', '127.0.0.1', '-p', String(port), '-U', 'recon', '-P', 'test'];
  const ask: SimulatedBmc['ask'] = ([, , , ...words], options) => {
    if (habit === 'hangs' && words[0] === 'chassis') child.kill('SIGSTOP');
    return run(['ipmitool', ...over, ...words], options);
  };
  for (let attempt = 0; (await ask(['ipmitool', '-I', 'open', 'mc', 'info'], QUICK)).status !== 'ok'; attempt += 1) {
    if (attempt === 20) throw new Error(`the simulator does not answer:\n${lines.join('\n')}`);
    await delay(200);
  }
  const all = stack.move();
  return {
    ask,
    isPowerOff: () => exists(join(path, 'off')),
    cuts: async () => ((await readFile(join(path, 'calls'), 'utf8').catch(() => '')).match(/set power 0/g) ?? []).length,
    settings: async () => {
      const said: string[] = [];
      for (const words of SETTINGS) said.push(await runOk(['ipmitool', ...over, ...words.split(' ')], QUICK));
      return said.join('\n');
    },
    freeze: () => child.kill('SIGSTOP'),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** ipmi_lan(5) */
function lanConf(port: number, chassis: string): string {
  const levels = ['callback', 'user', 'operator', 'admin'].map((level) => `    allowed_auths_${level} none md2 md5 straight`);
  return [
    'name "recon"',
    'set_working_mc 0x20',
    '  startlan 1',
    `    addr 127.0.0.1 ${port}`,
    '    priv_limit admin',
    ...levels,
    '  endlan',
    `  chassis_control "${chassis}"`,
    '  user 2 true "recon" "test" admin 10 none md2 md5 straight',
    '',
  ].join('\n');
}

/** What the simulator runs, with `get power` or `set power 0` (ipmi_lan(5), chassis_control). */
function chassisProgram(directory: string, habit: PowerHabit): string {
  const act = habit === 'cuts' ? `: > '${directory}/off'` : ':';
  return `#!/bin/sh\necho "$*" >> '${directory}/calls'\ncase "$*" in *'get power') echo power:1 ;; *'set power 0') ${act} ;; esac\n`;
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

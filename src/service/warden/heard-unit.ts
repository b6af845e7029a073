import { DNSMASQ_LOOK_MS } from '../../master/dhcp/dnsmasq/process.ts';
import { type LineSocket, listenLines } from '../../platform/network/line-socket.ts';
import { type Child, startChild } from '../../platform/process/child.ts';
import { run, runOk } from '../../platform/process/command.ts';

export const DNSMASQ_UNIT = 'recon-dnsmasq.service';
/** To which systemd connects the output of the unit (systemd.exec(5), StandardOutput=file:). */
export const DNSMASQ_SOCKET = '/run/recon/dnsmasq.socket';
const STOP_MS = 30_000;

/** A program that runs as a unit of its own, and is heard: dnsmasq, which is neither root nor a child of root. */
export interface HeardUnit extends AsyncDisposable {
  /** what it says goes to `onLine`, and no longer to that of the start before */
  start(onLine: (line: string) => void): HeardProcess;
}
type HeardProcess = Pick<Child, 'pid' | 'exited' | 'stop'>;

/** Ends what an earlier warden left running. `socket`: where the unit speaks. @throws ReconError `command-failed` when systemd does not do it */
export async function heardUnit(unit: string, socket: string): Promise<HeardUnit> {
  const stopUnit = async (): Promise<void> => {
    await runOk(['systemctl', 'stop', unit], { timeoutMs: STOP_MS });
  };
  await stopUnit();
  let take: (line: string) => void = () => {};
  let lastHeard: Promise<void> = Promise.resolve();
  const onConnection = (connection: LineSocket): ((line: string) => void) => {
    lastHeard = connection.closed;
    return (line) => take(line);
  };
  const listener = await listenLines(socket, 0, onConnection, { everyMs: DNSMASQ_LOOK_MS });
  return {
    start: (onLine) => {
      take = onLine;
      // it ends when the unit does
      const waiting = startChild(['systemctl', 'start', '--wait', unit], { onLine });
      const exited = waiting.exited.then(async () => {
        await lastHeard;
        return endOfUnit(unit);
      });
      const stop = async (): ReturnType<HeardProcess['stop']> => {
        await stopUnit();
        return exited;
      };
      return { pid: undefined, exited, stop };
    },
    [Symbol.asyncDispose]: async () => {
      await stopUnit();
      await listener[Symbol.asyncDispose]();
    },
  };
}

/** Codes of waitid(2): 1 is an exit, 2 and 3 are signals. */
async function endOfUnit(unit: string): ReturnType<HeardProcess['stop']> {
  const shown = await run(['systemctl', 'show', '--property=ExecMainCode,ExecMainStatus', unit], { timeoutMs: STOP_MS });
  const [, code, status] = /^ExecMainCode=(\d+)\nExecMainStatus=(\d+)$/m.exec(shown.stdout.toString('utf8')) ?? [];
  if (code === '1') return { exitCode: Number(status), signal: undefined };
  return { exitCode: undefined, signal: code === undefined || code === '0' ? undefined : `signal ${status}` };
}

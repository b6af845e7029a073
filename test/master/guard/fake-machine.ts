import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type FakePrograms, fakePrograms } from '../../fake-programs.ts';
import { movedRoot } from '../../platform/files/moved-root.ts';

const NET = '/sys/class/net';

export interface FakePort {
  index: number;
  mac?: string;
  carrier?: boolean;
  changes?: number;
  /** hardware type; 1 is Ethernet */
  type?: number;
  isVirtual?: boolean;
  master?: string;
}

/** A machine whose /sys and whose programs are the test's own. */
export interface FakeMachine extends AsyncDisposable {
  put(name: string, port: FakePort): Promise<void>;
  pull(name: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** sends a frame to all who capture; on a machine whose ports hang on one segment */
  carry(frame: Uint8Array): Promise<void>;
  /** how many times frames have been sent, and are on the wire; on such a machine too */
  batches(): Promise<number>;
  /** the captures that run, by the process */
  captures(): Promise<number[]>;
  /** where a path of this machine lies */
  at(path: string): string;
  programs: FakePrograms;
}

/** What is sent is written to the file `wire`, in the format of pcap(5), and read from there. All probes have 590 bytes. */
const SEGMENT = {
  tcpdump: 'echo $$ >> captures; : >> wire; at=$(wc -c < wire); cat head; exec tail -s 0.01 -c +$((at + 1)) -f wire',
  socat: `cat > "sent.$$"; i=0
    while [ $((i * $3)) -lt "$(wc -c < "sent.$$")" ]; do
      { printf '\\0\\0\\0\\0\\0\\0\\0\\0\\116\\2\\0\\0\\116\\2\\0\\0'; dd if="sent.$$" bs="$3" skip=$i count=1 2>/dev/null; } > "one.$$"
      cat "one.$$" >> wire; i=$((i + 1))
    done; echo >> batches`,
};
const NO_SEGMENT = { tcpdump: 'echo "no capture on this machine" >&2; exit 1', socat: 'cat > sent' };

function pcapHead(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt32LE(1, 20);
  return head;
}

/** `defaultRoute`: the interfaces that lead elsewhere; `ip`: what else that program does, in shell; `isSegment`: its ports hang on one segment. */
export async function fakeMachine(
  t: TestContext,
  { defaultRoute = [] as string[], ip = '', isSegment = false } = {},
): Promise<FakeMachine> {
  const at = await movedRoot(t, { [`${NET}/lo/ifindex`]: '1', [`${NET}/lo/type`]: '772' });
  const routes = JSON.stringify(defaultRoute.map((dev) => ({ dst: 'default', dev })));
  const programs = await fakePrograms({
    ip: `case "$*" in '-4 -j route'*) echo '${routes}' ;; esac; ${ip}`,
    ...(isSegment ? SEGMENT : NO_SEGMENT),
  });
  await writeFile(join(programs.path, 'head'), pcapHead());
  return {
    at,
    programs,
    put: async (name, { index, mac = `52:54:00:00:01:0${index}`, carrier = false, changes = 1, type = 1, isVirtual = false, master }) => {
      const path = at(`${NET}/${name}`);
      await mkdir(path, { recursive: true });
      const facts = { ifindex: index, address: mac, carrier: carrier ? 1 : 0, carrier_changes: changes, type, flags: '0x1003' };
      for (const [file, value] of Object.entries(facts)) await writeFile(`${path}/${file}`, `${value}\n`);
      if (!isVirtual) await symlink('../../0000:01:00.0', `${path}/device`).catch(() => {});
      if (master !== undefined) await symlink(`../${master}`, `${path}/master`).catch(() => {});
    },
    carry: async (frame) => {
      const head = Buffer.alloc(16);
      head.writeUInt32LE(frame.length, 8);
      head.writeUInt32LE(frame.length, 12);
      await appendFile(join(programs.path, 'wire'), Buffer.concat([head, frame]));
    },
    batches: async () => (await readFile(join(programs.path, 'batches'), 'utf8').catch(() => '')).length,
    captures: async () => {
      const pids = (await readFile(join(programs.path, 'captures'), 'utf8')).trim().split('\n').map(Number);
      return pids.filter((pid) => existsSync(`/proc/${pid}`));
    },
    pull: (name) => rm(at(`${NET}/${name}`), { recursive: true }),
    rename: (from, to) => rename(at(`${NET}/${from}`), at(`${NET}/${to}`)),
    [Symbol.asyncDispose]: () => programs[Symbol.asyncDispose](),
  };
}

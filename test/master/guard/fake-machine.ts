import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
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
  /** where a path of this machine lies */
  at(path: string): string;
  programs: FakePrograms;
}

/** `defaultRoute`: the interfaces that lead elsewhere; `ip`: what else that program does, in shell. */
export async function fakeMachine(t: TestContext, { defaultRoute = [] as string[], ip = '' } = {}): Promise<FakeMachine> {
  const at = await movedRoot(t, { [`${NET}/lo/ifindex`]: '1', [`${NET}/lo/type`]: '772' });
  const routes = JSON.stringify(defaultRoute.map((dev) => ({ dst: 'default', dev })));
  const programs = await fakePrograms({
    ip: `case "$*" in '-4 -j route'*) echo '${routes}' ;; esac; ${ip}`,
    tcpdump: 'echo "no capture on this machine" >&2; exit 1',
    socat: 'cat > sent',
  });
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
    pull: (name) => rm(at(`${NET}/${name}`), { recursive: true }),
    rename: (from, to) => rename(at(`${NET}/${from}`), at(`${NET}/${to}`)),
    [Symbol.asyncDispose]: () => programs[Symbol.asyncDispose](),
  };
}

import type { Master } from '../master/master.ts';
import { clearStick } from './clear-stick.ts';
import type { ServedNetworks } from './serve-networks.ts';
import type { DataStorage } from './stick/data-storage.ts';

interface EndVisitInput {
  master: Pick<Master, 'stop' | 'sealed' | 'signingCode' | 'storageTrouble' | 'current'>;
  networks: Pick<ServedNetworks, 'stopGuard' | 'dropAddresses'>;
  data: Pick<DataStorage, 'directory' | 'storage' | 'close'>;
  /** false: nothing readable stays beside an encrypted tarball */
  keepRecords: boolean;
  /** this machine becomes the peer of another one: nothing of it is for a person */
  isJoining?: boolean;
  /** the machine shuts down, and not the service alone */
  isGoingDown: () => Promise<boolean>;
  say: (...lines: string[]) => void;
}

/** Ends a visit in the order in which nothing is lost: no more probes, no more answers, the last tarball, the stick written out. */
export async function endVisit({ master, networks, data, keepRecords, isJoining = false, isGoingDown, say }: EndVisitInput): Promise<void> {
  say(isJoining ? 'this master ends, please wait ...' : 'stopping: sealing the tarball, please wait ...');
  await networks.stopGuard();
  await master.stop();
  await networks.dropAddresses();
  const { sealed, storageTrouble } = master;
  const cleared: Awaited<ReturnType<typeof clearStick>> = keepRecords
    ? { said: [] }
    : await clearStick({ ...data, sealed, visit: master.current, isGoingDown });
  if (cleared.said.length > 0) say(...cleared.said);
  const trouble = await data.close();
  const tarball = sealed === undefined ? undefined : { ...sealed, name: cleared.name ?? sealed.name };
  const last = lastWords({ trouble, why: storageTrouble?.sentence, tarball, storage: data.storage, code: master.signingCode });
  if (last.length > 0 && !isJoining) say(...last);
}

interface LastWordsInput {
  /** what went wrong when the stick was written out */
  trouble: string | undefined;
  /** what keeps the tarball from the stick, in a sentence */
  why?: string | undefined;
  tarball: { name: string; machines: number; isWithoutCaptures?: true } | undefined;
  storage: 'stick' | 'ram';
  code: string;
}

/** What a person must know before they pull the stick; nothing when there is none. */
export function lastWords({ trouble, why, tarball, storage, code }: LastWordsInput): string[] {
  if (trouble !== undefined)
    return [`the stick was not written out: ${trouble}`, 'Leave it in until this machine is off, then check it on a laptop.'];
  if (tarball === undefined)
    return [
      ...(why === undefined ? [] : [why]),
      `the tarball could not be made; the records themselves ${storage === 'stick' ? 'that have a receipt are on the stick' : 'end with this machine'}`,
    ];
  if (storage === 'ram') return [];
  return [
    ...(tarball.isWithoutCaptures === true
      ? ['The tarball is WITHOUT RAW CAPTURES, because there was no room. They are on the stick: recon recover makes a tarball with them.']
      : []),
    `${tarball.name} holds ${tarball.machines} machines; its code is ${code}`,
    'SAFE TO PULL THE STICK as soon as this machine is off.',
  ];
}

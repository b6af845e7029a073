import { readOrUndefined } from '../platform/files/files.ts';
import { findClientTrouble, findForeignCompetition } from './checks/foreign-network.ts';
import { FOREIGN_SERVER_ADDRESS, type LabNetwork } from './network/lab-network.ts';

/** Findings: two clients, one that wants to boot from the network and one that does not, on the segment that has a server. */
export async function askOnForeignSegment(network: Pick<LabNetwork, 'askForAddress'>): Promise<string[]> {
  const ordinary = await network.askForAddress('52:54:00:77:f0:01');
  const booting = await network.askForAddress('52:54:00:77:f0:02', 'PXEClient:Arch:00000:UNDI:002001');
  return [
    ...findClientTrouble('an ordinary client', ordinary, FOREIGN_SERVER_ADDRESS),
    ...findClientTrouble('a network-boot client', booting, FOREIGN_SERVER_ADDRESS),
  ];
}

/** Findings: answers of anybody but the server that was there first, in all that went over the segment. */
export async function findForeignAnswers(network: Pick<LabNetwork, 'capturePath' | 'foreignServerMac'>): Promise<string[]> {
  const capture = await readOrUndefined(network.capturePath('foreign'));
  return findForeignCompetition(capture ?? Buffer.alloc(0), network.foreignServerMac);
}

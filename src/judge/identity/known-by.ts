import type { NodeRecord } from '../../domain/record/node-record.ts';
import { recordData } from '../../domain/record/record-data.ts';
import { parseMac } from '../../domain/values/mac.ts';

/** Everything that a person's list may call a machine by. Unlike the keys of identity these may be shared: a chassis, an adapter. */
export interface KnownBy {
  /** of every network port and of the BMC, as now and as the maker gave them, in our spelling */
  macs: string[];
  /** serial numbers of machine, chassis and board, its UUID, asset tags, addresses of its BMC */
  numbers: string[];
}

/** What a record knows. */
export function knownBy(record: Pick<NodeRecord, 'sections'>): KnownBy {
  const { system, board, nics = [], bmc } = recordData(record);
  const macs = [...nics.flatMap(({ mac, permanentMac }) => [mac, permanentMac]), bmc?.mac];
  const { chassis } = system ?? {};
  const numbers = [system?.serial, chassis?.serial, board?.serial, system?.uuid, chassis?.assetTag, board?.assetTag];
  const addresses = [bmc?.address, ...(bmc?.ipv6Addresses ?? []).map((one) => one.replace(/\/\d+$/, ''))].filter(
    (one) => one !== undefined && !OWN_MAKING.test(one),
  );
  return {
    macs: [...new Set(macs.flatMap((mac) => parseMac(mac ?? '') ?? []))],
    numbers: [...new Set([...numbers, ...addresses].filter((one) => one !== undefined))],
  };
}

/** Link-local addresses (RFC 3927, RFC 4291 2.5.6): every machine may have the same one towards its own BMC. */
const OWN_MAKING = /^169\.254\.|^fe[89ab][0-9a-f]:/i;

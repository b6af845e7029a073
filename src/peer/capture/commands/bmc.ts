import { NO_LAN_CHANNEL } from './absent-words.ts';
import { onlyLan6Fields, onlyLanFields } from './lan-fields.ts';
import type { CommandRule } from './plan.ts';

/** BMCs answer slowly: a FRU print of a blade can take a minute. */
const BMC_MS = 30_000;

const bmc = { lane: 'ipmi', timeoutMs: BMC_MS } as const;
const lan = { ...bmc, keep: onlyLanFields, absentWhen: NO_LAN_CHANNEL } as const;

/** What the BMC is asked, one question at a time: what matters most comes first, because some BMCs stop answering. */
export const BMC_COMMANDS: readonly CommandRule[] = [
  { ...bmc, id: 'ipmi-mc-info', argv: ['ipmitool', '-I', 'open', 'mc', 'info'] },
  { ...lan, id: 'ipmi-lan-print', argv: ['ipmitool', '-I', 'open', 'lan', 'print', '1'] },
  { ...bmc, id: 'ipmi-sdr-info', argv: ['ipmitool', '-I', 'open', 'sdr', 'info'], changes: withEmptyRepository },
  {
    ...bmc,
    id: 'ipmi-fru-print',
    timeoutMs: 2 * BMC_MS,
    argv: ['ipmitool', '-I', 'open', 'fru', 'print'],
    // one place without a part, which is common, and ipmitool ends with 1 although it has printed all others
    isOk: (exitCode, stdout) => exitCode === 1 && stdout.includes('FRU Device Description'),
  },
  { ...bmc, id: 'ipmi-user-summary', argv: ['ipmitool', '-I', 'open', 'user', 'summary'] },
  { ...bmc, id: 'ipmi-sel-info', argv: ['ipmitool', '-I', 'open', 'sel', 'info'] },
  { ...bmc, id: 'ipmi-sdr', timeoutMs: 2 * BMC_MS, argv: ['ipmitool', '-I', 'open', 'sdr', 'elist', 'full'] },
  { ...bmc, id: 'ipmi-sel-elist', timeoutMs: 2 * BMC_MS, argv: ['ipmitool', '-I', 'open', 'sel', 'elist', 'last', '200'] },
  {
    ...bmc,
    id: 'ipmi-lan6-print',
    argv: ['ipmitool', '-I', 'open', 'lan6', 'print', '1'],
    keep: onlyLan6Fields,
    absentWhen: NO_LAN_CHANNEL,
  },
  // vendors number LAN channels as they like; one that is not there answers at once
  { ...lan, id: 'ipmi-lan-print-2', argv: ['ipmitool', '-I', 'open', 'lan', 'print', '2'] },
  { ...lan, id: 'ipmi-lan-print-3', argv: ['ipmitool', '-I', 'open', 'lan', 'print', '3'] },
  { ...lan, id: 'ipmi-lan-print-8', argv: ['ipmitool', '-I', 'open', 'lan', 'print', '8'] },
];

/**
 * Where the repository of sensor records is empty, ipmitool sends Clear SDR Repository and fills it, before it lists sensors or the FRUs that records
 * name (seen with ipmitool 1.8.19). We only read: then the first FRU is asked for by its number, which takes no record.
 */
function withEmptyRepository(sdrInfo: Buffer): ReturnType<NonNullable<CommandRule['changes']>> {
  if (!/^Record Count\s*: 0$/m.test(sdrInfo.toString('latin1'))) return {};
  return {
    'ipmi-fru-print': { argv: ['ipmitool', '-I', 'open', 'fru', 'print', '0'] },
    'ipmi-sdr': { absentReason: 'the BMC has no sensor records' },
  };
}

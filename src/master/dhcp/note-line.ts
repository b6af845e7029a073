import { type LoadedArchitecture, unansweredFirmware } from '../../domain/firmware.ts';
import { RECON_PROBE_MAC } from '../../domain/network.ts';
import type { Log } from '../../platform/log.ts';
import type { MasterEvent } from '../ledger/events.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Discovery } from './discovery.ts';
import type { DnsmasqLine } from './dnsmasq/log.ts';
import type { Leases } from './leases.ts';
import { type UnmergedOffers, unmergedWords } from './unmerged-offers.ts';

interface Sinks {
  ledger: Ledger;
  leases: Leases;
  log: Log;
  unmerged: UnmergedOffers;
  architectures: readonly LoadedArchitecture[];
  discovery?: () => Discovery['current'];
  emit: (event: MasterEvent) => void;
}

/** Puts what dnsmasq said into the ledger; a TFTP line knows only the address, the leases know whose it is. */
export function noteDnsmasqLine(line: DnsmasqLine, sinks: Sinks): void {
  const { ledger, leases, log, unmerged, architectures, discovery, emit } = sinks;
  if (isProbe(line)) return;
  switch (line.kind) {
    case 'dhcp': {
      const offers = unmerged.note(line.mac, line.stage, line.detail);
      if (offers !== undefined) {
        log.warn(`${line.interface}: ${unmergedWords(line.mac, offers)}`);
        emit({ kind: 'offer-not-taken', interface: line.interface, mac: line.mac, offers });
      }
      const { kind: _kind, ...entry } = line;
      if (line.stage === 'ack' && line.address !== undefined) {
        leases
          .add(line.mac, line.address)
          .catch((error: unknown) => log.warn(`the lease of ${line.mac} is not written down: ${String(error)}`));
      }
      ledger.add(entry);
      return;
    }
    case 'tftp':
    case 'tftp-failed': {
      const mac = leases.macOf(line.address);
      const detail = line.kind === 'tftp' ? (line.file.split('/').at(-1) ?? line.file) : line.detail;
      if (mac === undefined) log.warn(`TFTP with ${line.address}, whose lease is not known: ${detail}`);
      else ledger.add({ mac, stage: 'loader', address: line.address, detail });
      return;
    }
    case 'unanswered': {
      const { kind: _kind, ...machine } = line;
      const isOver = discovery?.().state === 'ended' && architectures.some(({ option93 }) => option93 === line.architecture);
      const words = isOver ? `${line.mac} not answered: discovery is over` : unansweredFirmware(line.mac, line.architecture);
      log.warn(`${line.interface}: ${words}`);
      ledger.add({
        mac: line.mac,
        stage: 'discover',
        interface: line.interface,
        detail: words.replace(`${line.mac} not answered: `, ''),
        facts: { unanswered: isOver ? 'discovery-over' : 'firmware' },
      });
      if (isOver) return;
      emit({ kind: 'unanswered', ...machine });
      return;
    }
    case 'stranger':
      emit({ kind: 'stranger', interface: line.interface, mac: line.mac });
      return;
    case 'fault':
      log.warn(`dnsmasq: ${line.detail}`);
      emit({ kind: 'fault', part: 'dnsmasq', reason: line.detail });
      return;
    case 'started':
      return;
  }
}

/** Another master's questions are no machine that asks. */
function isProbe(line: DnsmasqLine): boolean {
  return 'mac' in line && line.mac === RECON_PROBE_MAC;
}

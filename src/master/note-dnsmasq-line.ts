import type { Log } from '../platform/log.ts';
import type { DnsmasqLine } from './dnsmasq-log.ts';
import type { MasterEvent } from './events.ts';
import type { Leases } from './leases.ts';
import type { Ledger } from './ledger.ts';

interface Sinks {
  ledger: Ledger;
  leases: Leases;
  log: Log;
  emit: (event: MasterEvent) => void;
}

/** Puts what dnsmasq said into the ledger; a TFTP line knows only the address, the leases know whose it is. */
export function noteDnsmasqLine(line: DnsmasqLine, { ledger, leases, log, emit }: Sinks): void {
  switch (line.kind) {
    case 'dhcp': {
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

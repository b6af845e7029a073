import type { Transceiver } from '../../domain/record/network.ts';
import { supportedLinkModes } from '../tools/ethtool/modes.ts';
import { parseEthtoolModule } from '../tools/ethtool/module.ts';
import { firmwareLldpAgent } from '../tools/ethtool/private-flags.ts';
import { parseEthtool, parsePermanentAddress } from '../tools/ethtool/text.ts';

/** What the calls of `ethtool` say of one interface. */
export interface EthtoolReading {
  /** `ethtool -i` */
  driver: ReadonlyMap<string, string>;
  /** `ethtool` without an option */
  link: ReadonlyMap<string, string>;
  supportedModes: string[] | undefined;
  permanentMac: string | undefined;
  firmwareLldpAgent: boolean | undefined;
  transceiver: Transceiver | undefined;
}

/** `text` has the whole lines that a command printed, by its id. */
export function readEthtool(text: (id: string) => string, name: string): EthtoolReading {
  const linkText = text(`ethtool-${name}`);
  return {
    driver: parseEthtool(text(`ethtool-driver-${name}`)),
    link: parseEthtool(linkText),
    supportedModes: supportedLinkModes(linkText),
    permanentMac: parsePermanentAddress(text(`ethtool-permanent-${name}`)),
    firmwareLldpAgent: firmwareLldpAgent(text(`ethtool-private-flags-${name}`)),
    transceiver: parseEthtoolModule(text(`ethtool-module-${name}`)),
  };
}
